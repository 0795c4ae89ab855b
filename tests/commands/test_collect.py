"""`collect`: filled-in sheets into a batch or a workbook, on both databases; what differs is listed, never decided."""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image

from govkit import commands
from govkit.findings import Filing, Finding, Outcome, SpotCheck, Stage
from govkit.reading import read_spot_check
from govkit.store import FILING, Change, Store, open_home
from tests.filling import Lines, Typed, address, blanks, filled, meant, read
from tests.reading.test_images import png
from tests.recalculate import converted
from tests.workbooks import ACCOUNTS, BATCH, MEASURED, RECORDS, SITES, write

SITE, OTHER, REDUCED, ACCOUNT = "0500230001", "5002300002", "bm64130001", "教委微博"
ONE, TWO = png(1), png(2)
Filling = Callable[..., str]


@pytest.fixture(autouse=True, params=["sqlite"])
def home_folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own for each test."""
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "家"))
    monkeypatch.delenv("GOVKIT_STORE", raising=False)
    if request.param == "postgresql":
        monkeypatch.setenv("GOVKIT_STORE", request.getfixturevalue("new_database")())
    monkeypatch.setenv("COLUMNS", "250")


@pytest.fixture
def check(tmp_path: Path) -> SpotCheck:
    """A spot check, which is a batch of the store as well."""
    book = write(tmp_path / "抽查.xlsx", BATCH, SITES, ACCOUNTS, RECORDS, MEASURED)
    assert commands.run(["load", str(book)]) == 0
    return read_spot_check(book)


@pytest.fixture
def sheet(tmp_path: Path, check: SpotCheck) -> Filling:
    """A function that has somebody fill in sheets made of a spot check, and gives the path of the workbook."""

    def fill(who: str, typed: dict[str, Lines], made_of: SpotCheck = check, **more: Any) -> str:
        path = tmp_path / "填" / f"{who}{len(list(tmp_path.glob('填/*')))}.xlsx"
        path.parent.mkdir(exist_ok=True)
        return str(filled(blanks(made_of, path, *typed), typed, who=who, **more))

    return fill


def the_batch() -> Store:
    """The only batch, opened."""
    home = open_home()
    return home.open(home.batches()[0].key)


def recorded() -> dict[tuple[str, str], Finding]:
    """The answers of the batch, without what was loaded."""
    with the_batch() as store:
        return {(f.subject_id, f.item): f for f in store.spot_check().findings if f.item != "D1.2"}


def entries() -> int:
    """How many entries the log has."""
    with the_batch() as store:
        return len(list(store.history()))


def wanted(who: str, typed: dict[str, Lines]) -> dict[tuple[str, str], Finding]:
    """The findings that sheets mean."""
    return {(key, code): meant(key, code, line, who) for key, lines in typed.items() for code, line in lines.items()}


ZHANG: dict[str, Lines] = {
    SITE: {"D4.1": Typed("发现问题", None, "没有栏目\n网址：https://a.example/1", (ONE, TWO)), "V1.1": Typed("未发现")},
    REDUCED: {"D4.1": Typed("不适用", None, "本站没有这类栏目"), "B1.1": Typed("符合", 2, pictures=(ONE,))},
}
LI: dict[str, Lines] = {ACCOUNT: {"M1.1": Typed("未发现"), "M2.2": Typed("发现问题", None, "一个月没有更新", (TWO,))}}


@pytest.mark.parametrize("home_folder", ["sqlite", "postgresql"], indirect=True)
def test_into_the_batch(sheet: Filling, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Answers of several people come into the batch with names, times and screenshots; collecting twice adds nothing."""
    first, second = sheet("张三", ZHANG), sheet("李四", LI)
    assert commands.run(["collect", first, second]) == 0
    assert "2 个文件、3 张表：新答案 6 条，已有的 0 条，冲突 0 条" in capsys.readouterr().out
    assert recorded() == {**wanted("张三", ZHANG), **wanted("李四", LI)}
    with the_batch() as store:
        assert {store.evidence(name) for name in store.shelf.names()} == {ONE, TWO}
        assert len({entry.step for entry in store.history(REDUCED)}) == 1
    before = entries()
    assert commands.run(["collect", str(tmp_path / "填")]) == 0
    assert "新答案 0 条，已有的 6 条，冲突 0 条" in capsys.readouterr().out
    assert entries() == before


def test_saved_by_libreoffice(sheet: Filling, tmp_path: Path) -> None:
    """Sheets that LibreOffice saved come in the same, as .xlsx and as .xls."""
    paths = [Path(sheet("张三", ZHANG)), Path(sheet("李四", LI))]
    files = [*converted(paths[:1], ".xls", tmp_path), *converted(paths[1:], ".xlsx", tmp_path)]
    assert commands.run(["collect", *map(str, files)]) == 0
    assert recorded() == {**wanted("张三", ZHANG), **wanted("李四", LI)}


def test_conflicts(sheet: Filling, capsys: pytest.CaptureFixture[str]) -> None:
    """Answers that differ are listed with both values, names and times, exit 1; everything else merges."""
    ours, theirs = Typed("发现问题", 3, "三处", (ONE,)), Typed("发现问题", 4, "四处")
    one = sheet("张三", {SITE: {"D22.1": ours, "D4.1": Typed("未发现"), "D5.1": Typed("未发现", pictures=(ONE,))}})
    two = sheet(
        "李四",
        {SITE: {"D22.1": theirs, "D4.2": Typed("未发现"), "D5.1": Typed("未发现", pictures=(TWO,))}},
        when="2019年12月17日",
    )
    for _ in range(2):
        assert commands.run(["collect", one, two]) == 1
        shown = capsys.readouterr()
        (first,) = [line for line in shown.err.splitlines() if "发现问题 3，三处，截图 1 个" in line]
        (second,) = [line for line in shown.err.splitlines() if "发现问题 4，四处" in line]
        assert all(word in first for word in ("县门户", "D22.1", "张三", "2019-12-18", "张三0.xlsx"))
        assert all(word in second for word in ("李四", "2019-12-17", "李四1.xlsx"))
        came = recorded()
        assert came.keys() == {(SITE, "D4.1"), (SITE, "D4.2"), (SITE, "D5.1")}
        both = came[SITE, "D5.1"]
        assert (both.inspector, len(both.screenshot.split("；"))) == ("李四", 2)


def test_what_the_batch_has_already(sheet: Filling, capsys: pytest.CaptureFixture[str]) -> None:
    """An answer that somebody gave meanwhile is not written over: both are listed."""
    path = sheet("张三", {SITE: {"D4.1": Typed("未发现")}})
    with the_batch() as store:
        store.write(
            "李四", SITE, [Change("D4.1", Finding(SITE, "D4.1", Outcome.FOUND, note="没有栏目", inspector="李四"), 0)]
        )
    assert commands.run(["collect", path]) == 1
    assert "批次里已有" in capsys.readouterr().err
    assert recorded()[SITE, "D4.1"].inspector == "李四"


def test_changes_of_what_is_known(check: SpotCheck, sheet: Filling, capsys: pytest.CaptureFixture[str]) -> None:
    """An answer may be changed by somebody whose sheet showed it; the old sheet never comes back."""
    known = (*check.findings, Finding(SITE, "D4.1", Outcome.CLEAR, inspector="李四"))
    with the_batch() as store:
        store.write("李四", SITE, [Change("D4.1", known[-1], 0)])
    path = sheet("张三", {SITE: {"D4.1": Typed("发现问题", None, "没有栏目")}}, replace(check, findings=known))
    assert commands.run(["collect", path]) == 0
    assert recorded()[SITE, "D4.1"].note == "没有栏目"
    with the_batch() as store:
        store.write("王五", SITE, [Change("D4.1", Finding(SITE, "D4.1", Outcome.FOUND, note="又改"), 2)])
    before = entries()
    capsys.readouterr()
    assert commands.run(["collect", path]) == 0
    shown = capsys.readouterr()
    assert "有 1 个答案批次里曾经有过" in shown.err
    assert "县门户 D4.1 发现问题，没有栏目 张三" in shown.err
    assert entries() == before


@pytest.mark.parametrize("stage", [Stage.SUBMITTED, Stage.REVIEWED])
def test_frozen_objects(sheet: Filling, stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    """What was submitted or reviewed takes no answers: it is named, exit 1; the others are written."""
    with the_batch() as store:
        store.write("张三", SITE, [Change(FILING, Filing(stage), 0)])
    path = sheet(
        "张三", {key: {"D4.1": Typed("未发现", pictures=(ONE,) if key == SITE else ())} for key in (SITE, OTHER)}
    )
    assert commands.run(["collect", path]) == 1
    shown = capsys.readouterr()
    assert re.search("已提交或已复核，没有写入：县门户。", shown.err)
    assert "新答案 1 条" in shown.out
    assert recorded().keys() == {(OTHER, "D4.1")}
    with the_batch() as store:
        assert list(store.shelf.names()) == []


def test_notices(sheet: Filling, capsys: pytest.CaptureFixture[str]) -> None:
    """Pictures beside nothing, and sheets without a name, are named."""

    def show(book: Workbook) -> None:
        page: Any = next(page for page in book.worksheets if page.sheet_state == "visible")
        page.add_image(Image(BytesIO(ONE)), "A1")

    path = sheet("", {SITE: {"D4.1": Typed("未发现")}}, more=show)
    assert commands.run(["collect", path]) == 0
    shown = capsys.readouterr().err
    assert "有 1 张图片不在任何细则的行上" in shown
    assert "有 1 张表没有写检查人员：县门户" in shown


def test_into_a_workbook(check: SpotCheck, sheet: Filling, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--out makes one spot-check workbook with the screenshots beside it; what it has stays, and twice is once."""
    out = tmp_path / "出" / "汇总.xlsx"
    first = sheet("张三", ZHANG)
    assert commands.run(["collect", first, "--out", str(out)]) == 0
    assert commands.run(["collect", sheet("李四", LI), "--out", str(out)]) == 0
    came = read_spot_check(out)
    names = {name: f"截图/{name}" for name in (path.name for path in (out.parent / "截图").iterdir())}
    want = {**wanted("张三", ZHANG), **wanted("李四", LI)}
    for name, placed in names.items():
        want = {key: replace(f, screenshot=f.screenshot.replace(name, placed)) for key, f in want.items()}
    known = {(f.subject_id, f.item): f for f in check.findings}
    assert {(f.subject_id, f.item): f for f in came.findings} == {**known, **want}
    assert came.measurements == check.measurements
    assert {subject.id for subject in came.subjects} == {SITE, REDUCED, ACCOUNT}
    assert {path.read_bytes() for path in (out.parent / "截图").iterdir()} == {ONE, TWO}
    capsys.readouterr()
    assert commands.run(["collect", str(tmp_path / "填"), "--out", str(out)]) == 0
    assert "新答案 0 条，已有的 6 条，冲突 0 条" in capsys.readouterr().out
    assert read_spot_check(out).findings == came.findings


def test_prefilled_sheets_into_a_workbook(check: SpotCheck, sheet: Filling, tmp_path: Path) -> None:
    """A change of what a sheet was made with stands in the workbook, also when it is collected again."""
    known = replace(check, findings=(*check.findings, Finding(SITE, "D4.1", Outcome.CLEAR, inspector="李四")))
    path = sheet("张三", {SITE: {"D4.1": Typed("发现问题", None, "没有栏目")}}, known)
    other = sheet("王五", {SITE: {"D4.2": Typed("未发现")}}, known)
    out = tmp_path / "汇总.xlsx"
    for _ in range(2):
        assert commands.run(["collect", path, other, "--out", str(out)]) == 0
        notes = {finding.item: finding.note for finding in read_spot_check(out).findings}
        assert notes == {"D1.2": "邮编有误", "D4.1": "没有栏目", "D4.2": ""}


def other_batch(check: SpotCheck) -> SpotCheck:
    """The same objects a quarter later."""
    return replace(check, batch=replace(check.batch, name="下一季度"))


def other_object(check: SpotCheck) -> SpotCheck:
    """With an object that the batch does not have."""
    subjects = tuple(replace(s, id="9900000001") if s.id == SITE else s for s in check.subjects)
    return replace(check, subjects=subjects, findings=(), measurements=())


def test_what_cannot_be_collected(
    check: SpotCheck, sheet: Filling, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Everything that is wrong is told at once, exit 2, and nothing is written of what is right."""
    good = sheet("好", {SITE: {"D4.1": Typed("未发现", pictures=(ONE,))}})
    bad = [
        sheet("别的批次", {SITE: {"D4.1": Typed("未发现")}}, other_batch(check)),
        sheet("别的对象", {"9900000001": {"D4.1": Typed("未发现")}}, other_object(check)),
        str(tmp_path / "抽查.xlsx"),
        str(tmp_path / "没有.xlsx"),
        sheet("别的规则", {SITE: {}}, more=rename_rules),
    ]
    before = entries()
    assert commands.run(["collect", good, *bad]) == 2
    shown = capsys.readouterr().err
    assert sorted(re.findall(r"│ ([A-Z][0-9]{2}) ", shown)) == ["B05", "B06", "F01", "R01", "S07"]
    assert entries() == before
    with the_batch() as store:
        assert list(store.shelf.names()) == []


def rename_rules(book: Workbook) -> None:
    """The hash of rules that nobody has."""
    cell = book["计算"]["B1"]
    cell.value = re.sub(r'"sha256":"[0-9a-f]{8}', '"sha256":"00000000', str(cell.value))


def test_wrong_lines(sheet: Filling, capsys: pytest.CaptureFixture[str]) -> None:
    """Lines that cannot be used are told with file, sheet, row and column, and nothing is written."""
    path = sheet(
        "张三", {SITE: {"D4.1": Typed("不适用"), "D4.2": Typed("发现问题", None, "没有"), "D5.1": Typed(note="见图")}}
    )
    before = entries()
    assert commands.run(["collect", path]) == 2
    rows = [
        line.split("│")[1:6] for line in capsys.readouterr().err.splitlines() if re.search("│ [A-Z][0-9]{2} ", line)
    ]
    (one,) = read(Path(path))
    places = [("R15", "D4.1", "问题说明"), ("C07", "D5.1", "检查结果")]
    assert [[cell.strip() for cell in row] for row in rows] == [
        [code, "张三0.xlsx", "1 县门户", str(one.lines[item].first_row + 1), column] for code, item, column in places
    ]
    assert entries() == before


def test_against_what_was_measured(sheet: Filling, capsys: pytest.CaptureFixture[str]) -> None:
    """An answer that contradicts a measured quantity of the batch is told as in every workbook."""

    def deny(book: Workbook) -> None:
        (one,) = read(path)
        (code,) = [code for code, line in one.lines.items() if "监测数据" in line.note]
        book[one.sheet.name][address(one, code, "检查结果")].value = "发现问题"

    path = Path(sheet("张三", {SITE: {}}))
    filled(path, {}, more=deny)
    assert commands.run(["collect", str(path)]) == 2
    assert "M06" in capsys.readouterr().err


def changed(check: SpotCheck, **facts: Any) -> SpotCheck:
    """With other facts of the one object, and nothing known."""
    subjects = tuple(replace(s, **facts) if s.id == SITE else s for s in check.subjects)
    return replace(check, subjects=subjects, findings=(), measurements=())


def with_batch(check: SpotCheck, **facts: Any) -> SpotCheck:
    """With other facts of the batch, and nothing known."""
    return replace(check, batch=replace(check.batch, **facts), findings=(), measurements=())


APART: dict[str, tuple[Callable[[SpotCheck], SpotCheck], str]] = {
    "services": (lambda check: changed(check, service=False), "B09"),
    "services unknown": (lambda check: changed(check, service=None), "B09"),
    "rules": (lambda check: with_batch(check, rubric_id="fengdu-2019-m14"), "B07"),
    "what is not listed": (lambda check: with_batch(check, unlisted=Outcome.UNCHECKED), "B08"),
}


@pytest.mark.parametrize("name", APART)
def test_what_does_not_belong_together(
    check: SpotCheck, sheet: Filling, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Sheets of other rules, of another default, or of an object that was another are refused, in every order."""
    change, code = APART[name]
    one, two = (sheet("张三", {SITE: {"D4.1": Typed("未发现")}}, made) for made in (check, change(check)))
    out, there = tmp_path / "汇总.xlsx", tmp_path / "已有.xlsx"
    assert commands.run(["collect", one, "--out", str(there)]) == 0
    before, held = entries(), there.read_bytes()
    for words in ([two], [one, two, "--out", str(out)], [two, one, "--out", str(out)], [two, "--out", str(there)]):
        capsys.readouterr()
        assert commands.run(["collect", *words]) == 2
        assert re.findall(r"│ ([A-Z][0-9]{2}) ", capsys.readouterr().err) == [code]
    assert not out.exists()
    assert (entries(), there.read_bytes()) == (before, held)


def test_another_kind(check: SpotCheck, sheet: Filling, capsys: pytest.CaptureFixture[str]) -> None:
    """A sheet made for an account is refused where the batch has a website of this 标识码."""
    subjects = tuple(replace(s, id=SITE) for s in check.subjects if s.id == ACCOUNT)
    path = sheet(
        "张三", {SITE: {"M1.1": Typed("未发现")}}, replace(check, subjects=subjects, findings=(), measurements=())
    )
    before = entries()
    assert commands.run(["collect", path]) == 2
    assert "B09" in capsys.readouterr().err
    assert entries() == before


def test_out_of_scope(sheet: Filling, capsys: pytest.CaptureFixture[str]) -> None:
    """An answer to what is not judged for this object is refused, without advice that would spoil the sheet."""
    before = entries()
    assert commands.run(["collect", sheet("张三", {REDUCED: {"D11.1": Typed("未发现")}})]) == 2
    shown = capsys.readouterr().err
    assert "R05" in shown
    assert "删去这一行" not in shown
    assert entries() == before


def test_moved_codes(sheet: Filling, capsys: pytest.CaptureFixture[str]) -> None:
    """Where codes were exchanged on a sheet, nothing is taken for an answer to either."""

    def exchange(book: Workbook) -> None:
        page: Any = next(page for page in book.worksheets if page.sheet_state == "visible")
        one, two = [cell for cell in page["D"] if cell.value in {"D1.1", "D1.2"}]
        one.value, two.value = two.value, one.value

    before = entries()
    assert commands.run(["collect", sheet("张三", {SITE: {"D1.1": Typed("未发现")}}, more=exchange)]) == 2
    assert "S14" in capsys.readouterr().err
    assert entries() == before


def edited(path: Path, item: str, **values: str | None) -> None:
    """A workbook after somebody changed the row of an item in 抽查记录, and wrote a sheet of their own."""
    book = load_workbook(path)
    page: Any = book["抽查记录"]
    headers = {cell.value: cell.column for cell in page[1]}
    (row,) = [row[0].row for row in page.rows if (row[0].value, row[2].value) == (SITE, item)]
    for header, value in values.items():
        page.cell(row, headers[header]).value = value
    book.create_sheet("我的备注")["A1"] = "先别动"
    book.save(path)


def test_a_correction_in_the_workbook(
    check: SpotCheck, sheet: Filling, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What somebody put right in the workbook is not written over when the same sheet comes again: it is a conflict."""
    known = replace(check, findings=(*check.findings, Finding(SITE, "D4.1", Outcome.CLEAR, inspector="李四")))
    path = sheet("张三", {SITE: {"D4.1": Typed("发现问题", None, "没有栏目")}}, known)
    out = tmp_path / "汇总.xlsx"
    assert commands.run(["collect", path, "--out", str(out)]) == 0
    edited(out, "D4.1", 检查结果="未发现", 问题说明=None, 检查人="王主任")
    held = out.read_bytes()
    capsys.readouterr()
    assert commands.run(["collect", path, "--out", str(out)]) == 1
    assert "工作簿里已有" in (shown := capsys.readouterr().err)
    assert "抽查记录" in shown
    assert out.read_bytes() == held


def test_the_state_before_is_kept(sheet: Filling, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What stood in the workbook is kept as it was, each state apart; without news, nothing is written."""
    out, earlier = tmp_path / "填" / "汇总", tmp_path / "填" / "以前的结果"
    assert commands.run(["collect", sheet("张三", ZHANG), "--out", str(out)]) == 0
    out = out.with_name("汇总.xlsx")
    assert not earlier.exists()
    edited(out, "D4.1", 检查人="张三")
    first = out.read_bytes()
    assert commands.run(["collect", str(tmp_path / "填"), "--out", str(out)]) == 0
    assert out.read_bytes() == first
    capsys.readouterr()
    assert commands.run(["collect", sheet("李四", LI), "--out", str(out)]) == 0
    assert (earlier / "汇总.xlsx").read_bytes() == first
    assert str(earlier / "汇总.xlsx") in capsys.readouterr().out
    second = out.read_bytes()
    sheet("王五", {SITE: {"D4.2": Typed("未发现")}})
    assert commands.run(["collect", str(tmp_path / "填"), "--out", str(out)]) == 0
    assert [path.read_bytes() for path in (earlier / "汇总.xlsx", earlier / "汇总_2.xlsx")] == [first, second]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("汇总.xls", "不能写成 .xls"),
        ("汇总.csv", "不能写成 .csv"),
        ("填", "是文件夹"),
        ("长" * 300, "太长"),
        ("填/张三0.xlsx", "是填报表或评分表"),
    ],
)
def test_where_nothing_can_be_written(
    sheet: Filling, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, why: str
) -> None:
    """A target that is no workbook, a folder, a filled-in sheet, or named too long is refused with advice."""
    path = sheet("张三", ZHANG)
    held = Path(path).read_bytes()
    assert commands.run(["collect", path, "--out", str(tmp_path / name)]) == 2
    shown = capsys.readouterr().err
    assert why in shown
    assert "请：" in shown
    assert (sorted(p.name for p in (tmp_path / "填").iterdir()), Path(path).read_bytes()) == (["张三0.xlsx"], held)


def test_corrected_by_the_same_person(sheet: Filling, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A later sheet of the same person replaces the answer; of the same day it is a conflict that says what to do."""
    first = sheet("张三", {SITE: {"D4.1": Typed("未发现")}})
    today = sheet("张三", {SITE: {"D4.1": Typed("发现问题", None, "没有栏目")}})
    later = sheet("张三", {SITE: {"D4.1": Typed("发现问题", None, "没有栏目")}}, when="2019-12-19")
    out = tmp_path / "汇总.xlsx"
    for more in ([], ["--out", str(out)]):
        assert commands.run(["collect", first, *more]) == 0
        capsys.readouterr()
        assert commands.run(["collect", today, *more]) == 1
        assert "写较晚的检查时间" in capsys.readouterr().err
        assert commands.run(["collect", later, *more]) == 0
        assert commands.run(["collect", first, later, *more]) == 0
        assert "后来改了" in capsys.readouterr().err
    assert recorded()[SITE, "D4.1"].note == "没有栏目"
    assert {f.item: f.note for f in read_spot_check(out).findings}["D4.1"] == "没有栏目"


def test_list_of_conflicts(sheet: Filling, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Conflicts stand in a workbook as well, which is no sheet when the folder is collected again."""
    for who in ("张三", "李四"):
        sheet(who, {SITE: {"D4.1": Typed("发现问题", None, f"=1+{who}")}})
    for _ in range(2):
        assert commands.run(["collect", str(tmp_path / "填")]) == 1
    assert str(tmp_path / "冲突清单.xlsx") in capsys.readouterr().out
    first, *rows = load_workbook(tmp_path / "冲突清单.xlsx").worksheets[0].values
    assert first == ("检查对象", "细则", "答案", "检查人", "检查时间", "出处", "备注")
    assert [(row[0], row[1], row[3]) for row in rows] == [("县门户", "D4.1", "张三"), ("县门户", "D4.1", "李四")]
    assert "张三0.xlsx" in str(rows[0][5])
    paths = [str(path) for path in (tmp_path / "填").glob("*.xlsx")]
    assert commands.run(["collect", *paths]) == 1
    assert (tmp_path / "填" / "冲突清单.xlsx").exists()
    assert commands.run(["collect", str(tmp_path / "填")]) == 1


def test_files_of_one_name(sheet: Filling, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files of one name are told apart by their folders, in conflicts and in problems."""
    for who, line in (("张三", Typed("未发现")), ("李四", Typed("发现问题", 1, "没有"))):
        folder = tmp_path / "收" / who
        folder.mkdir(parents=True)
        Path(sheet(who, {SITE: {"D4.1": line}})).rename(folder / "填报表.xlsx")
    assert commands.run(["collect", str(tmp_path / "收")]) == 1
    shown = capsys.readouterr().err
    assert "张三/填报表.xlsx" in shown
    assert "李四/填报表.xlsx" in shown
    (tmp_path / "收" / "李四" / "填报表.xlsx").write_bytes(b"")
    assert commands.run(["collect", str(tmp_path / "收")]) == 2
    shown = capsys.readouterr().err
    assert "李四/填报表.xlsx" in shown
    assert "F13" in shown


def test_what_is_no_sheet(sheet: Filling, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Other files in a folder are listed; an archive is to be unpacked first."""
    path = sheet("张三", ZHANG)
    for name in ("表.zip", "说明.txt", "~$张三0.xlsx", "Thumbs.db"):
        (tmp_path / "填" / name).write_bytes(b"PK")
    assert commands.run(["collect", str(tmp_path / "填")]) == 0
    assert "有 2 个文件不是电子表格，没有读取：表.zip、说明.txt" in capsys.readouterr().err
    assert commands.run(["collect", path, str(tmp_path / "填" / "表.zip")]) == 2
    assert "F14" in capsys.readouterr().err


def test_what_is_not_collected(sheet: Filling, capsys: pytest.CaptureFixture[str]) -> None:
    """What stands beside the table, on other sheets, in comments, or in place of facts is listed, once a sheet."""

    def write_more(book: Workbook) -> None:
        page: Any = next(page for page in book.worksheets if page.sheet_state == "visible")
        page["K30"] = "旁边写的备注"
        page[f"A{page.max_row + 2}"] = "补充"
        page["C3"] = "改了名字"
        page["F30"].comment = Comment("不确定", "张三")
        book.create_sheet("我的备注")["A1"] = "还有"
        book.create_sheet("空表")

    sheet("张三", {OTHER: {"D4.1": Typed("未发现")}})
    path = sheet("张三", {SITE: {"D4.1": Typed("未发现")}}, more=write_more)
    assert commands.run(["collect", path]) == 0
    (line,) = [line for line in capsys.readouterr().err.splitlines() if "没有收" in line]
    for words in ("县门户", "工作表“我的备注”", "K30、A", "批注 F30", "改过的网站名称"):
        assert words in line


def test_wrong_calls(sheet: Filling, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder without sheets, and both ways at once, are refused with advice."""
    (tmp_path / "空").mkdir()
    assert commands.run(["collect", str(tmp_path / "空")]) == 2
    assert "文件夹“空”里没有填报表" in capsys.readouterr().err
    path = sheet("张三", ZHANG)
    assert commands.run(["collect", path, "--out", str(tmp_path / "出.xlsx"), "--batch", "第四季度抽查"]) == 2
    assert "请：" in capsys.readouterr().err
    assert not (tmp_path / "出.xlsx").exists()
