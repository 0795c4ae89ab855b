"""Words that the sheets of a season share."""

from datetime import date

from govkit.ledger import PLATFORM, FilingRecord, Kind, Subject
from govkit.messages import say
from govkit.sheets.season.paper import Column, Mark, Tone, Value

NUMBER = Column("序号", 6)
ID, NAME, SPONSOR, KIND = (
    Column("检查对象标识码", 20),
    Column("检查对象名称", 26, left=True),
    Column("主办单位", 28, left=True),
    Column("类别", 14),
)


def kind_of(subject: Subject) -> str:
    """What an object is: a website, or the platform of an account."""
    if subject.kind == Kind.SITE:
        return say("sheet.kind_site")
    return subject.details.get(PLATFORM) or say("sheet.kind_account")


def filed_as(record: FilingRecord, name: str) -> Value:
    """What a filing says of who consented, with whom, or when it was announced; or that nobody has told."""
    if name in record.untold:
        return Mark(say("status.UNKNOWN"), Tone.OPEN)
    value: Value = getattr(record, name)
    return value


def period_of(period: tuple[date, date]) -> str:
    """A stretch of time, in words."""
    first, last = (say("sheet.date", date=day) for day in period)
    return say("paper.period", first=first, last=last)
