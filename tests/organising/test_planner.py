"""A quarter of an organiser: files in, ledgers compared, the draw, the batch, rules checked, decisions.

Requirements: 丰都县 2019, 三（三）1, 2 and 5.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from govkit.findings import Finding, Outcome
from govkit.ledger import ChangeKind
from govkit.organising import NothingThereError, Planner, account_results, new_seed
from govkit.packs import Status
from govkit.problems import ProblemsError
from govkit.quarters import Quarter
from govkit.rubric import load_rubric
from govkit.sampling import Ground, Inspector, draw_lines
from govkit.scoring import iter_results
from govkit.season import Decision, Disposal
from govkit.store import Change, Home, StoreError, open_home
from tests.organising.quarters import BUREAU, EARLIER, FILINGS, LATER, OFFICE, SITES, quarter_file

NOW = Quarter(2019, 4)
AT = datetime(2019, 12, 20, 9, 0)  # noqa: DTZ001 - the clock on the wall


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home in which nothing is."""
    return open_home({"GOVKIT_HOME": str(tmp_path / "家")})


@pytest.fixture
def planner(home: Home, tmp_path: Path) -> Iterator[Planner]:
    """The last quarter of 2019, with the ledger of the one before."""
    with Planner(home, NOW.before) as before:
        before.files.take_in(quarter_file(tmp_path, SITES, EARLIER))
    with Planner(home, NOW) as planner:
        planner.files.take_in(quarter_file(tmp_path, SITES, LATER, FILINGS))
        yield planner


def test_nothing_there(home: Home) -> None:
    """A quarter without files says what to do, and has no draw."""
    with Planner(home, NOW) as planner:
        with pytest.raises(NothingThereError, match="请："):
            planner.sheets()
        with pytest.raises(NothingThereError, match="请："):
            planner.make_batch("组织者", "fengdu-2019", OFFICE)
        assert planner.drawn() is None


def test_a_wrong_file_changes_nothing(planner: Planner, tmp_path: Path) -> None:
    """What cannot be read is not kept; what was there goes on being there."""
    before = planner.sheets().subjects
    with pytest.raises(ProblemsError):
        planner.files.take_in(quarter_file(tmp_path, SITES.replace("9901230001", "99012300"), name="又一个.xlsx"))
    assert [path.name for path in planner.files.paths] == ["台账.xlsx"]
    assert planner.sheets().subjects == before


def test_files_are_kept(planner: Planner, tmp_path: Path) -> None:
    """A file that is replaced, or put away, stays in a folder beside the others."""
    planner.files.take_in(quarter_file(tmp_path, SITES, EARLIER))
    planner.files.put_away("台账.xlsx")
    assert planner.files.paths == ()
    assert planner.files.read() is None
    assert len(list((planner.files.folder / "以前的").iterdir())) == 2


def test_two_units_with_files_of_one_name(planner: Planner, tmp_path: Path) -> None:
    """Ledgers of other objects are kept beside each other; one with a common object takes the place of its own."""
    other = (
        "| 账号台账 | 新媒体标识码 | 账号名称 | 账号类型 | 主办单位 |\n| | b1 | 青禾公安 | 新浪微博 | 青禾县公安局 |"
    )
    police = quarter_file(tmp_path, other)  # made once: a workbook holds the second in which it was made
    taken = planner.files.take_in(police)
    assert (taken.names, taken.beside, taken.replaced) == (("台账_2.xlsx",), ("台账_2.xlsx",), ())
    assert {"a1", "b1"} <= {subject.id for subject in planner.sheets().subjects}
    assert planner.files.take_in(police).replaced == ()
    more = other + "\n| | b2 | 平安青禾 | 新浪微博 | 青禾县公安局 |"
    assert planner.files.take_in(quarter_file(tmp_path, more)).replaced == ("台账_2.xlsx",)
    assert planner.files.take_in(quarter_file(tmp_path, SITES, EARLIER)).replaced == ("台账.xlsx",)
    assert [path.name for path in planner.files.paths] == ["台账.xlsx", "台账_2.xlsx"]
    assert {"a3", "b2"} <= {subject.id for subject in planner.sheets().subjects}


def test_names_of_files_are_names(planner: Planner, tmp_path: Path) -> None:
    """Whatever path a browser sends, the file is kept in the folder of the quarter."""
    _, content = quarter_file(tmp_path, SITES, LATER)
    planner.files.take_in(("../../台账.xlsx", content))
    assert [path.name for path in planner.files.paths] == ["台账.xlsx"]


def test_files_that_need_each_other(home: Home, tmp_path: Path) -> None:
    """Filings of objects are taken in with the ledger that lists them, whichever is given first; else not at all."""
    filings, ledger = quarter_file(tmp_path, FILINGS, name="备案.xlsx"), quarter_file(tmp_path, SITES, LATER)
    with Planner(home, NOW) as planner:
        with pytest.raises(ProblemsError):
            planner.files.take_in(filings)
        assert planner.files.read() is None
        sheets = planner.files.take_in(filings, ledger).sheets
        assert sheets.filings
        assert {path.name for path in planner.files.paths} == {"台账.xlsx", "备案.xlsx"}


@pytest.mark.parametrize("name", ["~$台账.xlsx", ".~台账.xlsx", ".~lock.台账.xlsx#"])
def test_files_beside_an_open_workbook(planner: Planner, name: str) -> None:
    """What Excel, WPS or LibreOffice put beside a workbook while it is open is none of the quarter's files."""
    (planner.files.folder / name).write_bytes(b"who has it open")
    assert [path.name for path in planner.files.paths] == ["台账.xlsx"]
    assert planner.sheets().subjects


def test_changes(planner: Planner) -> None:
    """What changed since the quarter before, each with its filing from the files or the register."""
    changed = {(change.kind, change.subject.id): change.record for change in planner.changes() or ()}
    assert changed.keys() == {
        (ChangeKind.RENAMED, "a2"),
        (ChangeKind.OPENED, "a4"),
        (ChangeKind.OPENED, "a5"),
        (ChangeKind.CLOSED, "a3"),
    }
    filing = changed[ChangeKind.RENAMED, "a2"]
    assert filing
    assert filing.approved_by == "李主任"
    with Planner(planner._home, NOW.before) as before:
        assert before.changes() is None


def test_draw_and_batch(planner: Planner, home: Home) -> None:
    """All sites that run and the accounts that were drawn are shared out, nobody's own, and become a batch."""
    people = [Inspector("王明", OFFICE), Inspector("李红", BUREAU)]
    entry = planner.draw("组织者", "种子", people)
    drawn = [one.subject.id for one in entry.value.draw.drawn]
    assert len(drawn) == 4  # the year ends, and none of them has been drawn yet
    assert planner.drawn() == entry
    sponsors = {subject.id: subject.sponsor for subject in planner.sheets().subjects}
    own = {"王明": OFFICE, "李红": BUREAU}
    assert set(entry.value.assignment) == {"9901230001", *drawn}
    assert all(own[name] != sponsors[subject_id] for subject_id, name in entry.value.assignment.items())
    with planner.make_batch("组织者", "fengdu-2019", OFFICE) as store:
        assert [subject.id for subject in store.subjects] == ["9901230001", *sorted(drawn)]
        assert store.batch.as_of == NOW.last
    assert [info.name for info in home.batches()] == [f"{OFFICE}2019年第四季度政府网站与政务新媒体检查"]


def test_drawn_once(planner: Planner) -> None:
    """Nobody draws until it suits: a second draw needs a reason, and the first stays in the register."""
    planner.draw("组织者", "种子", [])
    with pytest.raises(StoreError, match="请："):
        planner.draw("组织者", "另一个", [])
    planner.draw("组织者", "另一个", [], "台账补报了两个账号")
    assert [entry.value.draw.seed for entry in planner.register.draws()] == ["种子", "另一个"]


def test_seeds_differ() -> None:
    """A seed is not made twice."""
    assert len({new_seed() for _ in range(100)}) == 100


def test_those_that_failed(planner: Planner) -> None:
    """Who failed in a spot check is who has a veto, and who is incomplete did neither; sites are inspected anyway."""
    planner.draw("组织者", "种子", [])
    with planner.make_batch("组织者", "fengdu-2019", OFFICE) as store:
        check = store.spot_check()
        account = check.subjects[1].id
        found = [Finding(account, "M2.1", Outcome.FOUND), Finding("9901230001", "V1.1", Outcome.FOUND)]
        failing = type(check)(check.batch, check.subjects, tuple(found))
    results = account_results(iter_results(load_rubric("fengdu-2019"), failing))
    assert results == (frozenset({account}), frozenset())
    clear = replace(check, batch=replace(check.batch, unlisted=Outcome.CLEAR), findings=tuple(found))
    results = account_results(iter_results(load_rubric("fengdu-2019"), clear))
    assert results == (frozenset({account}), frozenset(one.id for one in check.subjects[2:]))


def test_those_that_failed_are_drawn(planner: Planner, home: Home) -> None:
    """Who failed in the batch of a quarter before is drawn for that, once its results are taken in."""
    with Planner(home, NOW.before) as before:
        before.draw("组织者", "种子", [])
        with before.make_batch("组织者", "fengdu-2019", OFFICE) as store:
            account = store.subjects[1].id
            finding = Finding(account, "M2.1", Outcome.FOUND, checked_at=AT)
            store.write("王明", account, [Change("M2.1", finding, 0)])
    (batch,) = planner.earlier_batches()
    assert planner.must_be_drawn() == 0
    assert planner.take_results("组织者", batch.key) == 1
    running = [subject.id for subject in planner.sheets().subjects if not subject.is_closed]
    assert planner.must_be_drawn() == int(account in running)
    grounds = {one.subject.id: one.ground for one in planner.draw("组织者", "种子", []).value.draw.drawn}
    assert grounds.get(account, Ground.FAILED) == Ground.FAILED


def test_accounts_that_have_another_name(home: Home, tmp_path: Path) -> None:
    """An account without a code that was renamed, or got a code, keeps its history, also where it is not drawn then."""
    bare = f"""
| 账号台账 | 账号名称 | 账号类型 | 主办单位 | 主页地址 | 账号状态 |
|          | 青禾发布 | 新浪微博 | {OFFICE} | http://weibo.example/qinghe | 正常 |
"""
    first = f"{bare}| | 青禾教育 | 微信公众号 | {BUREAU} | | 正常 |\n"
    for quarter, name, coded in ((NOW.before, "青禾发布", ""), (NOW, "青禾政务", "a5"), (NOW.after, "政务青禾", "a5")):
        with Planner(home, quarter) as planner:
            own = bare.replace("青禾发布", name) if coded else first
            planner.files.take_in(quarter_file(tmp_path, SITES, own))
            if not coded:
                ids = {account.name: account.id for account in planner.sheets().subjects}
                planner.register.keep_results("组织者", quarter, {ids["青禾发布"]}, {ids["青禾教育"]})
                continue
            planner.files.take_in(quarter_file(tmp_path, EARLIER.replace("a3", coded), name="有码.xlsx"))
            assert planner.must_be_drawn() == 1
            kept = planner.draw("组织者", "种子", []).value
            assert len(kept.renamed) == (2 if quarter == NOW else 1)
            assert [one.subject.name for one in kept.draw.drawn if one.ground == Ground.FAILED] == [name]
            assert planner.is_as_drawn(kept)
            for path in planner._before.paths:
                planner._before.put_away(path.name)
            assert planner.earlier() is None
            assert planner.is_as_drawn(kept)
            assert planner.draw("组织者", "种子", []).value == kept


def test_ledger_with_gaps(home: Home, tmp_path: Path) -> None:
    """A ledger that no spot check can be made of is not drawn from; the sentence says what is missing, and how often."""
    with Planner(home, NOW) as planner:
        planner.files.take_in(quarter_file(tmp_path, SITES, LATER.replace("新浪微博", "")))
        with pytest.raises(NothingThereError, match="账号类型"):
            planner.draw("组织者", "种子", [])
        assert planner.drawn() is None


def test_ledger_changed_after_the_draw(planner: Planner, tmp_path: Path) -> None:
    """A draw is known not to be that of the ledger any more."""
    kept = planner.draw("组织者", "种子", []).value
    assert planner.is_as_drawn(kept)
    planner.files.take_in(quarter_file(tmp_path, SITES, EARLIER, FILINGS))
    assert not planner.is_as_drawn(kept)


def test_sample_of_a_site(planner: Planner) -> None:
    """The sample follows from the list and a seed that are both kept; another list does not take its place."""
    lines = [f"文件{number}" for number in range(20)]
    kept = planner.draw_lines("组织者", "9901230001", "D7.1", 3, lines)
    assert (len(kept.drawn), set(kept.drawn) <= set(lines)) == (3, True)
    assert list(kept.drawn) == draw_lines(lines, 3, "9901230001", "D7.1", seed=kept.seed)
    assert planner.draw_lines("组织者", "9901230001", "D7.1", 3, lines) == kept
    with pytest.raises(StoreError, match="请："):
        planner.draw_lines("组织者", "9901230001", "D7.1", 3, lines[1:])


def test_rules(planner: Planner) -> None:
    """The quarter is held against a pack; what somebody judges counts from then on, and who was second is told so."""
    compliance = planner.check(["fengdu-2019"])
    several = [breach for breach in compliance.breaches() if breach.thing.id == BUREAU]
    assert any("微信公众号" in breach.fact for breach in several)
    rule = next(column.rule for column in compliance.columns if not column.rule.check.automatic)
    thing = compliance.things[rule.binds.about][0]
    finding = Finding(thing.id, rule.id, Outcome.FOUND, note="没有制度。", checked_at=AT)
    planner.judge("王明", finding, 0)
    column = next(column for column in planner.check(["fengdu-2019"]).columns if column.rule.id == rule.id)
    assert column[0] == (Status.BREACH, "没有制度。")
    with pytest.raises(StoreError, match="王明"):
        planner.judge("李红", finding, 0)


def test_note_is_no_judgement(planner: Planner, tmp_path: Path) -> None:
    """A note alone, without a result, takes nothing away from what a file says."""
    judged = "| 规则核查 | 检查对象 | 规则编号 | 检查结果 | 问题说明 |\n| | a1 | FD16 | 发现问题 | 没有制度。 |"
    planner.files.take_in(quarter_file(tmp_path, judged, name="核查.xlsx"))
    planner.judge("王明", Finding("a1", "FD16", Outcome.UNCHECKED, note="再看看。"), 0)
    assert planner.season().checked["a1", "FD16"].outcome == Outcome.FOUND


def test_decisions(planner: Planner) -> None:
    """What was decided on an account is kept, with who did."""
    planner.decide("王明", Decision("a4", Disposal.MERGE, ("运维不规范",), "与a5重复"), 0)
    entry = planner.register.decisions(NOW)["a4"]
    assert (entry.actor, entry.value.outcome) == ("王明", Disposal.MERGE)


def test_packs_are_switched_on(planner: Planner, home: Home) -> None:
    """An office chooses its packs once, for all quarters."""
    assert planner.chosen_packs == ()
    planner.choose_packs(["fengdu-2019", "hebei-2019"])
    with Planner(home, NOW.after) as later:
        assert later.chosen_packs == ("fengdu-2019", "hebei-2019")
