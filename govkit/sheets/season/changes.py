"""台账变动表: what changed between two ledgers, and whether it was filed and announced."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from govkit.ledger import Change
from govkit.messages import say
from govkit.sheets.season.paper import Column, Mark, Page, Tone, Value, book_of
from govkit.sheets.season.words import ID, KIND, NAME, NUMBER, SPONSOR, filed_as, kind_of, period_of
from govkit.sheets.staging import staging

_CHANGE = Column("变动", 12)
_OWN = (
    Column("原来", 18, left=True),
    Column("现在", 18, left=True),
    Column("备案", 7),
    Column("备案日期", 12),
    Column("批准人", 10),
    Column("备案单位", 18, left=True),
    Column("公告", 7),
    Column("公告日期", 12),
)


def write_changes(changes: Iterable[Change], period: tuple[date, date], path: Path, *, told: bool) -> None:
    """Write 台账变动表 to `path`.

    Args:
        changes: in the order in which they are to stand.
        period: first and last day between the two ledgers.
        path: of the workbook.
        told: whether anything is known of filings; else nobody can say that one is missing.

    Raises:
        OutputError: the file cannot be written; then nothing has changed.
    """
    columns = (NUMBER, _CHANGE, ID, NAME, KIND, SPONSOR, *_OWN)
    above = [period_of(period)]
    if not told:
        above.append(say("change_sheet.untold"))
    rows = _rows(changes, told=told)
    content = book_of([Page(say("change_sheet.name"), say("change_sheet.title"), columns, rows, above)])
    with staging(path.parent) as stage:
        stage.store(Path(path.name), content)
        stage.put_in_place()


def _rows(changes: Iterable[Change], *, told: bool) -> Iterator[list[Value]]:
    yes, no = Mark(say("change_sheet.yes"), Tone.GOOD), Mark(say("change_sheet.no"), Tone.BAD)
    unknown = Mark(say("status.UNKNOWN"), Tone.OPEN)
    missing = no if told else unknown
    for number, change in enumerate(changes, 1):
        subject, record = change.subject, change.record
        row: list[Value] = [number, say(f"change_kind.{change.kind}"), subject.id, subject.name, kind_of(subject)]
        row += [subject.sponsor, change.before, change.after]
        if record is None:
            row += [missing, None, "", "", missing, None]
        else:
            row += [yes, record.filed, filed_as(record, "approved_by"), filed_as(record, "filed_with")]
            row += [unknown if "announced" in record.untold else yes if record.announced else no, record.announced]
        yield row
