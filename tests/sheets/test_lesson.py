"""培训结果: who said what of the items that split a class, readable on paper for any number of people."""

from collections.abc import Sequence
from typing import Any

from govkit.scoring import ObjectResult
from govkit.sheets.lesson import lesson_book
from govkit.training import class_agreement
from tests.sheets.season.cells import rows_of, sheets_of, table_of
from tests.training.test_agreement import RUBRIC, result

RIGHT = result(D1_2=2)


def book(answers: Sequence[tuple[str, ObjectResult]], right: ObjectResult | None = RIGHT) -> dict[str, Any]:
    """The sheets of the workbook of a class."""
    return sheets_of(lesson_book("题", class_agreement(RUBRIC, answers, right)))


def split(answers: Sequence[tuple[str, ObjectResult]], right: ObjectResult | None = RIGHT) -> list[dict[str, Any]]:
    """The table of items that split a class."""
    return table_of(book(answers, right)["有分歧或判错的细则"])


def test_who_said_what() -> None:
    """A row for each answer: the right one first, then the wrong ones with what each alone makes of the result."""
    rows = split([("甲", result(D1_2=3)), ("乙", result(D1_2=3)), ("丙", RIGHT), ("丁", result(D1_2=None))])
    assert [(row["答案"], row["对错"], row["人数"], row["姓名"]) for row in rows] == [
        ("发现问题 2 处", "对", 1, "丙"),
        ("发现问题 3 处", "错", 2, "甲、乙"),
        ("未答", None, 1, "丁"),
    ]
    assert [row["编号"] for row in rows] == ["D1.2"] * 3
    assert [bool(row["评分细则"]) for row in rows] == [True, False, False]
    assert [bool(row["只错这一条时的结果"]) for row in rows] == [False, True, False]
    assert "标准答案的结果" in str(rows_of(book([("甲", result()), ("乙", RIGHT)])["有分歧或判错的细则"])[2][0])


def test_nobody_is_right() -> None:
    """The right answer is told also where nobody gave it."""
    rows = split([("甲", result(D1_2=3)), ("乙", result())])
    assert [(row["答案"], row["人数"], row["姓名"]) for row in rows] == [
        ("发现问题 2 处", 0, None),
        ("发现问题 3 处", 1, "甲"),
        ("未发现", 1, "乙"),
    ]


def test_worst_items_first() -> None:
    """Items stand in the order in which they split the class."""
    answers = [("甲", result(D1_2=2, D22_1=1)), ("乙", result(D1_2=2, D22_1=2)), ("丙", result(D22_1=3))]
    assert list(dict.fromkeys(row["编号"] for row in split(answers))) == ["D22.1", "D1.2"]


def test_a_large_class() -> None:
    """The sheet has as many columns for 113 people as for two; of the largest group only the number is told."""
    large = [(f"学员{number}", result(D1_2=1) if number < 20 else RIGHT) for number in range(113)]
    rows = split(large)
    assert [(row["答案"], row["人数"]) for row in rows] == [("发现问题 2 处", 93), ("发现问题 1 处", 20)]
    assert rows[0]["姓名"] == "其余的人"
    assert rows[1]["姓名"] == "、".join(f"学员{number}" for number in range(20))
    assert list(rows[0]) == list(split(large[19:21])[0])


def test_long_names() -> None:
    """Names that no cell can show go on in further rows, in which no number is repeated; none is lost."""
    names = [f"{number}号{'很长的名字' * 10}" for number in range(60)]
    rows = split([*((who, result(D1_2=1)) for who in names[:29]), *((who, RIGHT) for who in names[29:])])
    wrong = [row for row in rows if row["对错"] == "错"]
    assert len(wrong) > 2
    assert [(row["答案"], row["人数"]) for row in wrong] == [
        ("发现问题 1 处", 29),
        *[("（续）", "（续）")] * (len(wrong) - 1),
    ]
    assert "、".join(row["姓名"] for row in wrong) == "、".join(names[:29])


def test_names_are_no_formulas() -> None:
    """A name that looks like a formula is text, and one of several lines stands on one."""
    rows = split([('=HYPERLINK("x")', RIGHT), ("王\n五", result())])
    assert [row["姓名"] for row in rows] == ['=HYPERLINK("x")', "王 五"]
    sheet = book([('=HYPERLINK("x")', RIGHT), ("王\n五", result())])["学员"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_no_right_answers() -> None:
    """Where nobody knows what is right, there are no columns that would stay empty."""
    sheets = book([("甲", result(D1_2=1)), ("乙", result())], None)
    for sheet in sheets.values():
        headings = next(row for row in rows_of(sheet) if row[0] == "序号")
        assert not {"标准答案", "答对", "对错", "与标准答案的κ", "只错这一条时的结果"} & {*headings}
    assert [(row["答案"], row["姓名"]) for row in table_of(sheets["有分歧或判错的细则"])] == [
        ("发现问题 1 处", "甲"),
        ("未发现", "乙"),
    ]


def test_headings_on_every_page() -> None:
    """Each sheet repeats its headings on every page and fits the width of the paper."""
    for sheet in book([("甲", RIGHT), ("乙", result())]).values():
        top = int(sheet.print_title_rows.split(":")[0].strip("$"))
        assert sheet.cell(top, 1).value == "序号"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0


def test_what_each_got_wrong() -> None:
    """A person's wrong answers stand with clause and effect; what they left open does not; without right answers nothing."""
    answers = [("甲", result(D1_2=1)), ("乙", result(D1_2=2, D9_1=None))]
    rows = table_of(book(answers, result(D1_2=2))["各人判错的"])
    assert [(row["姓名"], row["编号"], row["问题"]) for row in rows] == [("甲", "D1.2", "数量不对")]
    assert rows[0]["标准答案"] == "发现问题 2 处"
    assert "附件" in str(rows[0]["条款"])
    assert "只错这一条" in str(rows[0]["影响"])
    assert "各人判错的" not in book(answers, None)
