"""Commands around the store: a workbook in and out without loss, copies, and the log."""

import hashlib
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from govkit import commands, reading
from govkit.findings import Filing, Finding, Measurement, Outcome, SpotCheck, Stage
from govkit.ledger import Action, FilingRecord
from govkit.store import FILING, Change, open_home
from tests.workbooks import ACCOUNTS, BATCH, MEASURED, RECORDS, SITES, write

SAMPLE = Path(__file__).parents[2] / "sample_data" / "青禾县2019年第四季度.xlsx"
SITE = "0500230001"
SHOTS = """
| 抽查记录 | 检查对象标识码 | 指标编号 | 检查结果 | 截图 |
|          | 0500230001     | D1.2     | 发现问题 | 图/一.PNG；图\\二.jpg;没有.png |
|          | 0500230001     | D2.1     | 发现问题 | 图/一.PNG |
|          | 5002300002     | D2.1     | 发现问题 | ../外.png |
|          | 5002300002     | D3.1     | 发现问题 | 见整改报告 |
|          | bm64130001     | D2.1     | 发现问题 | https://a.example/x.png |
"""


@pytest.fixture(autouse=True)
def home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test."""
    folder = tmp_path / "家"
    monkeypatch.setenv("GOVKIT_HOME", str(folder))
    monkeypatch.delenv("GOVKIT_STORE", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    return folder


def named(content: bytes, suffix: str) -> str:
    """What the store calls a screenshot."""
    return hashlib.sha256(content).hexdigest() + suffix


def contents(check: SpotCheck) -> tuple[object, ...]:
    """What must not be lost: all but the name of the file, and the order within an object."""
    findings = sorted(check.findings, key=lambda f: (f.subject_id, f.item))
    measured = sorted(check.measurements, key=lambda m: (m.subject_id, m.quantity, str(m.at)))
    return replace(check.batch, source=""), check.subjects, findings, measured


@pytest.mark.parametrize("book", ["sample", "small"])
def test_load_and_export_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, book: str) -> None:
    """What is loaded comes out, and what came out can be loaded elsewhere and comes out the same."""
    first = SAMPLE if book == "sample" else write(tmp_path / "抽查.xlsx", BATCH, SITES, ACCOUNTS, RECORDS, MEASURED)
    second, third = tmp_path / "出一.xlsx", tmp_path / "出二.xlsx"
    assert commands.run(["load", str(first)]) == 0
    assert commands.run(["export", "--out", str(second)]) == 0
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "别处"))
    assert commands.run(["load", str(second)]) == 0
    assert commands.run(["export", "--out", str(third)]) == 0
    there = [contents(reading.read_spot_check(path)) for path in (first, second, third)]
    assert there[0] == there[1] == there[2]


def test_screenshots_go_in_and_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files that 截图 names are taken in, from the workbook's folder only, and stand beside the exported one."""
    folder = tmp_path / "内"
    (folder / "图").mkdir(parents=True)
    (folder / "图" / "一.PNG").write_bytes(b"one")
    (folder / "图" / "二.jpg").write_bytes(b"two")
    (tmp_path / "外.png").write_bytes(b"outside")
    write(folder / "抽查.xlsx", BATCH, SITES, SHOTS)
    one, two = named(b"one", ".png"), named(b"two", ".jpg")
    assert commands.run(["load", str(folder / "抽查.xlsx")]) == 0
    shown = capsys.readouterr()
    assert "截图 2 个" in shown.out
    assert "有 2 个截图没有找到" in shown.err
    assert "没有.png、../外.png" in shown.err
    home = open_home()
    with home.open(home.batches()[0].key) as store:
        cells = {(f.subject_id, f.item): f.screenshot for f in store.spot_check().findings}
        assert store.evidence(one) == b"one"
        assert set(store.shelf.names()) == {one, two}
    assert cells == {
        (SITE, "D1.2"): f"{one}；{two}；没有.png",
        (SITE, "D2.1"): one,
        ("5002300002", "D2.1"): "../外.png",
        ("5002300002", "D3.1"): "见整改报告",
        ("bm64130001", "D2.1"): "https://a.example/x.png",
    }
    out = tmp_path / "出" / "抽查.xlsx"
    assert commands.run(["export", "--out", str(out)]) == 0
    assert (out.parent / "截图" / one).read_bytes() == b"one"
    assert reading.read_spot_check(out).findings[0].screenshot == f"截图/{one}；截图/{two}；没有.png"


def test_second_batch_of_a_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Loading the same workbook again is refused with advice, exit 1."""
    book = write(tmp_path / "抽查.xlsx", BATCH, SITES, RECORDS)
    assert commands.run(["load", str(book)]) == 0
    assert commands.run(["load", str(book)]) == 1
    assert "请：" in capsys.readouterr().err


def test_backup_and_restore(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A copy becomes the same batch elsewhere; what is no copy is refused, exit 1."""
    book = write(tmp_path / "抽查.xlsx", BATCH, SITES, RECORDS)
    commands.run(["load", str(book)])
    assert commands.run(["backup", "--out", str(tmp_path / "备份.zip")]) == 0
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "别处"))
    assert commands.run(["restore", str(tmp_path / "备份.zip")]) == 0
    assert commands.run(["export", "--out", str(tmp_path / "出.xlsx")]) == 0
    assert contents(reading.read_spot_check(tmp_path / "出.xlsx")) == contents(reading.read_spot_check(book))
    capsys.readouterr()
    assert commands.run(["restore", str(book)]) == 1
    assert "不是 govkit 的备份" in capsys.readouterr().err


def test_backup_and_restore_of_the_register(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """--register copies the register, which needs no batch; restoring makes what the copy is of, once."""
    filed = [FilingRecord(SITE, Action.OPEN, date(2019, 11, 4))]
    with open_home().register() as register:
        register.file("张三", filed)
        entries = list(register.history())
    copy = str(tmp_path / "登记簿.zip")
    assert commands.run(["backup", "--register", "--out", copy]) == 0
    assert "登记簿已备份" in capsys.readouterr().out
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "别处"))
    assert commands.run(["restore", copy]) == 0
    assert "登记簿已恢复" in capsys.readouterr().out
    home = open_home()
    assert home.batches() == ()
    with home.register() as register:
        assert list(register.history()) == entries
    assert commands.run(["restore", copy]) == 1
    assert "已有登记簿" in capsys.readouterr().err


def test_backup_of_one_thing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A batch and the register are not copied together, exit 2."""
    out = tmp_path / "备份.zip"
    assert commands.run(["backup", "--register", "--batch", "甲批", "--out", str(out)]) == 2
    assert "请：" in capsys.readouterr().err
    assert not out.exists()


def test_which_batch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --batch there must be one batch; else the sentence lists those there are."""
    out = str(tmp_path / "出.zip")
    assert commands.run(["backup", "--out", out]) == 1
    assert "govkit load" in capsys.readouterr().err
    for name in ("甲批", "乙批"):
        commands.run(
            ["load", str(write(tmp_path / f"{name}.xlsx", BATCH.replace("第四季度抽查", name), SITES, RECORDS))]
        )
    capsys.readouterr()
    for arguments in ([], ["--batch", "丙批"]):
        assert commands.run(["backup", "--out", out, *arguments]) == 1
        shown = capsys.readouterr().err
        assert "甲批" in shown
        assert "乙批" in shown
    assert commands.run(["backup", "--out", out, "--batch", "乙批"]) == 0
    assert "乙批" in capsys.readouterr().out


def test_log_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The log names who, when, where, and old and new in words; what was taken back is marked."""
    commands.run(["load", str(write(tmp_path / "抽查.xlsx", BATCH, SITES, RECORDS, MEASURED))])
    home = open_home()
    bonus = Finding(SITE, "B2.1", Outcome.FOUND, 2, "[有]证书", screenshot=f"{named(b'x', '.png')}；二.png")
    with home.open(home.batches()[0].key) as store:
        at = store.write("张三", SITE, [Change("B2.1", bonus, 0)])[0].at.astimezone()
        store.undo("张三", SITE)
        when = datetime(2019, 12, 18, tzinfo=UTC)
        store.write(
            "李四", SITE, [Change("首页最近更新日期", (Measurement(SITE, "首页最近更新日期", when.date(), when),), 1)]
        )
        store.write("李四", SITE, [Change(FILING, Filing(Stage.SUBMITTED, 1, reason="补交"), 0)])
    capsys.readouterr()
    assert commands.run(["log"]) == 0
    lines = [re.split(r"\s*[│┃]\s*", line)[1:-1] for line in capsys.readouterr().out.splitlines() if "→" in line]
    assert lines[0] == ["时间", "检查人", "检查对象", "项目", "原来 → 现在"]
    rows = {(line[1], line[3], line[4]) for line in lines}
    assert ("张三", "B2.1", "（无） → 符合 2，[有]证书，截图 2 个（后已撤销）") in rows
    assert ("张三", "B2.1", "符合 2，[有]证书，截图 2 个 → （无）（撤销）") in rows
    assert ("李四", "首页最近更新日期", "2019-12-10 → 2019-12-18 2019-12-18") in rows
    assert ("李四", "状态", "（无） → 已提交，第 1 版，补交") in rows
    assert f"{at:%Y-%m-%d %H:%M:%S}" in {line[0] for line in lines}
    assert {line[2] for line in lines[1:]} == {"县门户"}


def test_long_log_comes_in_pieces(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A log of any length is printed as it is read, every line once, in columns of one width."""
    commands.run(["load", str(write(tmp_path / "抽查.xlsx", BATCH, SITES, RECORDS))])
    home = open_home()
    with home.open(home.batches()[0].key) as store:
        codes = [code for code in store.rubric.items if code.startswith("D") and code != "D1.2"][:50]
        for round_ in range(11):
            changes = [Change(code, Finding(SITE, code, Outcome.CLEAR, note=f"第{round_}轮"), round_) for code in codes]
            store.write("张三", SITE, changes)
    capsys.readouterr()
    assert commands.run(["log"]) == 0
    shown = capsys.readouterr().out
    lines = [line for line in shown.splitlines() if "→" in line and "原来" not in line]
    assert len(lines) == 1 + 11 * 50
    assert len({shown.splitlines()[0], *(line for line in shown.splitlines() if line.startswith("┏"))}) == 1


def test_log_of_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--object gives the lines of one object; one that is not there is refused."""
    more = "|          | 5002300002     | 教委网       | D1.2     | 发现问题 | 3    | 电话有误 |"
    commands.run(["load", str(write(tmp_path / "抽查.xlsx", BATCH, SITES, RECORDS + more))])
    capsys.readouterr()
    assert commands.run(["log", "--object", "5002300002"]) == 0
    shown = capsys.readouterr().out
    assert "电话有误" in shown
    assert "邮编有误" not in shown
    assert commands.run(["log", "--object", "没有"]) == 1
    assert "请：" in capsys.readouterr().err


def test_actor_is_who_works_here(tmp_path: Path) -> None:
    """The log names the inspector that was set, else the user of the system."""
    home = open_home()
    book = write(tmp_path / "抽查.xlsx", BATCH, SITES, RECORDS)
    commands.run(["load", str(book)])
    home.set_inspector("张三")
    commands.run(["load", str(write(tmp_path / "乙.xlsx", BATCH.replace("第四季度抽查", "乙"), SITES, RECORDS))])
    actors = {}
    for info in home.batches():
        with home.open(info.key) as store:
            actors[info.name] = {entry.actor for entry in store.history()}
    assert actors["乙"] == {"张三"}
    assert actors["第四季度抽查"] != {"张三"}
    assert actors["第四季度抽查"] != {""}


def test_drafts_that_do_not_fit_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is being typed goes out too; where it conflicts with a later change, the person is told."""
    commands.run(["load", str(write(tmp_path / "抽查.xlsx", BATCH, SITES, RECORDS))])
    home = open_home()
    with home.open(home.batches()[0].key) as store:
        store.draft("张三", SITE, Change("D2.1", Finding(SITE, "D2.1", Outcome.FOUND, note="打到一半"), 0))
        store.draft("张三", SITE, Change("D3.1", Finding(SITE, "D3.1", Outcome.FOUND, note="我的"), 0))
        store.write("李四", SITE, [Change("D3.1", Finding(SITE, "D3.1", Outcome.FOUND, note="他的"), 0)])
    capsys.readouterr()
    assert commands.run(["export", "--out", str(tmp_path / "出.xlsx")]) == 0
    assert "还有 1 处正在填写的内容（张三）" in capsys.readouterr().err
    notes = {f.item: f.note for f in reading.read_spot_check(tmp_path / "出.xlsx").findings}
    assert notes == {"D1.2": "邮编有误", "D2.1": "打到一半", "D3.1": "他的"}


def test_home_that_cannot_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A home that cannot be used: a sentence that says what to do, exit 1, no traceback."""
    (tmp_path / "文件").touch()
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "文件"))
    assert commands.run(["log"]) == 1
    shown = capsys.readouterr().err
    assert "请：" in shown
    assert "日志文件" not in shown
