"""What `rubric diff` prints: how two rubrics differ, and what a batch comes to by the one and by the other."""

from collections.abc import Sequence

from govkit.commands.season import tell
from govkit.commands.show import console
from govkit.figures import shortest, two_places
from govkit.messages import say
from govkit.rehearsing import Compared, Difference, Rehearsal, summary_sentences, why
from govkit.rubric import Rubric
from govkit.scoring import ObjectScore

_SHOWN = 20


def print_differences(a: Rubric, b: Rubric, told: Sequence[Difference]) -> None:
    """How two rubrics differ, a sentence each."""
    if not told:
        tell("difference.same")
        return
    versions = {"a_version": a.version, "b_version": b.version}
    tell("difference.heading", a=a.id, b=b.id, number=len(told), **versions)
    for each in told:
        _print(each.sentence)


def print_rehearsal(rehearsal: Rehearsal) -> None:
    """What changes in a batch, and for which objects."""
    batch = rehearsal.check.batch
    tell("rehearsal.heading", name=batch.name, as_of=batch.as_of)
    for sentence in summary_sentences(rehearsal):
        _print(sentence)
    changed = rehearsal.changed
    tell("rehearsal.changed", number=len(changed), all=len(rehearsal.objects))
    for each in changed[:_SHOWN]:
        _print(_line(each))
    if len(changed) > _SHOWN:
        tell("rehearsal.more", number=len(changed) - _SHOWN)
    notes = [note for each in rehearsal.objects if not each.is_changed for note in each.notes]
    if rehearsal.notes:
        tell("rehearsal.lost", number=len(rehearsal.notes))
    for note in notes[:_SHOWN]:
        _print(f"{note.subject.name}：{note.text}")


def _line(each: Compared) -> str:
    """An object whose result changes."""
    rows = [
        say("rehearsal.row", code=code, before=shortest(old), after=shortest(new))
        for code, (old, new) in each.rows.items()
    ]
    reasons = why(each)
    return say(
        "rehearsal.object",
        name=each.subject.name,
        before=_result(each.before.score),
        after=_result(each.after.score),
        rows=say("rehearsal.rows", rows="、".join(rows)) if rows else "",
        why=say("rehearsal.why", why=reasons) if reasons else "",
    )


def _result(score: ObjectScore) -> str:
    total = "" if score.total is None else say("rehearsal.total", total=two_places(score.total))
    return say("rehearsal.result", verdict=say(f"verdict.{score.verdict}"), total=total)


def _print(sentence: str) -> None:
    console().print(sentence, markup=False, soft_wrap=True)
