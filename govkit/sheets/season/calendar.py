"""工作日历: what is due in a year, day by day, with the last working day before."""

from pathlib import Path

from govkit.duties import Calendar
from govkit.messages import say
from govkit.sheets.season import paper
from govkit.sheets.season.paper import Page, book_of
from govkit.sheets.season.words import NUMBER
from govkit.sheets.staging import staging

_COLUMNS = (
    *(NUMBER, paper.Column("截止日", 12), paper.Column("最后工作日", 12), paper.Column("要做什么", 44, left=True)),
    *(paper.Column("谁", 26, left=True), paper.Column("依据", 46, left=True), paper.Column("完成情况", 16, left=True)),
)


def write_calendar(calendar: Calendar, path: Path) -> None:
    """Write the calendar to `path`, with a column in which an office notes what is done.

    Raises:
        OutputError: the file cannot be written; then nothing has changed.
    """
    rows = (
        [number, each.day, each.work_by or say("status.UNKNOWN"), each.what, each.who, each.clause, ""]
        for number, each in enumerate(calendar.dues, 1)
    )
    name, title = say("due.sheet"), say("due.title", year=calendar.year)
    content = book_of([Page(name, title, _COLUMNS, rows, calendar.notices, fixed=2)])
    with staging(path.parent) as stage:
        stage.store(Path(path.name), content)
        stage.put_in_place()
