"""Sheets that other offices and services keep: self-checks (自查表) and problem lists (问题清单).

A self-check is prose: it becomes notes beside the items, which stay 未检查. A problem list is rows of problems found:
those whose 检查标准 means one item are counted as findings; the others are named, for people to look at.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from govkit.findings import Finding, Outcome
from govkit.folding import fold
from govkit.ledger import Kind, Subject
from govkit.messages import say
from govkit.problems import Problems, place_of
from govkit.reading.cells import as_text, is_blank, read_moment, read_text
from govkit.reading.layout import layouts
from govkit.reading.ledgers import Ledger
from govkit.reading.records import Records
from govkit.reading.table import ITEM_HEADER, Row, Table
from govkit.rubric import Item, Rubric

_ID, _OBJECT = "检查对象标识码", "检查对象"
_ROW_NAME, _WORDING, _PROSE = "指标", "评分细则", "检查情况"
_STANDARD, _TEXT, _SECTION, _DONE = "检查标准", "问题说明", "监测栏目", "整改情况"
_URL, _SHOT, _WHEN = "问题网址", "截图", "检查时间"


def read_self_check(table: Table, records: Records, rubric: Rubric, notices: list[str]) -> None:
    """Put the prose of a self-check beside the items."""
    notes: dict[tuple[str, str], list[str]] = defaultdict(list)
    places = {}
    unplaced: list[Row] = []
    for row in table.rows():
        texts = {name: read_text(row[name], table.place(row, name), records.problems) for name in (_WORDING, _PROSE)}
        if not texts[_PROSE]:
            continue
        subject = _subject(table, row, records.ledger, records.problems)
        if subject is None:
            unplaced.append(row)
            continue
        items = list(_items_of(rubric, subject, texts[_WORDING], as_text(row[_ROW_NAME])))
        if not items:
            notices.append(say("notice.no_item", place=place_of(table.place(row, _WORDING)), text=texts[_WORDING]))
        for item in items:
            notes[subject.id, item.code].append(texts[_PROSE])
            places[subject.id, item.code] = table.place(row, _PROSE)
    notices += _unplaced(table, unplaced)
    for key, prose in notes.items():
        note = "\n".join(dict.fromkeys(prose))
        recorded = records.findings.get(key)
        if recorded is None:
            records.findings[key] = Finding(*key, Outcome.UNCHECKED, note=note, place=places[key])
        else:
            records.findings[key] = replace(recorded, extra={**recorded.extra, table.sheet.name: note})


def read_issues(table: Table, records: Records, rubric: Rubric, notices: list[str]) -> None:
    """Count the rows of a problem list as findings of the items they name."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    unplaced: list[Row] = []
    for row in table.rows():
        subject = _subject(table, row, records.ledger, records.problems)
        standard = read_text(row[_STANDARD], table.place(row, _STANDARD), records.problems)
        if subject is None:
            unplaced.append(row)
            continue
        items = list(_items_of(rubric, subject, standard, standard))
        if len(items) == 1 and items[0].kind != "tier":
            found[subject.id, items[0].code].append(row)
        else:
            place = place_of(table.place(row, _STANDARD))
            notices.append(say("notice.no_standard", place=place, text=standard or as_text(row[_TEXT])))
    notices += _unplaced(table, unplaced)
    for (subject_id, code), rows in found.items():
        records.add_issues(subject_id, rubric.items[code], _joined(table, rows, records), len(rows))


def _unplaced(table: Table, rows: list[Row]) -> list[str]:
    """A notice for rows of which nobody can tell whose they are; none where the sheet has a column that tells."""
    if not rows or _ID in table.columns:
        return []
    return [say("notice.no_subject", place=place_of(table.place(rows[0])))]


def _joined(table: Table, rows: list[Row], records: Records) -> Finding:
    """One finding of all rows that name the same item; its place is the first of them."""

    def lines(*columns: str) -> str:
        texts = ("：".join(filter(None, (as_text(row[c]).strip() for c in columns))) for row in rows)
        return "\n".join(dict.fromkeys(filter(None, texts)))

    when = next((row for row in rows if not is_blank(row[_WHEN])), None)
    moment = read_moment(when[_WHEN], table.place(when, _WHEN), records.problems) if when else None
    extra = {_DONE: lines(_DONE)} if lines(_DONE) else {}
    return Finding(
        "", "", Outcome.FOUND, None, lines(_SECTION, _TEXT), lines(_URL), lines(_SHOT),
        checked_at=moment, extra=extra, place=table.place(rows[0], _STANDARD),
    )  # fmt: skip


def _subject(table: Table, row: Row, ledger: Ledger, problems: Problems) -> Subject | None:
    """The object of a row: by its code or name; else the one that the title of the sheet names; else the only one."""
    if _ID in table.columns:
        return ledger.find(row[_ID], table.place(row, _ID), problems)
    word = fold(as_text(row[_OBJECT]))
    meant = [s for s in ledger.subjects.values() if word and word in (fold(s.id), fold(s.name))]
    kinds = {kind for kind in Kind if layouts()["words"]["kinds"][kind] in word} or set(Kind)
    candidates = [subject for subject in ledger.subjects.values() if subject.kind in kinds]
    titles = fold(table.sheet.name + "".join(as_text(v) for r in table.sheet.rows[: table.header_row] for v in r))
    named = [s for s in candidates if fold(s.id) in titles or fold(s.name) in titles]
    return next((chosen[0] for chosen in (meant, named, candidates) if len(chosen) == 1), None)


def _items_of(rubric: Rubric, subject: Subject, wording: str, name: str) -> Iterator[Item]:
    """The items in scope that a text means: by code, by their wording inside it, else all of the row it names."""
    items = rubric.items_in_scope(subject)
    code = ITEM_HEADER.match(fold(wording).upper())
    if code:
        yield from (items[c] for c in (code[1],) if c in items)
        return
    text = fold(wording)
    worded = [item for item in items.values() if fold(rubric.wording(item)) in text]
    if worded:
        yield from worded
        return
    names = {fold(name), text}
    yield from (
        item
        for item in items.values()
        if {fold(rubric.row_of[item.code].name), fold(rubric.row_of[item.code].title)} & names
    )
