"""The figures of a pack are those that its sheets come to; whatever says otherwise is named."""

import json
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from govkit.collecting import Difference
from govkit.collecting.packs import pack_differences
from govkit.findings import SpotCheck
from govkit.reading import FilledSheet
from govkit.scoring import score_spot_check
from govkit.sheets import write_pack
from govkit.sheets.pack import read_list
from tests.filling import read
from tests.sheets.builders import CASES, RUBRIC, account, found, site

SITES = (site("5002300009", "后面的网站"), site("5002300001", "前面的网站"))


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack of two sites, not in the order of their 标识码, and an account."""
    findings = (found(SITES[0], "D22.1", 9, "友情链接"), found(SITES[1], "V1.1"))
    check = SpotCheck(CASES["site_bonus"].batch, (*SITES, account()), findings)
    return write_pack(score_spot_check(RUBRIC, check), check, {}, tmp_path_factory.mktemp("pack")).folder


@pytest.fixture(scope="module")
def sheets(pack: Path) -> list[FilledSheet]:
    """Its sheets, in the order of their files."""
    return [sheet for path in sorted((pack / "评分表").iterdir()) for sheet in read(path)]


def nothing(_: Any) -> None:
    """Leave it as it is."""


def told(
    pack: Path,
    sheets: list[FilledSheet],
    results: Callable[[dict[str, Any]], object] = nothing,
    listed: Callable[[dict[str, Any]], object] = nothing,
    summed: Callable[[Any], object] = nothing,
) -> list[Difference]:
    """What is told after these changes."""
    document, book = json.loads((pack / "results.json").read_bytes()), load_workbook(pack / "汇总表.xlsx")
    entries, stream = read_list(pack), BytesIO()
    results(document)
    listed(entries)
    summed(book)
    book.save(stream)
    content = json.dumps(document).encode()
    return list(pack_differences(content, stream.getvalue(), entries, sheets, {RUBRIC.sha256: RUBRIC}))


def test_untouched(pack: Path, sheets: list[FilledSheet]) -> None:
    """Nothing is told of a pack as it was written, in whatever order its sheets are read."""
    assert told(pack, sheets) == []
    assert told(pack, sheets[::-1]) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("total", "99.00"),
        ("verdict", "pass"),
        ("name", "别的"),
        ("vetoes", []),
        ("deductions", {"D1": "5"}),
        ("more", 1),
    ],
)
def test_results(key: str, value: object, pack: Path, sheets: list[FilledSheet]) -> None:
    """Each altered value of an object in results.json is named, with the object."""
    (one,) = told(pack, sheets, results=lambda document: document["subjects"][1].update({key: value}))
    assert (one.kind, one.where, one.column) == ("results", "results.json", f"5002300001 {key}")


def test_objects(pack: Path, sheets: list[FilledSheet]) -> None:
    """Objects without a sheet, and sheets without an object, are named."""
    gone = told(pack, sheets, results=lambda document: document["subjects"].pop(0))
    assert ("results.json", "5002300009") in {(one.where, one.column) for one in gone}
    more = told(pack, sheets, results=lambda document: document["subjects"].append({"id": "1", "reason": "合格"}))
    assert [(one.where, one.column, one.shown) for one in more] == [("results.json", "1", "合格")]


def test_what_is_no_document(pack: Path, sheets: list[FilledSheet]) -> None:
    """A results.json or 汇总表 that is gone or cannot be read says nothing of any object: each is missed."""
    for results in (b"", b"[]", b"{", b'{"subjects": 1}'):
        missed = list(pack_differences(results, b"", read_list(pack), sheets, {RUBRIC.sha256: RUBRIC}))
        assert {s.id for s in SITES} <= {one.column for one in missed}
        assert sum(one.where == "汇总表.xlsx" for one in missed) == 5


def _updated(change: dict[str, object], entries: dict[str, Any]) -> None:
    entries.update(change)


def test_list(pack: Path, sheets: list[FilledSheet]) -> None:
    """The numbers of objects, the batch, the rules and what is unfinished are held against the sheets."""
    changes: tuple[dict[str, object], ...] = ({"objects": {}}, {"batch": {}}, {"rubric": {}}, {"unfinished": ["1"]})
    for change in changes:
        (one,) = told(pack, sheets, listed=partial(_updated, change))
        assert (one.kind, one.where) == ("list", "清单.json")
    assert len(told(pack, sheets, listed=lambda entries: entries["objects"]["site"].update({"pass": 2}))) == 1


@pytest.mark.parametrize(
    ("cell", "value"), [("K10", 77), ("C6", 2), ("G10", "不合格"), ("K10", "=99"), ("C10", "别的")]
)
def test_summary(cell: str, value: object, pack: Path, sheets: list[FilledSheet]) -> None:
    """An altered figure or word in a row of 汇总表 is named with the whole row, as it is and as it must be."""
    (one,) = told(pack, sheets, summed=lambda book: book["网站"].__setitem__(cell, value))
    assert (one.kind, one.where, one.column) == ("results", "汇总表.xlsx", "网站")
    assert str(value) in one.shown
    assert one.shown != one.expected


def test_summary_by_another_template(pack: Path, sheets: list[FilledSheet]) -> None:
    """Titles and the order of columns are the template's; the office may have had others then."""

    def restyle(book: Any) -> None:
        book["网站"]["A1"] = "检查结果一览"
        book["网站"].move_range("B8:B10", cols=20)

    assert told(pack, sheets, summed=restyle) == []
