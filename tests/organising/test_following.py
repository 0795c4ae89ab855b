"""Findings of accepted appeals are corrected in new versions; the versions before them stay as they were."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from govkit.findings import Filing, Outcome, Stage
from govkit.issues import Appeal, Appealed, Case, Corrected, Decided, State
from govkit.organising import Telling, correct, correct_elsewhere, follow, tell_units
from govkit.reading import read_spot_check
from govkit.rectifying import issues_of_inspection
from govkit.rubric import load_rubric
from govkit.scoring import Inspection, iter_results
from govkit.store import Change, Home, OutdatedError, Register, Store, StoreError, open_home
from tests.workbooks import ACCOUNTS, BATCH, SITES, write

RECORDS = """
| 抽查记录 | 检查对象标识码 | 指标编号 | 检查结果 | 数量 | 问题说明 |
|          | 0500230001     | D1.2     | 发现问题 | 2    | 邮编、电话有误 |
|          | 0500230001     | D22.1    | 发现问题 | 4    | 打不开   |
|          | 5002300002     | V5.1     | 发现问题 |      | 打不开   |
| 监测数据 | 检查对象标识码 | 监测项       | 数值       | 监测时间 |
|          | 教委微博       | 最近更新日期 | 2019-12-01 |          |
"""
DAY = date(2020, 1, 6)
NOW = datetime(2020, 1, 15, 9, 30)  # noqa: DTZ001 - the clock on the wall


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a batch, all of it reviewed."""
    home = open_home({"GOVKIT_HOME": str(tmp_path / "家")})
    check = read_spot_check(write(tmp_path / "抽查.xlsx", BATCH, SITES, ACCOUNTS, RECORDS))
    with home.create(check, load_rubric(check.batch.rubric_id), "组织者") as store:
        for subject in store.subjects:
            review(store, subject.id)
    return home


def review(store: Store, subject_id: str) -> None:
    """Take an object through submission and review, as two people do."""
    for stage in (Stage.SUBMITTED, Stage.REVIEWED):
        record = store.record(subject_id)
        filing = Filing(stage, record.filing.version, "张三", datetime(2020, 1, 2, tzinfo=UTC))
        store.file("张三", record, filing)


def opened(home: Home) -> Store:
    """The batch."""
    return home.open(home.batches()[0].key)


def scored(home: Home) -> Inspection:
    """What the batch comes to now."""
    with opened(home) as store:
        check = store.spot_check()
        return Inspection(check.batch, store.rubric, tuple(iter_results(store.rubric, check)))


def result_of(home: Home, subject_id: str) -> tuple[str, object]:
    """Verdict and total of an object now."""
    score = next(each.score for each in scored(home).objects if each.subject.id == subject_id)
    return str(score.verdict), score.total


@pytest.fixture
def register(home: Home, tmp_path: Path) -> Iterator[Register]:
    """The register, with the problems of the batch."""
    with home.register() as register:
        tell_units(register, "组织者", issues_of_inspection(scored(home)), Telling(DAY, 10), tmp_path / "整改")
        yield register


def accepted(register: Register, item: str, asks: Appeal, left: int | None = None) -> Case:
    """The problem of an item after its unit's appeal was accepted."""
    case = next(each for each in register.rectifications() if each.issue.item == item)
    case = follow(register, "组织者", case, Appealed(date(2020, 1, 8), asks, "不是"))
    decided = Decided(date(2020, 1, 9), accepted=True, reason="经核实", left=left)
    return follow(register, "李四", case, decided)


def test_a_mistake_is_withdrawn(home: Home, register: Register) -> None:
    """A false veto is corrected in a second version: the score changes, the first version and its score stay."""
    assert result_of(home, "5002300002")[0] == "fail"
    after = correct(home, register, "李四", accepted(register, "V5.1", Appeal.MISTAKE), NOW)
    assert (after.state, after.events[-1]) == (State.WITHDRAWN, Corrected(NOW.date(), 2))
    assert result_of(home, "5002300002")[0] == "pass"
    with opened(home) as store:
        now, before = store.record("5002300002"), store.record("5002300002", version=1)
        assert (now.filing.stage, now.filing.version) == (Stage.CHECKING, 2)
        assert after.issue.id in now.filing.reason
        finding = now.findings["V5.1"]
        assert (finding.outcome, finding.inspector, finding.checked_at) == (Outcome.CLEAR, "李四", NOW)
        assert finding.note == "打不开\n申诉采纳（误报）：经核实"
        assert before.findings["V5.1"].outcome == Outcome.FOUND
        review(store, "5002300002")
    assert not after.uncorrected
    assert register.rectifications(after.issue.source)[-2:] != ()


def test_less_is_found(home: Home, register: Register) -> None:
    """核减 leaves the number that was decided; the problem is still to be mended."""
    before = result_of(home, "0500230001")[1]
    after = correct(home, register, "李四", accepted(register, "D1.2", Appeal.LESS, 1), NOW)
    assert after.state == State.OPEN
    with opened(home) as store:
        assert store.record("0500230001").findings["D1.2"].count == 1
    assert result_of(home, "0500230001")[1] == before + 1  # type: ignore[operator]  # a point less is lost


def test_two_corrections_of_one_object_share_a_version(home: Home, register: Register) -> None:
    """While the second version is a draft, another correction goes into it; once reviewed, a third is begun."""
    first = correct(home, register, "李四", accepted(register, "D1.2", Appeal.LESS, 1), NOW)
    second = correct(home, register, "李四", accepted(register, "D22.1", Appeal.LESS, 3), NOW)
    assert first.events[-1] == second.events[-1] == Corrected(NOW.date(), 2)
    with opened(home) as store:
        review(store, "0500230001")
    third = correct(home, register, "李四", accepted(register, "D22.1", Appeal.MISTAKE), NOW)
    assert third.events[-1] == Corrected(NOW.date(), 3)


def test_after_a_break_down(home: Home, register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the batch was changed, but the register could not be, the same once more only notes it."""
    case = accepted(register, "V5.1", Appeal.MISTAKE)
    with monkeypatch.context() as patched:
        patched.setattr("govkit.organising.following.follow", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            correct(home, register, "李四", case, NOW)
    with opened(home) as store:
        entries = len(list(store.history()))
    assert correct(home, register, "李四", case, NOW).events[-1] == Corrected(NOW.date(), 2)
    with opened(home) as store:
        assert len(list(store.history())) == entries


def test_what_only_a_person_can_correct(home: Home, register: Register) -> None:
    """A measured quantity is corrected in the form; after that, the correction is noted. Nothing changes before."""
    case = accepted(register, "M2.1", Appeal.MISTAKE)
    with pytest.raises(StoreError, match="监测数据"):
        correct(home, register, "李四", case, NOW)
    with opened(home) as store:
        record = store.record("教委微博")
        assert (record.filing.stage, record.filing.version) == (Stage.REVIEWED, 1)
        store.file("李四", record, Filing(version=2, reason="监测有误"))
        record = store.record("教委微博")
        store.write("李四", "教委微博", [Change("最近更新日期", (), record.revision("最近更新日期"))])
    assert correct(home, register, "李四", case, NOW).events[-1] == Corrected(NOW.date(), 2)


def test_refusals(home: Home, register: Register) -> None:
    """What is not to be corrected, waits for its review, or is in no batch, is refused in words."""
    case = next(each for each in register.rectifications() if each.issue.item == "V5.1")
    with pytest.raises(StoreError, match="没有要更正的"):
        correct(home, register, "李四", case, NOW)
    case = accepted(register, "V5.1", Appeal.MISTAKE)
    with opened(home) as store:
        store.file("张三", store.record("5002300002"), Filing(Stage.SUBMITTED, 2))
    with pytest.raises(StoreError, match="还没有复核"):
        correct(home, register, "李四", case, NOW)
    empty = open_home({"GOVKIT_HOME": str(home.folder.parent / "空")})
    with pytest.raises(StoreError, match="没有这个批次"):
        correct(empty, register, "李四", case, NOW)
    with pytest.raises(StoreError, match="没有写明"):
        correct_elsewhere(register, "李四", case, NOW.date(), " ")
    done = correct_elsewhere(register, "李四", case, NOW.date(), "已在工作簿里改正")
    assert not done.uncorrected
    with pytest.raises(OutdatedError):
        correct_elsewhere(register, "王五", case, NOW.date(), "已在工作簿里改正")
