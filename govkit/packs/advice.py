"""What to do with an account: a suggestion with its reasons. People decide.

Clause: 丰都县 2019, 三（三）2 清理整合; 江西某县, 第一条 (the kinds of problems).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from govkit.messages import say
from govkit.packs.judgement import Status
from govkit.packs.judging import Compliance
from govkit.packs.model import Signal
from govkit.packs.things import Thing, ThingKind, View
from govkit.season import Disposal


@dataclass(frozen=True, slots=True)
class Advice:
    """A suggestion.

    Attributes:
        thing: the account.
        outcome: what speaks most gravely; 保留 where nothing speaks against it.
        reasons: what speaks for it, and what else was noted, in the order of gravity.
        untold: what the ledger does not tell, and would have to for a better suggestion.
        problems: the kinds of problems that its breaches belong to.
    """

    thing: Thing
    outcome: Disposal
    reasons: tuple[str, ...]
    untold: tuple[str, ...]
    problems: tuple[str, ...]


def advise(compliance: Compliance) -> list[Advice]:
    """Suggest what to do with each account that runs, in the order of the ledger.

    Only packs that have signals say anything; without them, every account is to be kept.
    """
    packs = {column.pack.id: column.pack for column in compliance.columns}
    signals = [signal for pack in packs.values() for signal in pack.signals]
    signals.sort(key=lambda signal: list(Disposal).index(signal.outcome))
    broken: dict[str, list[str]] = {}
    problems: dict[str, list[str]] = {}
    for breach in compliance.breaches():
        if breach.thing.kind == ThingKind.ACCOUNT:
            broken.setdefault(breach.thing.id, []).append(breach.rule.id)
            if breach.rule.problem:
                problems.setdefault(breach.thing.id, []).append(breach.rule.problem)
    view = View(compliance.season)
    return [
        _advice(thing, view, signals, broken.get(thing.id, ()), tuple(dict.fromkeys(problems.get(thing.id, ()))))
        for thing in compliance.things[ThingKind.ACCOUNT]
        if thing.runs
    ]


def _advice(
    thing: Thing, view: View, signals: Sequence[Signal], broken: Sequence[str], problems: tuple[str, ...]
) -> Advice:
    details: Mapping[str, str] = thing.subject.details if thing.subject else {}
    speaking: list[tuple[Disposal, str]] = []
    untold: list[str] = []
    for signal in signals:
        reason = signal.reason
        if signal.check:
            status, fact = signal.check.judge(thing, view)
            speaks = status == Status.BREACH
            reason = say("advice.with_fact", reason=reason, fact=fact)
        elif signal.rules:
            speaks = not set(signal.rules).isdisjoint(broken)
        else:
            told = _spoken(signal, details.get(signal.column, ""))
            speaks = bool(told)
            untold += [signal.column] if told is None else []
        if speaks:
            speaking.append((signal.outcome, reason))
    outcome = speaking[0][0] if speaking else Disposal.KEEP
    reasons = dict.fromkeys(say("advice.reason", outcome=each, reason=reason) for each, reason in speaking)
    return Advice(thing, outcome, tuple(reasons), tuple(dict.fromkeys(untold)), problems)


def _spoken(signal: Signal, text: str) -> bool | None:
    """Whether what the ledger says is what the signal means; None where it says nothing that can be used."""
    if not text.strip():
        return None
    if signal.words:
        return text.strip() in signal.words
    try:
        number = int(text.strip().replace(",", ""))
    except ValueError:
        return None
    return number < signal.below if signal.below is not None else signal.from_ is not None and number >= signal.from_
