"""What inspections say of a problem: how it looked when it was found, and what they say of it today."""

from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from govkit.findings import Filing, Outcome, Stage
from govkit.forms.wording import answer_words
from govkit.issues import Issue
from govkit.messages import say
from govkit.rubric import outcome_word
from govkit.scoring import group_readings, judge
from govkit.store import BatchInfo, Home, Register, Store, StoreError
from govkit.store.evidence import EVIDENCE_NAME


class Seen(NamedTuple):
    """What is known of a problem beside its events.

    Attributes:
        pictures: the screenshots of when it was found, by name; what is not there is missing.
        today: what inspections say of it today, by their names: the one that found it, and the last one since.
    """

    pictures: dict[str, bytes]
    today: list[tuple[str, str]]


def look_up(home: Home, register: Register, issue: Issue) -> Seen:
    """Look a problem up where it was found, and in the last inspection since then.

    A batch that cannot be opened tells nothing, which must not keep anybody from the problem.
    """
    batches = home.batches()
    source = next((batch for batch in batches if batch.name == issue.source), None)
    names = [name for name in issue.screenshots if EVIDENCE_NAME.fullmatch(name)]
    if source is None:
        return Seen(_pictures(register, names), [])
    seen = Seen({}, [])
    with suppress(StoreError), home.open(source.key) as store:
        seen.pictures.update(_pictures(store, names))
        seen.today.extend(_told(source, store, issue))
    for later in batches:
        if later.as_of <= source.as_of:
            break
        with suppress(StoreError), home.open(later.key) as store:
            if told := list(_told(later, store, issue)):
                seen.today.extend(told)
                break
    return seen


def _pictures(place: Store | Register, names: list[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for name in names:
        with suppress(StoreError):  # a damaged one is shown as one that is not there
            content = place.evidence(name)
            found |= {name: content} if content is not None else {}
    return found


def _told(batch: BatchInfo, store: Store, issue: Issue) -> Iterator[tuple[str, str]]:
    """What an inspection says of the item of an object; nothing where it has not judged it."""
    if issue.item not in store.rubric.items or issue.subject_id not in {each.id for each in store.subjects}:
        return
    record, rubric = store.record(issue.subject_id), store.rubric
    if issue.item not in rubric.items_in_scope(record.subject):
        return
    readings = group_readings(record.measurements)
    judgements = judge(rubric, record.subject, record.findings, readings, batch.as_of, store.batch.unlisted)
    judgement, part = judgements[issue.item], rubric.row_of[issue.item].part
    if judgement.outcome != Outcome.UNCHECKED:
        item, finding = rubric.items[issue.item], record.findings.get(issue.item)
        words = answer_words(finding, part, item) if finding else outcome_word(judgement.outcome, part)
        yield batch.name, words + _stage(record.filing)


def _stage(filing: Filing) -> str:
    """How far the object has come, where that is not the end of its first version."""
    if filing.version == 1 and filing.stage == Stage.REVIEWED:
        return ""
    return say("follow.version", version=filing.version, stage=say(f"stage.{filing.stage}"))
