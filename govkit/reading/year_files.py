"""Which files of a year are ledgers, and of which quarter."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from govkit.findings import Place
from govkit.problems import Problems
from govkit.quarters import Quarter
from govkit.reading.assessing import sheet_of_year
from govkit.reading.kinds import season_kinds
from govkit.reading.layout import ACCOUNTS, BATCH, FRAUDS, OUTSIDE, SITES
from govkit.reading.ledger_files import read_books
from govkit.reading.periods import quarters_named, titles
from govkit.reading.sheet import Sheet

_NO_LEDGERS = (BATCH, OUTSIDE, FRAUDS)


def ledgers_among(paths: Sequence[Path]) -> Mapping[Quarter, list[Path]]:
    """The files that have a ledger and are no spot check, by their quarter.

    The quarter is the one that the name of the file tells; else that of its folder, of a sheet, or of a title.

    Args:
        paths: workbooks, or folders or zips of CSV.

    Raises:
        ProblemsError: a file cannot be read, or does not tell its quarter.
    """
    problems = Problems()
    found: dict[Quarter, list[Path]] = {}
    for path, book in zip(paths, read_books(paths, problems), strict=True):
        if not _is_ledger(book):
            continue
        quarter = next(_quarters(path, book), None)
        if quarter is None:
            problems.add("S15", Place(path.name))
        else:
            found.setdefault(quarter, []).append(path)
    problems.raise_if_any()
    return dict(sorted(found.items()))


def _is_ledger(book: list[Sheet]) -> bool:
    """Whether a file has a ledger; the lists of checks and 弄虚作假 name objects, too, but are none."""
    if any(sheet_of_year(sheet.name) in _NO_LEDGERS for sheet in book):
        return False
    return any(kind in (SITES, ACCOUNTS) for kind, _ in season_kinds([book]))


def _quarters(path: Path, book: list[Sheet]) -> Iterator[Quarter]:
    """What tells a quarter and no other, the surest first."""
    ledgers = [(sheet, kind) for kind, sheet in season_kinds([book]) if kind in (SITES, ACCOUNTS)]
    sheets = (text for sheet, kind in ledgers if kind for text in (sheet.name, *titles(sheet, kind)))
    for text in (path.stem, path.resolve().parent.name, *sheets):
        named = quarters_named(text)
        if len(named) == 1:
            yield from named
