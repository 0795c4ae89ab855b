"""备案表: what was filed of sites and accounts; `reading` reads it as 备案记录."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from govkit.ledger import FilingRecord, Subject
from govkit.messages import say
from govkit.sheets.season.paper import Column, Page, Value, book_of
from govkit.sheets.season.words import ID, KIND, NAME, NUMBER, SPONSOR, filed_as, kind_of
from govkit.sheets.staging import staging

_OWN = (
    Column("备案事项", 10),
    Column("备案日期", 12),
    Column("批准人", 12),
    Column("备案单位", 24, left=True),
    Column("公告日期", 12),
)


def write_filings(records: Iterable[FilingRecord], subjects: Mapping[str, Subject], path: Path) -> None:
    """Write 备案表 to `path`.

    Args:
        records: in the order in which they are to stand.
        subjects: of the ledger, by identifier; what it lacks stands there with its identifier only.
        path: of the workbook.

    Raises:
        OutputError: the file cannot be written; then nothing has changed.
    """
    columns = (NUMBER, ID, NAME, KIND, SPONSOR, *_OWN)
    below = ["", say("filing_sheet.sign")]
    page = Page(say("filing_sheet.name"), say("filing_sheet.title"), columns, _rows(records, subjects), below=below)
    content = book_of([page])
    with staging(path.parent) as stage:
        stage.store(Path(path.name), content)
        stage.put_in_place()


def _rows(records: Iterable[FilingRecord], subjects: Mapping[str, Subject]) -> Iterator[list[Value]]:
    for number, record in enumerate(records, 1):
        subject = subjects.get(record.subject_id)
        known: list[Value] = [subject.name, kind_of(subject), subject.sponsor] if subject else ["", "", ""]
        told = [filed_as(record, name) for name in ("approved_by", "filed_with", "announced")]
        yield [number, record.subject_id, *known, str(record.action), record.filed, *told]
