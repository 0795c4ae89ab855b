"""Which reports there are: asked for by notices, due when the calendar says, and whatever is wrong is told."""

from datetime import date
from pathlib import Path

import pytest

from govkit.duties import due_in
from govkit.packs import load_pack
from govkit.reporting import ReportKindError, report_kind, report_kinds, report_kinds_from
from govkit.reporting.kinds import DATA
from govkit.sheets.template import TEMPLATES


def test_reports_are_those_of_the_notices() -> None:
    """Each has its template, and the article of its notice that asks for it."""
    articles = {kind.id: (kind.pack, kind.article()) for kind in report_kinds()}
    assert articles == {
        "年度报告": ("fengdu-2019", "四（一）"),
        "整改落实情况": ("linyi-2019", "结尾"),
        "年审报告": ("hebei-2019", "三（五）"),
    }
    assert all((TEMPLATES / kind.template).exists() for kind in report_kinds())


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("年度报告", 2019, date(2020, 1, 5)),
        ("年度报告", 2023, date(2024, 1, 5)),
        ("年审报告", 2019, date(2019, 12, 31)),
        ("整改落实情况", 2019, date(2019, 3, 18)),
        ("整改落实情况", 2020, None),
        ("年度报告", 2018, None),
    ],
)
def test_due_days_are_those_of_the_calendar(name: str, year: int, day: date | None) -> None:
    """The day stands in the calendar of its year; a notice that asks for one year only gives no day for others."""
    kind = report_kind(name)
    due = kind.due(year)
    assert (due.day if due else None) == day
    if due:
        assert due in due_in(due.day.year, [load_pack(kind.pack)]).dues


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('pack = "linyi-2019"', 'pack = "mars-2019"', "规则包"),
        ('matter = "年审报告"', 'matter = "月报"', "月报"),
        ('id = "年审报告"', 'id = "年度报告"', "不止一次"),
        ('kinds = ["account"]', "kinds = []", "kinds"),
        ('kinds = ["account"]', 'kinds = ["unit"]', "kinds"),
        ("whole = false", "", "whole"),
        ("whole = false", "whole = nothing", "TOML"),
        ("whole = false", "whole = false\ncolour = 1", "colour"),
    ],
)
def test_bad_files(tmp_path: Path, old: str, new: str, words: str) -> None:
    """What no notice asks for, what is there twice, and what is missing or too much is told in Chinese."""
    text = (DATA / "reports.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "reports.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ReportKindError, match=r"reports\.toml") as caught:
        report_kinds_from(tmp_path)
    assert any(words in complaint for complaint in caught.value.complaints[1:])


def test_an_unknown_report() -> None:
    """It is refused, with those that there are."""
    with pytest.raises(ReportKindError, match="年度报告、整改落实情况、年审报告"):
        report_kind("季度报告")
