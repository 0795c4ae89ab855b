"""The fourth pane: what the rules suggest to do with each account, and what people decide."""

import ipywidgets as widgets

from govkit.forms.chooser import Chooser, text_of
from govkit.forms.errors import Refusal
from govkit.forms.markup import fill, join
from govkit.forms.pane import heading, notices, table
from govkit.forms.quarter.pane import QuarterDesktop, QuarterPane
from govkit.forms.quarter.rules_pane import RulesPane
from govkit.ledger import PLATFORM
from govkit.messages import say
from govkit.packs import Advice, Compliance, advise
from govkit.season import Decision, Disposal
from govkit.store import RegisterEntry

_ALL = ""
_Fields = tuple[str, tuple[str, ...], str]
"""Of an account: what becomes of it, the kinds of its problems, the reason."""


class DecisionsPane(QuarterPane):
    """Deciding what becomes of accounts.

    Args:
        desktop: what it works with.
        rules: the pane with the last check, from which the suggestions follow.
    """

    def __init__(self, desktop: QuarterDesktop, rules: RulesPane) -> None:
        super().__init__(desktop)
        self._rules = rules
        self._advised: Compliance | None = None  # what the suggestions follow from
        self._advice: dict[str, Advice] = {}
        self._texts: dict[str, str] = {}  # what is searched of each account
        self._entries: dict[str, RegisterEntry[Decision]] = {}
        self._shown: tuple[object, ...] = ()
        self._account: tuple[object, ...] = ()  # whose fields are shown, and what was recorded of it
        self._filled_in: _Fields = ("", (), "")  # what stood in them before somebody changed it
        self._drafts: dict[tuple[object, ...], _Fields] = {}  # what was chosen and typed, but not recorded
        look, handler = desktop.look, desktop.screen.handler
        options = [(say("plan.any_outcome"), _ALL), *((str(outcome), str(outcome)) for outcome in Disposal)]
        self.filter = widgets.ToggleButtons(options=options, style=look.choice, layout=look.choices)
        self.accounts = Chooser(desktop, say("plan.account"), lambda: None)  # what follows is done by `refresh`
        self.account = self.accounts.list
        self.words = widgets.HTML(layout=look.whole)
        self.outcome = widgets.ToggleButtons(
            options=[(str(outcome), str(outcome)) for outcome in Disposal], style=look.choice, layout=look.choices
        )
        self.problems = widgets.SelectMultiple(
            options=(), description=say("plan.problems"), style=look.label, layout=look.field
        )
        self.reason = self.new_area(say("plan.decision_reason"), say("plan.decision_hint"), rows=2)
        self.record = look.make_button(say("plan.decide"), kind="primary")
        self._recording = widgets.Box([self.record], layout=look.line)
        self.list = widgets.HTML(layout=look.whole)
        self.filter.observe(handler(lambda _: None), names="value")  # what follows is done by `refresh`
        self.account.observe(handler(lambda _: None), names="value")
        self.record.on_click(handler(lambda _: self._decide()))

    def refresh(self) -> None:
        """Show suggestions and decisions as they are now."""
        compliance = self._rules.compliance
        if compliance is None:
            self.box.children = (self.words,)
            self.words.value = notices([say("plan.check_first")])
            return
        if compliance is not self._advised:
            self._advised = compliance
            self._advice = {advice.thing.id: advice for advice in advise(compliance)}
            self._texts = {name: text_of(advice.thing) for name, advice in self._advice.items()}
        self._entries = self.desktop.planner().register.decisions(self.desktop.planner().quarter)
        texts = {
            name: text for name, text in self._texts.items() if self.filter.value in (_ALL, self._advice[name].outcome)
        }
        self.accounts.show(texts, lambda name: self._label(self._advice[name]))
        known = {kind for column in compliance.columns for kind in column.pack.problems}
        self._show_account(sorted(known))
        self._show_list()
        editors = (
            (self.words, self.outcome, self.problems, self.reason, self._recording) if self.account.options else ()
        )
        self.box.children = (self.filter, self.accounts.box, *editors, self.list)

    def _entry(self, advice: Advice) -> RegisterEntry[Decision] | None:
        return self._entries.get(advice.thing.id)

    def _label(self, advice: Advice) -> str:
        entry = self._entry(advice)
        subject = advice.thing.subject
        return say(
            "plan.account_option",
            name=advice.thing.name,
            platform=subject.details.get(PLATFORM, "") if subject else "",
            outcome=advice.outcome,
            decided=say("plan.decided_as", outcome=entry.value.outcome) if entry else "",
        )

    def _show_account(self, kinds: list[str]) -> None:
        advice = self._advice.get(self.account.value) if self.account.value else None
        if advice is None:
            self.words.value = notices([say("plan.no_accounts_so")])
            return
        entry = self._entry(advice)
        facts = [*advice.reasons, *(say("plan.problem", kind=kind) for kind in advice.problems)]
        if advice.untold:
            facts.append(say("plan.untold", columns="、".join(advice.untold)))
        self.words.value = fill(
            "{head}<ul>{facts}</ul>",
            head=heading(say("plan.suggestion", unit=advice.thing.unit.name, outcome=advice.outcome)),
            facts=join(fill("<li>{text}</li>", text=fact) for fact in facts or [say("plan.nothing_against")]),
        )
        # What somebody is choosing must not be taken back by another event.
        quarter, suggested = self.desktop.planner().quarter, (advice.outcome, advice.problems)
        now = (quarter, advice.thing.id, entry.seq if entry else suggested)
        if self._shown == now:
            return
        self._keep_draft()
        self._shown, self._account = now, (quarter, advice.thing.id, entry.seq if entry else 0)
        value = entry.value if entry else Decision(advice.thing.id, advice.outcome, advice.problems, "")
        self._filled_in = str(value.outcome), tuple(kind for kind in kinds if kind in value.kinds), value.reason
        outcome, problems, reason = self._drafts.get(self._account, self._filled_in)
        with self.desktop.screen.mirroring():
            self.problems.options = kinds
            self.problems.layout = self.desktop.look.field if kinds else self.desktop.look.hidden
            self.outcome.value = outcome
            self.problems.value = tuple(kind for kind in kinds if kind in problems)
            self.reason.value = reason

    def _keep_draft(self) -> None:
        """Keep what was changed in the fields of an account for when it is chosen again; nothing is recorded."""
        now = self.outcome.value, tuple(self.problems.value), self.reason.value
        if now != self._filled_in:
            self._drafts[self._account] = now
        else:
            self._drafts.pop(self._account, None)

    def _decide(self) -> None:
        advice = self._advice[self.account.value]
        outcome, reason = Disposal(self.outcome.value), self.reason.value.strip()
        if outcome != advice.outcome and not reason:
            raise Refusal(say("plan.why_else", suggested=advice.outcome))
        entry = self._entry(advice)
        decision = Decision(advice.thing.id, outcome, tuple(self.problems.value), reason)
        self.desktop.planner().decide(self.desktop.actor, decision, entry.revision if entry else 0)
        self.desktop.screen.tell("good", say("plan.decided", name=advice.thing.name, outcome=outcome))

    def _show_list(self) -> None:
        rows = [
            (
                self._advice[subject_id].thing.name if subject_id in self._advice else subject_id,
                entry.value.outcome,
                "、".join(entry.value.kinds),
                entry.value.reason,
                entry.actor,
                f"{entry.at.astimezone():%Y-%m-%d %H:%M}",
            )
            for subject_id, entry in self._entries.items()
        ]
        names = ("name", "outcome", "kinds", "reason", "who", "at")
        head = [say(f"plan.decision_{name}") for name in names]
        self.list.value = table(head, rows) if rows else notices([say("plan.no_decisions")])
