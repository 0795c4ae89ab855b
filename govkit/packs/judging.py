"""Things × rules: every thing of a season held against every rule of some packs."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from govkit.findings import Finding, Outcome
from govkit.messages import say
from govkit.packs.judgement import Judgement, Status
from govkit.packs.model import Pack, Rule
from govkit.packs.things import Thing, ThingKind, View
from govkit.season import Season

Progress = Callable[[int, int], None]
"""Is told how many rules have been judged, and of how many."""

_BY_PERSON = {
    Outcome.CLEAR: Status.PASS,
    Outcome.FOUND: Status.BREACH,
    Outcome.NOT_APPLICABLE: Status.NOT_APPLICABLE,
    Outcome.CANNOT_TELL: Status.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A rule, and what it says of each thing of its kind.

    Many things get the same judgement, so each is kept once: `codes[n]` is the position in `judgements` of what the
    rule says of the n-th thing.
    """

    pack: Pack
    rule: Rule
    judgements: Sequence[Judgement]
    codes: Sequence[int]

    def __getitem__(self, number: int) -> Judgement:
        """What the rule says of the n-th thing."""
        return self.judgements[self.codes[number]]

    @property
    def counts(self) -> Mapping[Status, int]:
        """How many things have which status."""
        found = dict.fromkeys(Status, 0)
        for code, number in Counter(self.codes).items():
            found[self.judgements[code].status] += number
        return found


class Breach(NamedTuple):
    """A rule that a thing breaks, and the fact that shows it."""

    thing: Thing
    pack: Pack
    rule: Rule
    fact: str


@dataclass(frozen=True, slots=True)
class Compliance:
    """The matrix of things × rules.

    Attributes:
        season: what was judged.
        things: the things by kind, in order.
        columns: the rules, in the order of packs and rules.
        notices: sentences in Chinese on what is no breach but should be looked at.
    """

    season: Season
    things: Mapping[ThingKind, Sequence[Thing]]
    columns: Sequence[Column]
    notices: Sequence[str] = ()

    def breaches(self) -> Iterator[Breach]:
        """All breaches, rule by rule."""
        for column in self.columns:
            things = self.things[column.rule.binds.about]
            broken = {code for code, judgement in enumerate(column.judgements) if judgement.status == Status.BREACH}
            for number, code in enumerate(column.codes):
                if code in broken:
                    yield Breach(things[number], column.pack, column.rule, column.judgements[code].fact)


def judge_season(season: Season, packs: Sequence[Pack], progress: Progress | None = None) -> Compliance:
    """Hold a season against packs.

    What a person has judged counts, also against the program; the program's own judgement then stands beside it.

    Args:
        season: the facts.
        packs: the notices that are switched on.
        progress: is called after every rule.

    Raises:
        UnknownYearError: the working days of a year are not known.
    """
    view = View(season)
    rules = [(pack, rule) for pack in packs for rule in pack.rules]
    by_rule: dict[str, dict[str, Finding]] = {}
    for (thing_id, rule_id), finding in season.checked.items():
        if finding.outcome in _BY_PERSON:
            by_rule.setdefault(rule_id, {})[thing_id] = finding
    columns = []
    for done, (pack, rule) in enumerate(rules, 1):
        columns.append(_column(pack, rule, view, by_rule.get(rule.id, {})))
        if progress:
            progress(done, len(rules))
    first = season.period[0]
    younger = [
        say("packs.younger", name=pack.name, dated=pack.dated, first=first)
        for pack in packs
        if pack.dated and pack.dated > first
    ]
    return Compliance(season, view.things, columns, younger)


def _column(pack: Pack, rule: Rule, view: View, findings: Mapping[str, Finding]) -> Column:
    known: dict[Judgement, int] = {}
    codes = array("I")
    for thing in view.things[rule.binds.about]:
        judgement = _judged(rule, thing, view)
        finding = findings.get(thing.id)
        if finding:
            judgement = _by_person(finding, judgement, automatic=rule.check.automatic)
        codes.append(known.setdefault(judgement, len(known)))
    return Column(pack, rule, tuple(known), codes)


def _judged(rule: Rule, thing: Thing, view: View) -> Judgement:
    """What the program says of a thing."""
    if not thing.runs and not rule.check.of_closed:
        return Judgement(Status.NOT_APPLICABLE, say("rule.closed"))
    return rule.binds.excuse(thing) or rule.check.judge(thing, view)


def _by_person(finding: Finding, judged: Judgement, *, automatic: bool) -> Judgement:
    """What a person says; where the program says something else, that is told beside it."""
    status = _BY_PERSON[finding.outcome]
    fact = finding.note or say("rule.judged_by", name=finding.inspector)
    if automatic and judged.status not in (status, Status.UNKNOWN):
        told = " ".join(filter(None, (say(f"status.{judged.status.name}"), judged.fact)))
        fact += say("rule.program_says", judgement=told)
    return Judgement(status, fact)
