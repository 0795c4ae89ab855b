"""Which sheet of a workbook is what: by its name, else by its columns."""

from collections.abc import Iterator

from govkit.reading.layout import ACCOUNTS, PUBLISHED, SITES, layouts, sheet_kind
from govkit.reading.sheet import Sheet
from govkit.reading.table import match_table

_LEDGERS = (SITES, ACCOUNTS)

Kinds = list[tuple[str | None, Sheet]]
"""Sheets with what they are; None is what is not read."""


def named_kind(sheet: Sheet) -> str | None:
    """What a sheet is called. One that is only called like a ledger, but has no ledger in it, is none."""
    kind = sheet_kind(sheet.name)
    if kind in _LEDGERS and sheet.name != kind:
        table = match_table(sheet, kind)
        own = layouts()["required"][kind][:2]
        return kind if table and table.columns.keys() & set(own) else None
    return kind


def season_kinds(books: list[list[Sheet]]) -> Kinds:
    """The sheets of a season in the order of their workbooks: ledgers under any name, and the others by theirs.

    A ledger with 发布条数 tells what was published as well. Where it is not called a ledger, and there is another of
    its kind, that is all it tells.
    """
    found = [each for book in books for each in _kinds(book)]
    marked = [(kind, sheet, guessed, kind in _LEDGERS and _counts(sheet)) for kind, sheet, guessed in found]
    others = {kind for kind, _, guessed, counts in marked if not (guessed and counts)}
    kept = [(kind, sheet) for kind, sheet, guessed, counts in marked if not (guessed and counts and kind in others)]
    return [*kept, *((PUBLISHED, sheet) for _, sheet, _, counts in marked if counts)]


def _kinds(book: list[Sheet]) -> Iterator[tuple[str | None, Sheet, bool]]:
    """The sheets of one workbook, what they are, and whether only their columns tell it."""
    named = [(sheet_kind(sheet.name, "season_sheets") or named_kind(sheet), sheet) for sheet in book]
    known = {kind for kind, _ in named if kind in _LEDGERS or kind in layouts()["season_sheets"]}
    for kind, sheet in named:
        if kind in known:
            yield kind, sheet, False
            continue
        # A list of results may be all there is of a ledger, whatever it is called; else only what has no other name.
        guess = _kind_by_columns(sheet) if not known or kind is None else None
        yield None if guess in known and not _counts(sheet) else guess, sheet, True


def _kind_by_columns(sheet: Sheet) -> str | None:
    """The ledger of which a sheet has more columns, if it has more than one."""
    tables = {kind: match_table(sheet, kind) for kind in _LEDGERS}
    found = {kind: len(table.columns) for kind, table in tables.items() if table}
    best = max(found, key=lambda kind: found[kind], default=None)
    return best if best and found[best] > 1 else None


def _counts(sheet: Sheet) -> bool:
    """Whether a ledger is a list of how much its accounts published."""
    table = match_table(sheet, PUBLISHED)
    return bool(table and "发布条数" in table.columns)
