"""Notices: what is no mistake, but should be looked at before the results are used."""

from collections.abc import Collection, Iterable, Iterator

from govkit.findings import Measurement, Outcome, Place, SpotCheck
from govkit.folding import fold
from govkit.ledger import Kind, Subject
from govkit.ledger.model import STATE
from govkit.messages import say
from govkit.problems import Problems, place_of
from govkit.reading.cells import read_moment
from govkit.reading.kinds import Kinds
from govkit.reading.layout import known_columns, nearest, words
from govkit.reading.ledgers import Ledger
from govkit.reading.records import Records
from govkit.reading.table import match_table
from govkit.rubric import Rubric

_NAMES_SHOWN = 5


def unused_sheets(kinds: Kinds) -> Iterator[str]:
    """Sheets that were not read."""
    ignored = [sheet.name for kind, sheet in kinds if kind is None and any(any(row) for row in sheet.rows)]
    if ignored:
        yield say("notice.unused_sheets", names=shown(ignored))


def unused_columns(kinds: Kinds, of: Collection[str]) -> Iterator[str]:
    """Columns that nobody reads, on sheets of some kinds.

    A ledger has many columns of its own, so those are not named.
    """
    for kind, sheet in kinds:
        table = match_table(sheet, kind) if kind and kind in of else None
        if table is None or kind is None:
            continue
        names = [header for header in table.unknown if fold(header) not in words("idle")]
        if names:
            missing = {name for name, _ in known_columns(kind).values()} - table.columns.keys()
            guesses = ((header, nearest(header, missing)) for header in names)
            near = "".join(say("notice.unused_near", header=h, name=guess) for h, guess in guesses if guess)
            yield say("notice.unused_columns", sheet=sheet.name, names="、".join(names), near=near)


def doubtful(check: SpotCheck, records: Records, rubric: Rubric) -> list[str]:
    """Results that may not mean what they say: objects nobody judged, closed ones, dates of the ledger, no reasons."""
    notices = []
    touched = {f.subject_id for f in check.findings} | {m.subject_id for m in check.measurements}
    bare = [subject.name for subject in check.subjects if subject.id not in touched]
    if bare:
        key = "notice.bare_clear" if check.batch.unlisted == Outcome.CLEAR else "notice.bare"
        notices.append(say(key, number=len(bare), names=shown(bare)))
    closed = [subject.name for subject in check.subjects if subject.is_closed]
    if closed:
        notices.append(say("notice.closed", number=len(closed), names=shown(closed)))
    unknown = [s.name for s in check.subjects if s.kind == Kind.SITE and s.service is None]
    if unknown:
        notices.append(say("notice.service_unknown", number=len(unknown), names=shown(unknown)))
    notices += unknown_states(check.subjects)
    stale = _stale_in_ledger(check, records, rubric)
    if stale:
        notices.append(say("notice.stale", number=len(stale), names=shown(stale)))
    if records.without_reason:
        notices.append(say("notice.no_reason", number=records.without_reason))
    return notices


def unknown_states(subjects: Iterable[Subject]) -> Iterator[str]:
    """Objects of which the ledger says something that is no state: they count as running."""
    told = ((subject.name, subject.details.get(STATE[subject.kind], "")) for subject in subjects)
    odd = [(name, text) for name, text in told if text and fold(text) not in words("states")]
    if odd:
        names = shown([say("reading.name_and_type", name=name, type=text) for name, text in odd])
        yield say("notice.unknown_state", number=len(odd), names=names)


def no_days(ledger: Ledger) -> Iterator[str]:
    """Where a ledger should name the day on which an account was opened, and names none."""
    if ledger.no_days:
        places = [say("reading.name_and_type", name=place_of(place), type=text) for text, place in ledger.no_days]
        yield say("notice.no_day", number=len(places), names=shown(places))


def _stale_in_ledger(check: SpotCheck, records: Records, rubric: Rubric) -> list[str]:
    """Objects whose ledger has a date that would be a problem as a measured quantity, while nobody has judged it.

    A ledger is no measurement: its dates may be as old as the ledger itself. They are pointed out, and never score.
    """
    as_of = check.batch.as_of
    dates = [
        (quantity, item)
        for quantity, items in rubric.quantities.items()
        for item in items
        if item.measure and item.measure.reads_dates
    ]
    measured = {(m.subject_id, m.quantity) for m in check.measurements}
    stale = []
    for subject in check.subjects:
        for quantity, item in dates:
            if (subject.id, item.code) in records.findings or (subject.id, quantity) in measured:
                continue
            last = read_moment(subject.details.get(quantity, ""), Place(""), Problems(), before=as_of)
            readings = {quantity: [Measurement(subject.id, quantity, last.date())]} if last else {}
            reading = rubric.read(item, readings, as_of)
            if reading and reading.outcome == Outcome.FOUND:
                stale.append(subject.name)
    return stale


def shown(names: list[str]) -> str:
    """The first names of a list, and that there are more."""
    shown = "、".join(names[:_NAMES_SHOWN])
    return shown if len(names) <= _NAMES_SHOWN else say("notice.more", names=shown)
