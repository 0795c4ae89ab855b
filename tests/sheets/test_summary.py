"""汇总表: order, counts and figures of a whole batch."""

from collections.abc import Callable

import pytest

from govkit.findings import Outcome
from govkit.scoring import Inspection
from govkit.sheets import results_document
from govkit.sheets.summary import summary
from tests.sheets.builders import account, by_name, found, in_words, inspection, judged, opened, site

AT_57 = {"D4.1": 1, "D5.1": 1, "D6.1": 1, "D10.1": 1, "D11.1": 1, "D16.1": 1, "D18.1": 1, "D19.1": 4}


@pytest.fixture(scope="module")
def season() -> Inspection:
    """A batch with one of everything, in an order that is not the one of the summary."""
    bonus, veto, plain, scaled, below, waiting, equal = (
        site(f"500230000{number}", name, service=name != "丙")
        for number, name in enumerate(["甲", "乙", "丁", "丙", "戊", "己", "庚"])
    )
    good, bad = account("a1", "好账号"), account("a2", "坏账号")
    findings = [
        found(bonus, "D19.1", 1),
        found(veto, "V4.2", 12),
        found(veto, "V1.1"),
        *(found(plain, code) for code in ("D16.1", "D4.1", "D5.1", "D10.1")),
        found(scaled, "D16.1"),
        found(scaled, "B1.1", 1),
        *(found(below, code, count) for code, count in AT_57.items()),
        judged(waiting, "D6.1", Outcome.CANNOT_TELL),
        found(equal, "D19.2", 1),
        found(bad, "M3.1"),
    ]
    return inspection([bonus, veto, plain, scaled, below, waiting, equal, good, bad], findings)


def rows(season: Inspection, title: str) -> list[dict[str, object]]:
    """The table of a sheet, by heading."""
    sheet = opened(summary(season))[title]
    first, last = (int(part.lstrip("ABCDEFGHIJKL")) for part in str(sheet.auto_filter.ref).split(":"))
    titles = [str(cell.value).replace("\n", "") for cell in sheet[first]]
    return [dict(zip(titles, (cell.value for cell in sheet[r]), strict=True)) for r in range(first + 1, last + 1)]


def test_summary_is_as_reviewed(season: Inspection, golden: Callable[[str, str], None]) -> None:
    """Every cell, merge and print setting of both sheets is the one that a person has looked at."""
    golden("summary", in_words(opened(summary(season))))


def test_failures_come_first_then_incomplete_then_passes_by_total(season: Inspection) -> None:
    """Objects that tie keep the order of the ledger."""
    assert [row["网站名称"] for row in rows(season, "网站")] == ["乙", "戊", "己", "甲", "庚", "丙", "丁"]
    assert [row["账号名称"] for row in rows(season, "政务新媒体")] == ["坏账号", "好账号"]


def test_counts_and_rate_are_computed(season: Inspection) -> None:
    """What is incomplete is neither pass nor fail; the rate is passes by all that were checked, half up."""
    book = opened(summary(season))
    names = ("检查数", "合格", "不合格", "单项否决", "低于线", "未完成", "合格率")
    assert [by_name(book, f"网站_{name}") for name in names] == [7, 4, 2, 1, 1, 1, "57.14%（4/7）"]
    assert by_name(book, "账号_合格率") == "50.00%（1/2）"


def test_figures_are_numbers_equal_to_results_json(season: Inspection) -> None:
    """Figures are real numbers with two decimals, those of results.json; what is not scored is a word."""
    expected = {subject["id"]: subject for subject in results_document(season)["subjects"]}
    for row in rows(season, "网站"):
        for title, key in (("扣分指标得分", "part2"), ("加分指标得分", "bonus"), ("最后得分", "total")):
            figure, shown = expected[str(row["网站标识码"])][key], row[title]
            if figure is None:
                assert shown in {"不再评分", "不评分", "—"}
            else:
                assert isinstance(shown, int | float)
                assert f"{shown:.2f}" == figure


def test_kind_without_objects_is_an_empty_table() -> None:
    """A batch without accounts has no lines and no rate for them, not 0 %."""
    book = opened(summary(inspection([site()])))
    assert by_name(book, "账号_检查数") == 0
    assert by_name(book, "账号_合格率") == "—"
    assert book["政务新媒体"].auto_filter.ref is None
