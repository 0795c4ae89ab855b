"""What only people can judge of an object or unit: a row a rule, with a note and pictures as evidence."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import PurePath

import ipywidgets as widgets
from markupsafe import Markup

from govkit.findings import Finding, Outcome
from govkit.forms.choices import Choice
from govkit.forms.chooser import Chooser, text_of
from govkit.forms.errors import Refusal
from govkit.forms.markup import fill, join, picture
from govkit.forms.quarter.pane import QuarterDesktop
from govkit.forms.rows import Rows, Target, View
from govkit.messages import say
from govkit.packs import Column, Compliance, Rule, Status, Thing, ThingKind
from govkit.packs.checks import Hand
from govkit.store import RegisterEntry
from govkit.store.evidence import EVIDENCE_NAME

SEPARATOR = "；"
"""Between the names of several pictures of one judgement."""
_CHOICES = tuple(
    Choice(outcome, None, say(f"status.{status}"), say(f"plan.tip_{status.lower()}"))
    for outcome, status in (
        (Outcome.CLEAR, "PASS"),
        (Outcome.FOUND, "BREACH"),
        (Outcome.NOT_APPLICABLE, "NOT_APPLICABLE"),
        (Outcome.CANNOT_TELL, "UNKNOWN"),
    )
)
_LARGEST = 20 * 2**20  # bytes


class Checklist:
    """The rules by hand of one thing at a time.

    Args:
        desktop: what it works with.
        compliance: gives the last check, which says what binds whom.
    """

    def __init__(self, desktop: QuarterDesktop, compliance: Callable[[], Compliance | None]) -> None:
        self._desktop, self._compliance = desktop, compliance
        look, handler = desktop.look, desktop.screen.handler
        self._entries: dict[tuple[str, str], RegisterEntry[Finding]] = {}
        self._bound_by: tuple[Compliance | None, str] = (None, "")  # what the next three follow from
        self._bound: dict[str, set[str]] = {}  # identifiers of rules, by thing
        self._things: dict[str, Thing] = {}
        self._texts: dict[str, str] = {}
        self._open: Target | None = None
        self.kind = widgets.ToggleButtons(
            options=[(say(f"thing.{kind}"), kind) for kind in ThingKind], style=look.choice, layout=look.choices
        )
        self.things = Chooser(desktop, say("plan.thing"), self.load)
        self.thing = self.things.list
        self.rows = Rows(look, desktop.screen, self._view, self._pick, self._turn)
        self.note = widgets.Textarea(
            description=say("plan.note"),
            placeholder=say("plan.note_hint"),
            continuous_update=False,
            style=look.label,
            layout=look.field,
        )
        self.upload = widgets.FileUpload(
            accept="image/*", multiple=True, description=say("form.upload"), layout=look.button
        )
        self.shots = widgets.HTML(layout=look.whole)
        self.close = look.make_button(say("form.close"))
        self.details = widgets.VBox([self.note, widgets.HBox([self.upload, self.close]), self.shots], layout=look.whole)
        self.details.add_class("gk-details")
        self.box = widgets.VBox([self.kind, self.things.box, self.rows.box], layout=look.whole)
        self.kind.observe(handler(lambda _: self.load()), names="value")
        self.thing.observe(handler(lambda _: self._list()), names="value")
        self.note.observe(handler(lambda change: self._type(change["new"])), names="value")
        self.upload.observe(handler(lambda _: self._take_in()), names="value")
        self.close.on_click(handler(lambda _: self._turn(self._open) if self._open else None))

    def load(self) -> None:
        """List the things of the chosen kind that rules by hand bind, and the rules of the chosen one."""
        self._bind()
        by_hand = {column.rule.id for column in self._by_hand()}
        listed = self._bound.keys() | {name for name, rule_id in self._entries if rule_id in by_hand}
        self.things.show({name: text for name, text in self._texts.items() if name in listed}, self._label)
        self._list()

    def refresh(self) -> None:
        """Show what is in the register now."""
        if self._compliance() is None:
            return
        self._entries = self._desktop.planner().register.judged(self._desktop.planner().quarter)
        self.rows.refresh()
        if self._open:
            finding = self._finding(self._open)
            names = [name for name in finding.screenshot.split(SEPARATOR) if name]
            with self._desktop.screen.mirroring():
                self.note.value = finding.note
                self.shots.value = join(self._shot(name, number) for number, name in enumerate(names, 1))

    def _bind(self) -> None:
        """Find out once a check which rules by hand bind which things of the chosen kind."""
        compliance, kind = self._compliance(), self.kind.value
        self._read()
        if self._bound_by[0] is compliance and self._bound_by[1] == kind:
            return
        self._bound_by, self._bound = (compliance, kind), {}
        self._things = {thing.id: thing for thing in compliance.things[kind] if thing.runs} if compliance else {}
        self._texts = {name: text_of(thing) for name, thing in self._things.items()}
        for column in self._by_hand():
            judgements = column.judgements
            exempt = {code for code, each in enumerate(judgements) if each.status == Status.NOT_APPLICABLE}
            things = compliance.things[kind] if compliance else ()
            for thing, code in zip(things, column.codes, strict=True):
                if thing.runs and code not in exempt:
                    self._bound.setdefault(thing.id, set()).add(column.rule.id)

    def _by_hand(self) -> list[Column]:
        compliance = self._compliance()
        columns = compliance.columns if compliance else ()
        return [each for each in columns if each.rule.binds.about == self.kind.value and not each.rule.check.automatic]

    def _rules_of(self, name: str) -> list[Rule]:
        """The rules by hand of a thing: those that bind it, and those that somebody has judged of it."""
        bound = self._bound.get(name, ())
        rules = (column.rule for column in self._by_hand())
        return [rule for rule in rules if rule.id in bound or (name, rule.id) in self._entries]

    def _label(self, name: str) -> str:
        thing = self._things[name]
        return f"{thing.name}（{thing.id}）" if thing.subject else thing.name

    def _read(self) -> None:
        self._entries = self._desktop.planner().register.judged(self._desktop.planner().quarter)

    def _list(self) -> None:
        self._open = None
        self._read()
        name = self.thing.value
        self.rows.show([Target(name, rule.id) for rule in self._rules_of(name)] if name else [])

    def _rule(self, target: Target) -> Rule:
        compliance = self._compliance()
        assert compliance is not None
        return next(column.rule for column in compliance.columns if column.rule.id == target.code)

    def _entry(self, target: Target) -> RegisterEntry[Finding] | None:
        return self._entries.get((target.subject_id, target.code))

    def _finding(self, target: Target) -> Finding:
        """What the register holds; else what the files of the quarter say."""
        entry, compliance = self._entry(target), self._compliance()
        told = compliance.season.checked.get((target.subject_id, target.code)) if compliance else None
        return entry.value if entry else told or Finding(target.subject_id, target.code, Outcome.UNCHECKED)

    def _view(self, target: Target) -> View:
        rule, finding = self._rule(target), self._finding(target)
        asks = rule.check.ask if isinstance(rule.check, Hand) else rule.text
        evidence = rule.check.evidence if isinstance(rule.check, Hand) else ""
        chosen = next((at for at, choice in enumerate(_CHOICES) if choice.outcome == finding.outcome), None)
        state = _CHOICES[chosen].outcome.name.lower() if chosen is not None else "unchecked"
        words = fill(
            '<div class="gk-item gk-{state}"><span class="gk-code">{code}</span> {ask} '
            '<span class="gk-dim">{article}　{evidence}</span><div class="gk-facts">{facts}</div></div>',
            state=state,
            code=rule.id,
            ask=asks,
            article=rule.article,
            evidence=say("plan.evidence", evidence=evidence),
            facts=self._facts(finding),
        )
        return View(words, _CHOICES, chosen, is_frozen=False)

    @staticmethod
    def _facts(finding: Finding) -> str:
        if finding.outcome == Outcome.UNCHECKED or finding.checked_at is None:
            return finding.note
        judged = say("form.judged", inspector=finding.inspector, at=finding.checked_at)
        return f"{finding.note}　{judged}".strip("　")

    def _pick(self, target: Target, choice: Choice) -> None:
        self._record(target, replace(self._finding(target), outcome=choice.outcome))
        if choice.outcome != Outcome.CLEAR and self._open != target:
            self._turn(target)

    def _record(self, target: Target, finding: Finding) -> None:
        entry = self._entry(target)
        at = datetime.now().replace(microsecond=0)  # noqa: DTZ005 - the clock on the wall, as beside every finding
        revision = entry.revision if entry else 0
        self._desktop.planner().judge(self._desktop.actor, replace(finding, checked_at=at), revision)

    def _turn(self, target: Target) -> None:
        """Open the note of a rule below its row; asked for again, close it."""
        self._open = None if target == self._open else target
        for shown in self.rows.targets:
            row = self.rows.row(shown)
            if row:
                row.put_below(self.details if shown == self._open else None)

    def _type(self, text: str) -> None:
        if self._open:
            self._record(self._open, replace(self._finding(self._open), note=text.strip()))

    def _take_in(self) -> None:
        uploaded = self.upload.value
        with self._desktop.screen.mirroring():
            self.upload.value = ()
        for file in uploaded:
            if not self._open:
                return
            if not str(file["type"]).startswith("image/"):
                raise Refusal(say("form.no_picture", name=file["name"]))
            if len(file["content"]) > _LARGEST:
                raise Refusal(say("form.large_picture", name=file["name"], size=_LARGEST // 2**20))
            register = self._desktop.planner().register
            name = register.keep_evidence(bytes(file["content"]), PurePath(str(file["name"])).suffix)
            before = self._finding(self._open)
            names = dict.fromkeys([*filter(None, before.screenshot.split(SEPARATOR)), name])
            self._record(self._open, replace(before, screenshot=SEPARATOR.join(names)))
            self.refresh()

    def _shot(self, name: str, number: int) -> Markup | str:
        if not EVIDENCE_NAME.fullmatch(name):
            return name  # files tell of other proof, in words
        content = self._desktop.planner().register.evidence(name)
        return picture(name, content, number) if content else say("form.no_shot", name=name)
