"""A notice as a pack of rules: what it asks of whom, how that is judged, and what it does not ask."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from govkit.messages import say
from govkit.packs.checks import AnyCheck
from govkit.packs.judgement import Judgement, Status, not_applicable, unknown
from govkit.packs.things import Thing, ThingKind, platform_of
from govkit.season import Category, Disposal, Level

RuleId = Annotated[str, Field(pattern=r"^[A-Z]{2}[0-9]{2}$")]
Severity = Literal["严重", "一般", "提示"]


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_min_length=1)


class Binding(_Data):
    """Whom a rule binds: things of one kind, of these levels, kinds of units and platforms; of all where none is named.

    `unless` frees units: those that are secret, and those without powers towards the public (不对外行使公共管理职能).
    """

    about: ThingKind
    levels: tuple[Level, ...] = ()
    categories: tuple[Category, ...] = ()
    platforms: tuple[str, ...] = ()
    unless: tuple[Literal["secret", "no_public_powers"], ...] = ()

    def excuse(self, thing: Thing) -> Judgement | None:
        """Why the rule does not bind a thing of its kind, or why that is unknown; None where it does bind it."""
        if not (self.levels or self.categories or self.platforms or self.unless):
            return None
        found = list(self._excuses(thing))
        # One known reason is enough, whatever else is not known.
        certain = (judgement for judgement in found if judgement.status == Status.NOT_APPLICABLE)
        return next(certain, found[0] if found else None)

    def _excuses(self, thing: Thing) -> Iterator[Judgement]:
        unit = thing.unit
        platform = platform_of(thing.subject) if thing.subject else ""
        if self.platforms and not platform:
            yield unknown(say("rule.platform_unknown"))
        elif self.platforms and platform not in self.platforms:
            yield not_applicable(say("rule.other_platform"))
        if self.levels and unit.level is None:
            yield unknown(say("rule.no_level", unit=unit.name))
        elif self.levels and unit.level not in self.levels:
            yield not_applicable(say("rule.other_level"))
        if self.categories and unit.category is None:
            yield unknown(say("rule.no_category", unit=unit.name))
        elif self.categories and unit.category not in self.categories:
            yield not_applicable(say("rule.other_category"))
        if self.unless and (freed := self._freed(thing)):
            yield freed

    def _freed(self, thing: Thing) -> Judgement | None:
        unit, known = thing.unit, {"secret": thing.unit.secret, "no_public_powers": thing.unit.public}
        frees = {"secret": True, "no_public_powers": False}
        if any(known[name] is frees[name] for name in self.unless):
            return not_applicable(say("rule.freed"))
        if any(known[name] is None for name in self.unless):
            return unknown(say("rule.perhaps_freed", unit=unit.name))
        return None


class Rule(_Data):
    """One thing that a notice asks.

    Attributes:
        id: its number, which never changes and is never used again.
        name: what it is about, in a few words.
        article: the clause of the notice, one of the pack's articles.
        sentences: the sentences of that article that ask it, counted from 1.
        text: what is asked.
        binds: of whom.
        check: how it is judged.
        severity: how grave a breach is.
        remedy: what to do about one.
        problem: which of the pack's kinds of problems a breach belongs to; empty for none.
    """

    id: RuleId
    name: str
    article: str
    sentences: Annotated[tuple[int, ...], Field(min_length=1)]
    text: str
    binds: Binding
    check: AnyCheck
    severity: Severity
    remedy: str
    problem: str = Field(default="", min_length=0)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.binds.about not in self.check.about:
            raise ValueError(say("packs.check_about", id=self.id, check=self.check.kind, about=self.binds.about))
        if self.binds.platforms and self.binds.about != ThingKind.ACCOUNT:
            raise ValueError(say("packs.no_platforms", id=self.id, about=self.binds.about))
        return self


class NoRule(_Data):
    """Sentences of an article that are no rule, what they are about, and why they are none."""

    sentences: Annotated[tuple[int, ...], Field(min_length=1)]
    about: str
    reason: str


class Article(_Data):
    """An article of the notice. `sentences` is how many sentences it has; full stops and semicolons end one."""

    clause: str
    title: str
    sentences: Annotated[int, Field(gt=0)]
    no_rule: tuple[NoRule, ...] = ()


class Signal(_Data):
    """What speaks for a way of dealing with an account: a breach, or a word or number of the ledger.

    Attributes:
        outcome: what to do with the account.
        article: the clause it follows from.
        reason: why, in a few words.
        rules: rules of the pack, a breach of any of which is meant.
        check: a check of accounts, a breach of which is meant.
        column: a column of the ledger.
        words: the words in it that are meant.
        below: a number in it below this is meant.
        from_: a number in it from this on is meant.
    """

    outcome: Disposal
    article: str
    reason: str
    rules: tuple[RuleId, ...] = ()
    check: AnyCheck | None = None
    column: str = Field(default="", min_length=0)
    words: tuple[str, ...] = ()
    below: int | None = None
    from_: Annotated[int | None, Field(alias="from")] = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = [bool(self.words), self.below is not None, self.from_ is not None]
        grounds = [bool(self.rules), self.check is not None, bool(self.column)]
        if sum(grounds) != 1 or sum(ways) != bool(self.column):
            raise ValueError(say("packs.signal"))
        if self.check and ThingKind.ACCOUNT not in self.check.about:
            raise ValueError(say("packs.check_about", id=self.reason, check=self.check.kind, about=ThingKind.ACCOUNT))
        return self


class Pack(_Data):
    """A notice. `problems` are the kinds of problems it names; `signals` its grounds for dealing with accounts."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    name: str
    title: str
    source: str
    dated: date | None = None
    problems: tuple[str, ...] = ()
    articles: Annotated[tuple[Article, ...], Field(min_length=1)]
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]
    signals: tuple[Signal, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        complaints = list(self._complaints())
        if complaints:
            raise ValueError("\n".join(complaints))
        return self

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        """The rules by their number."""
        return {rule.id: rule for rule in self.rules}

    def _complaints(self) -> Iterator[str]:
        clauses = [article.clause for article in self.articles]
        rules = [rule.id for rule in self.rules]
        yield from (say("packs.doubled_article", article=clause) for clause in _doubled(clauses))
        yield from (say("packs.doubled", id=rule_id) for rule_id in _doubled(rules))
        for rule in self.rules:
            if rule.article not in clauses:
                yield say("packs.no_article", id=rule.id, article=rule.article)
            if rule.problem and rule.problem not in self.problems:
                yield say("packs.no_problem", id=rule.id, problem=rule.problem)
        for signal in self.signals:
            if signal.article not in clauses:
                yield say("packs.no_article", id=signal.reason, article=signal.article)
            for rule_id in sorted(set(signal.rules) - set(rules)):
                yield say("packs.no_rule", id=rule_id)
        for article in self.articles:
            yield from self._uncovered(article)

    def _uncovered(self, article: Article) -> Iterator[str]:
        """Every sentence is a rule, or says why it is none; the same sentence cannot be both."""
        as_rules = {number for rule in self.rules if rule.article == article.clause for number in rule.sentences}
        as_none = Counter(number for none in article.no_rule for number in none.sentences)
        wanted = set(range(1, article.sentences + 1))
        missing, beyond = wanted - as_rules - as_none.keys(), (as_rules | as_none.keys()) - wanted
        twice = {number for number, times in as_none.items() if times > 1} | (as_rules & as_none.keys())
        for key, numbers in (("packs.missing", missing), ("packs.beyond", beyond), ("packs.twice", twice)):
            if numbers:
                yield say(key, article=article.clause, numbers="、".join(map(str, sorted(numbers))))


def _doubled(names: Sequence[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]
