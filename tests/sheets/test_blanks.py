"""Sheets to be filled in by hand: which workbooks, what is on them, and that nothing filled in is ever lost."""

import zipfile
from pathlib import Path

import pytest

from govkit.findings import Outcome
from govkit.scoring import Inspection
from govkit.sheets import OutputError, write_blanks
from govkit.sheets.blanks import BLANKS, MOST_SHEETS, sheet_titles
from tests.recalculate import by_libreoffice, stored
from tests.sheets.builders import account, found, inspection, opened, site, visible

NAMES = [
    "'县门户'",
    "a[b]:*?/\\c & <d>",
    "很长的名称" * 20,
    "同名",
    "同名",
    "计算",
    "",
    "末尾'" * 15,
    "𠮷" * 40,
    "\ud800\x07",
]
SUBJECTS = [
    *(site(str(number), name) for number, name in enumerate(NAMES[:3])),
    account("9", "同名"),
    account("8", "同名"),
]
SEASON = inspection(SUBJECTS, [found(SUBJECTS[0], "D1.2", 2, "电话有误")], unlisted=Outcome.UNCHECKED)
ALL = {subject.id for subject in SUBJECTS}


def many(sites: int, accounts: int) -> Inspection:
    """A batch of which nothing is known yet."""
    subjects = [
        *(site(f"1{n}", f"网{n}") for n in range(sites)),
        *(account(f"2{n}", f"号{n}") for n in range(accounts)),
    ]
    return inspection(subjects, unlisted=Outcome.UNCHECKED)


def titles_of(book: Path) -> list[str]:
    """The titles of the sheets that people see."""
    return [sheet.title for sheet in visible(opened(book.read_bytes()))]


def test_each_object_has_a_workbook(tmp_path: Path) -> None:
    """One workbook an object, named as its scoring sheet is, with what is recorded already; progress is told."""
    told: list[tuple[int, int]] = []
    books = write_blanks(SEASON, tmp_path, ALL, progress=lambda done, of: told.append((done, of)))
    assert [book.name[:2] for book in books] == ["0_", "1_", "2_", "9_", "8_"]
    assert sorted(tmp_path.rglob("*.*")) == sorted(books)
    assert {book.parent for book in books} == {tmp_path / BLANKS}
    assert told == [(number, 5) for number in range(1, 6)]
    assert [titles_of(book) for book in books] == [["网站"]] * 3 + [["政务新媒体"]] * 2
    assert "电话有误" in str([cell.value for row in opened(books[0].read_bytes()).worksheets[0] for cell in row])


def test_together_there_is_a_workbook_of_each_kind(tmp_path: Path) -> None:
    """Sites and accounts stand in a workbook each; names that no title can have are mended, and all formulas hold."""
    books = write_blanks(SEASON, tmp_path, ALL, together=True)
    assert [book.name for book in books] == ["网站.xlsx", "政务新媒体.xlsx"]
    assert titles_of(books[0])[:2] == ["1 '县门户", "2 a［b］：＊？／＼c & _d_"]
    assert titles_of(books[1]) == ["1 同名", "2 同名"]
    work = tmp_path / "重算"
    work.mkdir()
    for book, values in zip(books, by_libreoffice(books, work), strict=True):
        before = stored(book)
        assert {key: values.get(key) for key, value in before.items() if value is not None} == {
            key: value for key, value in before.items() if value is not None
        }


def test_titles_are_taken_by_every_program() -> None:
    """Titles: at most 31 units of UTF-16, no character that is refused, no quote at an end, all distinct in any case."""
    titles = sheet_titles(inspection([site(str(number), name) for number, name in enumerate(NAMES)]).objects)
    assert len({title.casefold() for title in titles}) == len(NAMES)
    for title in titles:
        assert 0 < len(title.encode("utf-16-le")) <= 62
        assert not set(title) & set("[]:*?/\\\x07")
        assert title == title.strip("' ")
        assert title != "计算"
    assert titles[3:5] == ["4 同名", "5 同名"]


def test_many_objects_come_in_parts(tmp_path: Path) -> None:
    """More objects than a program likes in one workbook are parted evenly, in the order of the ledger."""
    season = many(1, 2 * MOST_SHEETS + 1)
    books = write_blanks(season, tmp_path, {result.subject.id for result in season.objects}, together=True)
    assert [book.name for book in books] == [
        "网站.xlsx",
        *(f"政务新媒体（第{n}部分，共3部分）.xlsx" for n in (1, 2, 3)),
    ]
    titles = [titles_of(book) for book in books[1:]]
    assert [len(part) for part in titles] == [67, 67, 67]
    assert [title for part in titles for title in part] == [f"{n} 号{n - 1}" for n in range(1, 202)]


def test_as_many_as_one_workbook_holds_stay_in_one(tmp_path: Path) -> None:
    """No part is named where there is only one."""
    season = many(0, MOST_SHEETS)
    chosen = {result.subject.id for result in season.objects}
    assert [book.name for book in write_blanks(season, tmp_path, chosen, together=True)] == ["政务新媒体.xlsx"]


@pytest.mark.parametrize("together", [False, True])
def test_only_chosen_objects(tmp_path: Path, *, together: bool) -> None:
    """The others get no sheet; numbers and names are as if all were there, so that two halves fit together."""
    books = write_blanks(SEASON, tmp_path, {"8"}, together=together)
    assert [book.name for book in books] == ["政务新媒体.xlsx" if together else "8_同名.xlsx"]
    assert titles_of(books[0]) == ["2 同名" if together else "政务新媒体"]


def test_what_was_filled_in_is_never_replaced(tmp_path: Path) -> None:
    """A workbook that has changed stops everything and is named; nothing is written, not even what is missing."""
    first, second, *_ = write_blanks(SEASON, tmp_path, ALL)
    first.write_bytes(b"filled in")
    second.unlink()
    with pytest.raises(OutputError, match=f"1 个.*{first.name[:4]}.*请："):
        write_blanks(SEASON, tmp_path, ALL)
    assert first.read_bytes() == b"filled in"
    assert not second.exists()
    assert [path.name for path in tmp_path.iterdir()] == [BLANKS]


def test_the_same_again_writes_what_is_missing(tmp_path: Path) -> None:
    """Workbooks that are as they would be written stay untouched; the missing ones come back, byte for byte."""
    books = write_blanks(SEASON, tmp_path, ALL)
    before = {book: (book.read_bytes(), book.stat().st_ino) for book in books}
    books[1].unlink()
    assert write_blanks(SEASON, tmp_path, ALL) == books
    assert {book: book.read_bytes() for book in books} == {book: content for book, (content, _) in before.items()}
    assert books[0].stat().st_ino == before[books[0]][1]


def test_no_time_stands_in_the_files(tmp_path: Path) -> None:
    """Files are the same whenever they are made."""
    for book in write_blanks(SEASON, tmp_path, ALL, together=True):
        with zipfile.ZipFile(book) as archive:
            assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
