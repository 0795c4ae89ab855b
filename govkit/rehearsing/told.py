"""A rehearsal in sentences, for whoever shows it."""

from collections.abc import Iterator

from govkit.figures import two_places
from govkit.ledger import Kind
from govkit.messages import say
from govkit.rehearsing.rehearsal import Compared, Rehearsal


def summary_sentences(rehearsal: Rehearsal) -> Iterator[str]:
    """What a change of the rules does to the objects of each kind that there is."""
    for kind in Kind:
        summary, word = rehearsal.summary(kind), say(f"chart.{kind}")
        if not summary.moves:
            continue
        before, after = summary.before, summary.after
        rates = {"before": before.pass_rate.shown, "after": after.pass_rate.shown}
        left = {"before_open": before.unfinished, "after_open": after.unfinished}
        yield say("rehearsal.rates", kind=word, **rates, **left)
        moved = [
            say("rehearsal.move", before=say(f"verdict.{old}"), after=say(f"verdict.{new}"), number=number)
            for (old, new), number in summary.moves.items()
            if old != new
        ]
        if moved:
            yield say("rehearsal.moves", kind=word, moves="；".join(moved))
        number = summary.higher + summary.lower + summary.same
        if kind == Kind.SITE:
            values = {"higher": summary.higher, "lower": summary.lower, "same": summary.same}
            yield say("rehearsal.totals", number=number, shift=two_places(summary.shift), **values)


def why(compared: Compared) -> str:
    """Why the result of an object changed: what changed in the rules, and what was recorded but does not count."""
    sentences = [difference.sentence for difference in compared.because] if compared.is_changed else []
    return "".join([*sentences, *(note.text for note in compared.notes)])
