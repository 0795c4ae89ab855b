"""发布记录: pushes with their times, counts without, whose they are, and what contradicts."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govkit.packs.checks.updating import LongestGap
from govkit.packs.judgement import Status
from govkit.problems import Problem, ProblemsError
from govkit.reading import SeasonSheets, read_season
from govkit.season import Published, Total
from tests.packs.checks import ask
from tests.workbooks import write

PERIOD = (date(2019, 10, 1), date(2019, 12, 31))
LEDGER = """
| 网站台账 | 网站标识码 | 网站名称 | 首页网址         | 主办单位 | 对外服务职能 |
|          | 0500230001 | 县门户   | http://a.example | 县政府办 | 有           |
| 账号台账 | 新媒体标识码     | 账号名称 | 账号类型   | 主办单位 |
|          | a1               | 教委发布 | 微信公众号 | 县教委   |
|          | a2               | 教委发布 | 新浪微博   | 县教委   |
|          | a3               | 官方发布 | 新浪微博   | 县教委   |
|          | a4               | 官方发布 | 新浪微博   | 县档案局 |
"""
PLAIN = "| 发布记录 | 检查对象标识码 | 发布时间 | 发布条数 | 标题 | 统计开始 | 统计截止 |\n"
NAMED = "| 发布记录 | 序号 | 主办单位 | 新媒体名称 | 发布条数 |\n"


def read(path: Path, *texts: str) -> SeasonSheets:
    """Write the ledger and some sheets as one workbook, and read it."""
    return read_season([write(path / "季度.xlsx", LEDGER, *texts)], PERIOD)


def published(path: Path, *texts: str) -> dict[str, Published]:
    """What was published, by such a workbook."""
    found = read(path, *texts).published
    assert found is not None
    return dict(found)


def found(path: Path, *texts: str) -> Sequence[Problem]:
    """The problems of such a workbook."""
    with pytest.raises(ProblemsError) as raised:
        read(path, *texts)
    return raised.value.problems


def days(record: Published) -> list[str]:
    """The day of every push."""
    return [str(date.fromordinal(day)) for day in record.days]


def test_pushes(tmp_path: Path) -> None:
    """Each moment is one push, however many rows it has; of rows that have only a day, all of that day are one."""
    rows = """
    | | a1 | 2019-11-02 09:00 | 3 | 甲 | | |
    | | a1 | 2019-11-02 18:00:00 | | 乙 | | |
    | | a1 | 2019-11-02 18:00 | | 丙 | | |
    | | a1 | 2019年11月1日 | | 丁 | | |
    | | a1 | @2019-11-01 | | 戊 | | |
    | | a1 | 2019-11-03 9时 | | 庚 | | |
    | | 0500230001 | 2019/12/31 8:05 | | 己 | | |
    """
    records = published(tmp_path, PLAIN + rows)
    assert days(records["a1"]) == ["2019-11-01", "2019-11-02", "2019-11-02", "2019-11-03"]
    assert days(records["0500230001"]) == ["2019-12-31"]
    assert records["a1"].totals == ()
    assert records["a1"].covered is None
    assert "a2" not in records


def test_days_before_the_period_are_kept(tmp_path: Path) -> None:
    """What was published before is kept: gaps may begin there. A day without a year is the last one before the end."""
    records = published(
        tmp_path, PLAIN + "| | a1 | 2019-09-30 | | | | |\n| | a1 | 12月31日 | | | | |\n| | a1 | 1月2日 | | | | |"
    )
    assert days(records["a1"]) == ["2019-01-02", "2019-09-30", "2019-12-31"]


def test_totals(tmp_path: Path) -> None:
    """A row without a time counts what was published from one day to another, of the whole period if it names none."""
    rows = "| | a1 | | 12 | | 2019-11-01 | 2019-11-30 |\n| | a1 | | 30条 | | 2019-10-01 | 2019-10-31 |\n| | a2 | | 0 | | | |"
    records = published(tmp_path, PLAIN + rows)
    assert records["a1"].totals == (
        Total(date(2019, 10, 1), date(2019, 10, 31), 30),
        Total(date(2019, 11, 1), date(2019, 11, 30), 12),
    )
    assert records["a2"] == Published(totals=(Total(*PERIOD, 0),))
    assert list(records["a2"].days) == []


def test_covered(tmp_path: Path) -> None:
    """Rows with a time may tell from when to when the record goes; spans that touch are one."""
    rows = "| | a1 | 2019-10-05 | | | 2019-10-01 | 2019-10-31 |\n| | a1 | 2019-11-05 | | | 2019-11-01 | 2019-11-30 |\n"
    sheets = read(tmp_path, PLAIN + rows + "| | a2 | 2019-11-05 | | | | 2019-11-30 |")
    assert sheets.published is not None
    assert sheets.published["a1"].covered == (date(2019, 10, 1), date(2019, 11, 30))
    assert sheets.published["a2"].covered == (date(2019, 10, 1), date(2019, 11, 30))
    assert not any("统计时间不连续" in notice for notice in sheets.notices)


def test_spans_of_several_objects(tmp_path: Path) -> None:
    """Each object has the spans of its own rows, also where another one had them before."""
    october, november = "2019-10-01 | 2019-10-31", "2019-11-01 | 2019-11-30"
    spans = (("a1", "2019-10-05", october), ("a2", "2019-11-05", november), ("a1", "2019-11-05", november))
    rows = "\n".join(f"| | {who} | {day} | | | {span} |" for who, day, span in spans)
    records = published(tmp_path, PLAIN + rows)
    assert records["a1"].covered == (date(2019, 10, 1), date(2019, 11, 30))
    assert records["a2"].covered == (date(2019, 11, 1), date(2019, 11, 30))


def test_every_bad_number_is_told__error(tmp_path: Path) -> None:
    """The same mistake in several rows is told of each."""
    row = "| | a1 | 2019-11-01 | 若干 | | | |\n"
    assert [(problem.code, problem.place.row) for problem in found(tmp_path, PLAIN + row * 3)] == [
        ("R24", 2),
        ("R24", 3),
        ("R24", 4),
    ]


MOMENTS_THAT_ARE_NONE = [
    "2019-12-01+08:00",
    "2019-12-01 10+08:00",
    "2019-W48-7",
    "2019-12-01 24:00",
    "2019-12-01 1:2:3:4",
]


@pytest.mark.parametrize("text", MOMENTS_THAT_ARE_NONE)
def test_moment__error(tmp_path: Path, text: str) -> None:
    """What only looks like a date with a time is none."""
    assert [problem.code for problem in found(tmp_path, PLAIN + f"| | a1 | {text} | | | | |")] == ["C04"]


def test_gap_in_a_record_is_pointed_out(tmp_path: Path) -> None:
    """Of a record with a gap only the end counts as covered, and that is said; its days are kept."""
    rows = "| | a1 | 2019-10-05 | | | 2019-10-01 | 2019-10-31 |\n| | a1 | 2019-12-05 | | | 2019-12-01 | 2019-12-31 |\n"
    sheets = read(tmp_path, PLAIN + rows)
    assert sheets.published is not None
    record = sheets.published["a1"]
    assert (record.covered, len(record.days)) == ((date(2019, 12, 1), date(2019, 12, 31)), 2)
    assert any("统计时间不连续" in notice for notice in sheets.notices)


COUNTED = {
    # Rows of a1 → what is covered, and whether a gap is pointed out.
    "one month": (["| 30 | 2019-10-01 | 2019-10-31"], (date(2019, 10, 1), date(2019, 10, 31)), False),
    "months that touch": (
        ["| 30 | 2019-10-01 | 2019-10-31", "| 12 | 2019-11-01 | 2019-11-30"],
        (date(2019, 10, 1), date(2019, 11, 30)),
        False,
    ),
    "gap": (
        ["| 30 | 2019-10-01 | 2019-10-31", "| 12 | 2019-12-01 | 2019-12-31"],
        (date(2019, 12, 1), date(2019, 12, 31)),
        True,
    ),
    "all": (["| 30 | 2019-10-01 | 2019-11-15", "| 12 | 2019-11-16 | "], None, False),
    "more than all": (["| 30 | 2019-09-01 | "], None, False),
    "gap before the period": (["| 30 | 2019-08-01 | 2019-08-31", "| 12 | 2019-10-01 | "], None, False),
    "times": (["2019-11-05 | | | ", "| 30 | 2019-10-01 | 2019-10-31"], None, False),
    "times, and a count before the period": (["2019-11-05 | | | ", "| 30 | 2019-08-01 | 2019-08-31"], None, False),
    "times of some days": (
        ["2019-11-05 | | 2019-11-01 | 2019-11-30", "| 30 | 2019-10-01 | 2019-10-31"],
        (date(2019, 10, 1), date(2019, 11, 30)),
        False,
    ),
    "times that name all days": (["2019-11-05 | | 2019-10-01 | 2019-12-31"], PERIOD, False),
    "times of some days, and a gap": (
        ["2019-10-05 | | 2019-10-01 | 2019-10-31", "| 30 | 2019-12-01 | 2019-12-31"],
        (date(2019, 12, 1), date(2019, 12, 31)),
        True,
    ),
}


@pytest.mark.parametrize(("rows", "want", "gap"), COUNTED.values(), ids=COUNTED)
def test_counts_cover_their_own_days(
    tmp_path: Path, rows: Sequence[str], want: tuple[date, date] | None, *, gap: bool
) -> None:
    """A count covers the days it counts, together with those of times, which are all of the period if none are named."""
    head = "| 发布记录 | 检查对象标识码 | 发布时间 | 发布条数 | 统计开始 | 统计截止 |\n"
    sheets = read(tmp_path, head + "\n".join(f"| | a1 | {row} |" for row in rows))
    assert sheets.published is not None
    assert sheets.published["a1"].covered == want
    assert any("统计时间不连续" in notice for notice in sheets.notices) == gap


def test_silence_that_nobody_counted_is_unknown(tmp_path: Path) -> None:
    """After the last day that was counted nothing is known: enough in October breaks no rule, whatever came later."""
    sheets = read(tmp_path, PLAIN + "| | a1 | | 300 | | 2019-10-01 | 2019-10-31 |")
    check = LongestGap(kind="longest_gap", days=14)
    assert ask(check, sheets.season(), "a1").status == Status.UNKNOWN


def test_account_that_nobody_counted(tmp_path: Path) -> None:
    """On a list of counts, an account whose count is blank was not recorded, which is not the same as 0."""
    assert published(tmp_path, NAMED + "| | 1 | 县档案局 | 官方发布 | |\n| | 2 | 县政府办 | 县门户 | 0 |").keys() == {
        "0500230001"
    }


def test_ledger_that_counts(tmp_path: Path) -> None:
    """A ledger with a column of what was published is both, also beside other ledgers."""
    ledger = "| 账号台账 | 新媒体标识码 | 账号名称 | 账号类型 | 主办单位 | 发布条数 | 联系人 |\n"
    one = write(tmp_path / "甲.xlsx", LEDGER)
    two = write(
        tmp_path / "乙.xlsx", ledger + "| | a8 | 林业发布 | 1 | 县林业局 | 8 |\n| | a9 | 林业微博 | 2 | 县林业局 | |"
    )
    sheets = read_season([one, two], PERIOD)
    assert len(sheets.subjects) == 7
    assert sheets.published == {"a8": Published(totals=(Total(*PERIOD, 8),))}
    assert not any("没有用到" in notice for notice in sheets.notices)


def test_by_name(tmp_path: Path) -> None:
    """Where there is no code, sponsor and name tell whose a row is, and the platform if need be."""
    records = published(tmp_path, NAMED + "| | 1 | 县档案局 | 官方发布 | 30 |\n| | 2 | 县政府办 | 县门户 | 0 |")
    assert {name: record.totals[0].number for name, record in records.items()} == {"a4": 30, "0500230001": 0}
    platform = "| 发布统计 | 账号类型 | 主办单位 | 新媒体名称 | 条数 |\n| | 2 | 县教委 | 教委发布 | 7 |"
    assert published(tmp_path, platform).keys() == {"a2"}


def test_name_fills_in_for_the_code(tmp_path: Path) -> None:
    """On a sheet with both columns, a row whose code is blank goes by its name."""
    rows = "| 发布记录 | 标识码 | 主办单位 | 名称 | 发布日期 |\n| | a1 | | | 2019-11-01 |\n| | | 县档案局 | 官方发布 | 2019-11-01 |"
    assert published(tmp_path, rows).keys() == {"a1", "a4"}


def test_footers_and_repeated_headers(tmp_path: Path) -> None:
    """Totals below the table and headers in between are no publications."""
    rows = "| | a1 | 2019-11-01 | | | | |\n| | 检查对象标识码 | 发布时间 | 发布条数 | 标题 | 统计开始 | 统计截止 |\n| | 合计 | | 1 | | | |"
    assert days(published(tmp_path, PLAIN + rows)["a1"]) == ["2019-11-01"]


def test_title_that_reads_like_a_footer(tmp_path: Path) -> None:
    """A title that begins like the note below a table makes no footer of a publication."""
    rows = "| 发布记录 | 标题 | 标识码 | 发布日期 |\n| | 说明：甲 | a1 | 2019-11-01 |\n| | 合计 | | |"
    assert published(tmp_path, rows).keys() == {"a1"}


def test_several_files(tmp_path: Path) -> None:
    """Records of several files are one; what both tell counts once."""
    rows = "| | a1 | 2019-11-01 09:00 | | | | |\n| | a2 | | 5 | | | |\n"
    one = write(tmp_path / "甲.xlsx", LEDGER, PLAIN + rows)
    two = write(tmp_path / "乙.xlsx", PLAIN + rows + "| | a1 | 2019-11-01 10:00 | | | | |\n")
    records = read_season([one, two], PERIOD).published
    assert records is not None
    assert days(records["a1"]) == ["2019-11-01", "2019-11-01"]
    assert records["a2"].totals == (Total(*PERIOD, 5),)


ROWS = {
    "unknown object": (PLAIN + "| | a9 | 2019-11-01 | | | | |", "R01", "检查对象标识码"),
    "no object": (PLAIN + "| | | 2019-11-01 | | | | |", "C03", "检查对象标识码"),
    "code without its zeros": (PLAIN + "| | #500230001 | 2019-11-01 | | | | |", "L03", "检查对象标识码"),
    "no date": (PLAIN + "| | a1 | 上周 | | | | |", "C04", "发布时间"),
    "no such day": (PLAIN + "| | a1 | 2019-11-31 | | | | |", "C04", "发布时间"),
    "after the period": (PLAIN + "| | a1 | 2020-01-01 | | | | |", "R26", "发布时间"),
    "count after the period": (PLAIN + "| | a1 | | 5 | | 2019-12-01 | 2020-01-31 |", "R26", "统计截止"),
    "pushed nothing": (PLAIN + "| | a1 | 2019-11-01 | 0 | | | |", "R25", "发布条数"),
    "no number": (PLAIN + "| | a1 | | 若干 | | | |", "R24", "发布条数"),
    "negative": (PLAIN + "| | a1 | | #-1 | | | |", "R24", "发布条数"),
    "fraction": (PLAIN + "| | a1 | 2019-11-01 | #1.5 | | | |", "R24", "发布条数"),
    "neither time nor number": (PLAIN + "| | a1 | | | 甲 | | |", "C03", "发布条数"),
    "no time, and no column of numbers": ("| 发布记录 | 检查对象标识码 | 发布时间 | 标题 |\n| | a1 | | 甲 |", "C03", "发布时间"),
    "ends before it begins": (PLAIN + "| | a1 | | 5 | | 2019-12-01 | 2019-11-30 |", "R27", "统计截止"),
    "pushed outside its span": (PLAIN + "| | a1 | 2019-11-01 | | | 2019-11-02 | |", "R30", "发布时间"),
    "error in a cell": (PLAIN + "| | a1 | | =1+1 | | | |", "C02", "发布条数"),
    "unknown name": (NAMED + "| | 1 | 县教委 | 教育发布 | 30 |", "R22", "新媒体名称"),
    "name of another sponsor": (NAMED + "| | 1 | 县档案局 | 教委发布 | 30 |", "R22", "新媒体名称"),
    "no name": (NAMED + "| | 1 | 县教委 | | 30 |", "C03", "新媒体名称"),
    "ambiguous name": (NAMED + "| | 1 | 县教委 | 教委发布 | 30 |", "R23", "新媒体名称"),
    "ambiguous without sponsor": (NAMED + "| | 1 | | 官方发布 | 30 |", "R23", "新媒体名称"),
}  # fmt: skip


@pytest.mark.parametrize(("sheet", "code", "column"), ROWS.values(), ids=ROWS)
def test_row__error(tmp_path: Path, sheet: str, code: str, column: str) -> None:
    """One bad row gives one problem, with its row and column, and says what to do."""
    (problem,) = found(tmp_path, sheet)
    assert (problem.code, problem.place.sheet, problem.place.row, problem.place.column) == (code, "发布记录", 2, column)
    assert problem.fix.startswith("请：")
    assert "{" not in problem.text + problem.fix


@pytest.mark.parametrize(("sheet", "code", "column"), [row for row in ROWS.values() if "| a1 |" in row[0]])
def test_row_after_sound_ones__error(tmp_path: Path, sheet: str, code: str, column: str) -> None:
    """A bad row is found as well where the rows before it are sound ones of the same object."""
    head, row = sheet.split("\n")
    if "发布条数" in head:
        sound = (
            "| | a1 | 2019-11-05 | 1 | | | |\n| | a1 | 2019-11-06 | | | 2019-11-02 | |\n| | a1 | 2019-11-07 | | | | |"
        )
        row = row.replace("2019-12-01 | 20", "2019-12-20 | 20")
        (problem,) = found(tmp_path, f"{head}\n{sound}\n{row}")
        assert (problem.code, problem.place.row, problem.place.column) == (code, 5, column)


def test_names_that_come_near(tmp_path: Path) -> None:
    """A name that the ledger lacks is answered with the one of that sponsor that comes near."""
    (problem,) = found(tmp_path, NAMED + "| | 1 | 县教委 | 教委的发布 | 30 |")
    assert "是否为“教委发布”" in problem.text


def test_counted_twice__error(tmp_path: Path) -> None:
    """Counts of one object whose times overlap are a problem that names both."""
    rows = "| | a1 | | 12 | | 2019-10-01 | 2019-11-30 |\n| | a1 | | 30 | | 2019-11-30 | 2019-12-31 |"
    (problem,) = found(tmp_path, PLAIN + rows)
    assert (problem.code, problem.place.row) == ("R28", 3)
    assert "第 2 行" in problem.text
    same = "| | a1 | | 12 | | | |\n| | a1 | | 12 | | | |"
    assert [problem.code for problem in found(tmp_path, PLAIN + same)] == ["R28"]


def test_fewer_than_were_pushed__error(tmp_path: Path) -> None:
    """A count that is smaller than the pushes of its time contradicts them; one that is equal does not."""
    pushes = "| | a1 | 2019-11-01 | | | | |\n| | a1 | 2019-11-30 | | | | |\n| | a1 | 2019-12-01 | | | | |\n"
    (problem,) = found(tmp_path, PLAIN + pushes + "| | a1 | | 1 | | 2019-11-01 | 2019-11-30 |")
    assert (problem.code, problem.place.row) == ("R29", 5)
    assert "2 次" in problem.text
    assert len(published(tmp_path, PLAIN + pushes + "| | a1 | | 2 | | 2019-11-01 | 2019-11-30 |")["a1"].days) == 3


REAL = {
    "sites of a service": ("| 网站 | 网站标识码 | 网站名称 | 省 | 市 | 县 | 级别 | 是否门户 | url | 主管单位 | 状态(1正常2例外3关停) |\n"
        "| | 0500230001 | 县门户 | 渝 | 市 | 县 | 县级 | 是 | http://a | 市府办 | 1 |", "0500230001"),
    "sites with results": ("| Sheet1 | ID | 名称 | 网站标识码 | 类型 | 结果 | 分数 |\n| | 1 | 县门户 | 0500230001 | 门户 | 合格 | 90 |", "0500230001"),
    "accounts by unit": ("| 账号 | 填报单位标识码 | 填报单位名称 | 新媒体标识码 | 账号类型 | 账号名称 | 账号主体 | 账号状态 |\n"
        "| | 500230 | 县教委 | 5002300000000101 | 1 | 教委发布 | 县教委 | 1 |", "5002300000000101"),
    "accounts with problems": ("| Sheet1 | 新媒体类型 | 新媒体名称 | 责任单位 | 问题类别 | 检查时更新日期 |\n| | 微信 | 教委发布 | 县教委 | 不更新 | 7月16日 |", "教委发布"),
    "accounts with numbers": ("| Sheet1 | 序号 | 主办单位 | 新媒体名称 | 发布条数 |\n| | 1 | 县教委 | 教委发布 | 30 |", "教委发布"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "code"), REAL.values(), ids=REAL)
@pytest.mark.parametrize("name", ["", "Sheet9", "检查结果"])
def test_real_ledgers(tmp_path: Path, text: str, code: str, name: str) -> None:
    """A ledger in any layout of services and bulletins is a season, whatever its sheet is called."""
    old = text.split("|")[1]
    text = text.replace(f"|{old}|", f"| {name or old} |", 1)
    sheets = read_season([write(tmp_path / "台账.xlsx", text)], PERIOD)
    (subject,) = sheets.subjects
    assert subject.id == code
    assert subject.details.get("最近更新日期", "2019-07-16") == "2019-07-16"
    assert subject.details.get("账号类型", "微信公众号") == "微信公众号"
    assert subject.details.get("账号状态", "正常") == "正常"
    assert subject.details.get("状态", "正常") == "正常"
    counted = {code: Published(totals=(Total(*PERIOD, 30),))} if "发布条数" in text else None
    assert sheets.published == counted


def test_list_of_numbers_beside_a_ledger(tmp_path: Path) -> None:
    """Beside a ledger of accounts, a list of how much they published is no second one, in whatever file it stands."""
    numbers = "| Sheet1 | 序号 | 主办单位 | 新媒体名称 | 发布条数 |\n| | 1 | 县档案局 | 官方发布 | 30 |"
    for paths in (
        [write(tmp_path / "1.xlsx", LEDGER, numbers)],
        [write(tmp_path / "2.xlsx", LEDGER), write(tmp_path / "3.xlsx", numbers)],
    ):
        sheets = read_season(paths, PERIOD)
        assert len(sheets.subjects) == 5
        assert sheets.published == {"a4": Published(totals=(Total(*PERIOD, 30),))}


FIRST, LAST = datetime(2019, 1, 1), datetime(2019, 12, 31, 23, 59)  # noqa: DTZ001
MOMENTS = st.datetimes(min_value=FIRST, max_value=LAST).map(lambda m: m.replace(second=0, microsecond=0))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    moments=st.lists(
        st.tuples(st.sampled_from(["a1", "a2", "0500230001"]), MOMENTS, st.booleans()), min_size=1, max_size=30
    )
)
def test_every_spelling_of_a_moment_counts_the_same(tmp_path: Path, moments: list[tuple[str, datetime, bool]]) -> None:
    """However times are written, and in whatever order, each object has one push for each distinct moment."""
    spelt = (
        f"| | {who} | {moment:%Y-%m-%d %H:%M} |" if iso else f"| | {who} | {moment:%Y年%m月%d日 %H:%M:%S} |"
        for who, moment, iso in moments
    )
    records = published(tmp_path, "| 发布记录 | 检查对象标识码 | 发布时间 |\n" + "\n".join(spelt))
    expected: dict[str, set[datetime]] = {}
    for who, moment, _ in moments:
        expected.setdefault(who, set()).add(moment)
    assert {who: list(record.days) for who, record in records.items()} == {
        who: sorted(moment.toordinal() for moment in theirs) for who, theirs in expected.items()
    }


OF_TIMES = {
    "| | a1 | 2019-09-30 | | | |": True,
    "| | a1 | | 5 | 2019-07-01 | 2019-09-30 |": True,
    "| | a1 | 2019-09-30 | | | |\n| | a1 | 2019-10-01 | | | |": False,
    "| | a1 | | 5 | 2019-07-01 | 2019-10-01 |": False,
    "": False,
}


@pytest.mark.parametrize(("rows", "expected"), OF_TIMES.items())
def test_nothing_in_the_period(tmp_path: Path, rows: str, expected: bool) -> None:
    """A record without a single day of the period is pointed out."""
    head = "| 发布记录 | 检查对象标识码 | 发布时间 | 发布条数 | 统计开始 | 统计截止 |\n"
    notices = read(tmp_path, head + rows).notices
    assert any("没有一天" in notice for notice in notices) == expected
