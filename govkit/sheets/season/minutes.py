"""抽样记录: the minutes of a draw, with all that is needed to draw the same again; and what can be read from them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from govkit.ledger import PLATFORM, Kind, Subject
from govkit.messages import say
from govkit.problems import Problems
from govkit.quarters import Quarter
from govkit.reading import shown_text
from govkit.reading.files import read_sheets
from govkit.sampling import Draw, Ground, Past, lot, read_share
from govkit.sheets.season.paper import Column, Mark, Page, Tone, Value, book_of
from govkit.sheets.season.sample import Sample
from govkit.sheets.season.words import NAME, NUMBER, SPONSOR

_MINUTES, _DRAWN, _LOTS, _UNITS, _PLATFORMS = "抽样记录", "抽中账号", "抽签表", "按单位", "按平台"
_ID, _LAST, _RESULT, _LOT = "新媒体标识码", "上次抽中", "上次结果", "抽签号"
_QUARTER, _SEED, _SHARE = "季度", "随机种子", "抽查比例"
_ACCOUNT = Column(_ID, 20)
_PLATFORM = Column("账号类型", 14)
_LOT_COLUMN = Column(_LOT, 66)


@dataclass(frozen=True, slots=True)
class Minutes:
    """What minutes say of a draw.

    Attributes:
        quarter: which quarter.
        seed: as printed.
        share: the sample is larger than this share of the accounts.
        past: when the accounts of the ledger were drawn before, by identifier; None for those that never were.
        drawn: the lots of those that were drawn, by identifier.
    """

    quarter: Quarter
    seed: str
    share: Fraction
    past: Mapping[str, Past | None]
    drawn: Mapping[str, str]


def minutes(sample: Sample) -> bytes:
    """The workbook 抽样记录."""
    draw, accounts = sample.draw, sample.accounts
    drawn = {one.subject.id for one in draw.drawn}
    ever = {name for name, past in sample.past.items() if past.quarter[0] == draw.quarter[0]}
    seen = {account.id for account in accounts if account.id in drawn | ever}
    grounds = Counter(one.ground for one in draw.drawn)
    facts: list[tuple[str, str | int]] = [
        ("组织单位", sample.check.batch.organiser),
        (_QUARTER, Quarter(*draw.quarter).code),
        ("网站", say("minutes.sites", number=sum(subject.kind == Kind.SITE for subject in sample.check.subjects))),
        ("参加抽取的账号", draw.population),
        (_SHARE, str(draw.share)),
        ("至少抽取", say("minutes.least", number=draw.least, share=draw.share)),
        ("实际抽取", len(draw.drawn)),
        *((say(f"drawn_as.{ground}"), grounds[ground]) for ground in Ground),
        ("本年度累计", _coverage(len(seen), len(accounts))),
        (_SEED, draw.seed),
        ("抽签办法", say("minutes.how")),
        ("先后次序", say("minutes.order")),
        ("核对办法", say("minutes.check")),
        ("抽取时间", f"{sample.drawn_at:%Y-%m-%d %H:%M}"),
        ("抽取人", sample.drawn_by),
    ]
    if sample.reason:
        facts.append(("重抽原因", sample.reason))
    columns = (Column("项目", 26), Column("内容", 72, left=True))
    title = say("minutes.title", quarter=Quarter(*draw.quarter).name)
    below = ["", say("minutes.sign"), "", say("minutes.sign_day")]
    return book_of(
        [
            Page(_MINUTES, title, columns, facts, [say("minutes.basis")], below, landscape=False),
            _drawn_page(draw),
            _lots_page(draw, accounts, sample.past),
            _groups_page(_UNITS, SPONSOR, accounts, [each.sponsor for each in accounts], drawn, seen),
            _groups_page(
                _PLATFORMS, _PLATFORM, accounts, [each.details.get(PLATFORM, "") for each in accounts], drawn, seen
            ),
        ]
    )


def _drawn_page(draw: Draw) -> Page:
    columns = (NUMBER, _ACCOUNT, NAME, SPONSOR, _PLATFORM, Column("抽中依据", 22), _LOT_COLUMN)
    rows: list[list[Value]] = [
        [
            *(number, one.subject.id, one.subject.name, one.subject.sponsor),
            *(one.subject.details.get(PLATFORM, ""), say(f"drawn_as.{one.ground}"), one.lot),
        ]
        for number, one in enumerate(draw.drawn, 1)
    ]
    return Page(_DRAWN, say("minutes.drawn_title", number=len(rows)), columns, rows, fixed=3)


def _lots_page(draw: Draw, accounts: Sequence[Subject], past: Mapping[str, Past]) -> Page:
    columns = (
        *(NUMBER, _ACCOUNT, NAME, SPONSOR, _PLATFORM),
        *(Column(_LAST, 12), Column(_RESULT, 12), _LOT_COLUMN, Column("本季度", 10)),
    )
    return Page(_LOTS, say("minutes.lots_title"), columns, _lots(draw, accounts, past), fixed=3)


def _lots(draw: Draw, accounts: Sequence[Subject], past: Mapping[str, Past]) -> Iterator[list[Value]]:
    drawn = {one.subject.id for one in draw.drawn}
    mark = Mark(say("minutes.is_drawn"), Tone.GOOD)
    for number, account in enumerate(accounts, 1):
        last = past.get(account.id)
        told = [Quarter(*last.quarter).code, say("verdict.fail") if last.failed else ""] if last else ["", ""]
        row: list[Value] = [number, account.id, account.name, account.sponsor, account.details.get(PLATFORM, "")]
        yield [*row, *told, lot(draw.seed, account.id), mark if account.id in drawn else ""]


def _groups_page(
    name: str, column: Column, accounts: Sequence[Subject], groups: Sequence[str], drawn: set[str], seen: set[str]
) -> Page:
    """How many there are, were drawn, and have been drawn in the year, by unit or by platform."""
    counts: dict[str, list[int]] = {}
    for account, group in zip(accounts, groups, strict=True):
        count = counts.setdefault(group, [0, 0, 0])
        count[0] += 1
        count[1] += account.id in drawn
        count[2] += account.id in seen
    columns = (
        *(NUMBER, column, Column("账号", 10), Column("本季度抽取", 12), Column("占比", 10)),
        *(Column("本年度已抽取", 14), Column("本年度尚未抽取", 16)),
    )
    rows: list[list[Value]] = [
        [number, group or say("minutes.unnamed"), there, taken, _percent(taken, there), ever, there - ever]
        for number, (group, (there, taken, ever)) in enumerate(counts.items(), 1)
    ]
    totals = [sum(count[place] for count in counts.values()) for place in range(3)]
    rows.append(
        [
            None,
            say("minutes.total"),
            totals[0],
            totals[1],
            _percent(totals[1], totals[0]),
            totals[2],
            totals[0] - totals[2],
        ]
    )
    return Page(name, say("minutes.groups_title", by=column.heading), columns, rows, landscape=False)


def _coverage(seen: int, number: int) -> str:
    return say("minutes.coverage", seen=seen, number=number, percent=_percent(seen, number), left=number - seen)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else ""


def read_minutes(path: Path) -> Minutes:
    """Read back what the minutes of a draw say.

    Raises:
        ProblemsError: the file cannot be read.
        ValueError: it is none of govkit's minutes, or lacks something; the message is in Chinese.
    """
    problems = Problems()
    sheets = {
        sheet.name: [[shown_text(cell).strip() for cell in row] for row in sheet.rows]
        for sheet in read_sheets(path, problems)
    }
    problems.raise_if_any()
    try:
        facts = {row[0]: row[1] for row in sheets[_MINUTES] if len(row) > 1}
        quarter, share, seed = Quarter.read(facts[_QUARTER]), read_share(facts[_SHARE]), facts[_SEED]
        past = {row[_ID]: _past(row) for row in _table(sheets[_LOTS])}
        drawn = {row[_ID]: row[_LOT] for row in _table(sheets[_DRAWN])}
    except (KeyError, ValueError):
        raise ValueError(say("minutes.unreadable", name=path.name)) from None
    return Minutes(quarter, seed, share, past, drawn)


def _table(rows: Sequence[Sequence[str]]) -> Iterator[dict[str, str]]:
    """The rows under the row that heads a column of identifiers."""
    top = next((number for number, row in enumerate(rows) if _ID in row), None)
    if top is None:
        raise KeyError(_ID)
    for row in rows[top + 1 :]:
        cells = dict(zip(rows[top], row, strict=False))
        if cells[_ID]:
            yield cells


def _past(row: Mapping[str, str]) -> Past | None:
    return Past(Quarter.read(row[_LAST]), bool(row[_RESULT])) if row[_LAST] else None
