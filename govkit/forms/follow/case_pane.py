"""One problem: what was found beside how it stands, what became of it, and what can be recorded of it now."""

from datetime import date, datetime

import ipywidgets as widgets
from markupsafe import Markup

from govkit.forms.errors import Refusal
from govkit.forms.follow.appeal_form import AppealForm
from govkit.forms.follow.case_form import CaseForm
from govkit.forms.follow.cases import Cases
from govkit.forms.follow.correct_form import CorrectForm
from govkit.forms.follow.drafts import Drafts
from govkit.forms.follow.recheck_form import RecheckForm
from govkit.forms.follow.seen import Seen, look_up
from govkit.forms.follow.wording import event_words, found_words, history, now_words
from govkit.forms.markup import fill
from govkit.forms.pane import Desktop, Pane, notices
from govkit.forms.screen import Freshness
from govkit.issues import Case, Corrected
from govkit.messages import say
from govkit.organising import correct, follow
from govkit.store import Home, StoreError
from govkit.store.evidence import EVIDENCE_NAME

_HALF = "1 1 26em"


class CasePane(Pane):
    """One problem at a time; what is typed at one is kept while another one is shown.

    Args:
        desktop: what it works with.
        home: where batches are.
        cases: the problems.
        today: what is recorded happened on this day, unless another one is typed.
    """

    def __init__(self, desktop: Desktop, home: Home, cases: Cases, today: date) -> None:
        super().__init__(desktop)
        look = desktop.look
        self._home, self._cases, self._today = home, cases, today
        self._drafts = Drafts(desktop.home)
        self._case: Case | None = None
        self._filled_for: tuple[object, ...] = ()  # whose problem the fields show, and as it stood then
        self._seen: tuple[Case | None, Seen] = (None, Seen({}, []))
        self.freshness = Freshness()
        keep = cases.register.keep_evidence
        self.recheck = RecheckForm(desktop, self._type, self._record, keep, self._picture)
        self.appeal = AppealForm(desktop, self._type, self._record)
        self.correcting = CorrectForm(desktop, self._type, self._record, self._correct, today)
        self._forms: dict[str, CaseForm] = {
            "recheck": self.recheck,
            "appeal": self.appeal,
            "correct": self.correcting,
        }
        half = widgets.Layout(flex=_HALF, width="auto", min_width="0", margin="0 8px 0 0")
        self.found, self.history = widgets.HTML(layout=half), widgets.HTML(layout=look.whole)
        self.now, self.told = (widgets.HTML(layout=look.whole) for _ in range(2))
        self._right = widgets.VBox((), layout=half)
        sides = widgets.Box([self.found, self._right], layout=look.row)
        self._shown = (self.freshness.box, sides, self.history)

    def show(self, case: Case | None) -> None:
        """Stand for a problem from now on, or for none."""
        if (case and case.issue.id) != (self._case and self._case.issue.id):
            self.freshness.renew()
        self._case = case
        self.refresh()

    def refresh(self) -> None:
        """Show the problem as it stands now."""
        case = self._case
        if case is None:
            self.box.children = (self.freshness.box,)
            return
        if self._seen[0] != case:
            self._seen = case, look_up(self._home, self._cases.register, case.issue)
        self._fill_in(case)
        self.found.value = found_words(case, self._seen[1].pictures.get)
        self.now.value = now_words(case, self._seen[1].today, self._picture)
        self.history.value = history(self._cases.register.told(case))
        self.recheck.refresh()
        self.appeal.refresh(case)
        forms = [form for form in self._forms.values() if form.suits(case)]
        self.told.value = self._hint(case, forms)
        self._right.children = (self.now, self.told, *(form.box for form in forms))
        self.box.children = self._shown

    def _fill_in(self, case: Case) -> None:
        """Fill the fields in for another problem or person, or where something has happened to it."""
        who = self.desktop.who().strip()
        wanted = (case.issue.id, len(case.events), who)
        if wanted != self._filled_for:
            if self._filled_for == (*wanted[:-1], "") and not self._has_draft(case, who):
                self._type()  # whoever says their name only now has typed it
                self._done(case, "")
            self._filled_for = wanted
            with self.desktop.screen.mirroring():
                for name, form in self._forms.items():
                    form.stand_for(case, self._today, self._drafts.get(f"{case.issue.id}_{name}", who))

    def _has_draft(self, case: Case, who: str) -> bool:
        return any(self._drafts.get(f"{case.issue.id}_{name}", who) for name in self._forms)

    def _hint(self, case: Case, forms: list[CaseForm]) -> Markup:
        """What comes next, where that is done elsewhere; and that something typed is not recorded yet."""
        pieces = Markup()
        last = case.events[-1]
        if isinstance(last, Corrected) and last.version:
            pieces += fill('<div class="gk-note gk-good">{text}</div>', text=say("follow.then_submit"))
        if any(form.typed() for form in forms):
            pieces += notices([say("follow.draft")])
        return pieces

    def _type(self) -> None:
        """Keep what stands in the fields, which is not recorded yet."""
        if self._case:
            number, who = self._case.issue.id, self.desktop.who()
            for name, form in self._forms.items():
                if form.suits(self._case):
                    self._drafts.keep(f"{number}_{name}", who, form.typed())

    def _expect_fresh(self) -> Case:
        if self._case is None or not self.freshness.is_fresh:
            raise Refusal(say("form.not_fresh"))
        return self._case

    def _record(self, form: CaseForm) -> None:
        case = self._expect_fresh()
        event = form.event(case)
        after = follow(self._cases.register, self.desktop.actor, case, event)
        self._done(case, self.desktop.who())
        told = say("follow.recorded", name=case.issue.name, what=event_words(event), state=after.state)
        self.desktop.screen.tell("good", told)

    def _correct(self) -> None:
        case = self._expect_fresh()
        now = datetime.now().astimezone().replace(tzinfo=None)
        after = correct(self._home, self._cases.register, self.desktop.actor, case, now)
        self._done(case, self.desktop.who())
        last = after.events[-1]
        version = last.version if isinstance(last, Corrected) else None
        told = say("follow.corrected", name=case.issue.name, item=case.issue.item, version=version)
        self.desktop.screen.tell("good", told)

    def _done(self, case: Case, who: str) -> None:
        """What somebody had typed at a problem is no draft any more."""
        for name in self._forms:
            self._drafts.keep(f"{case.issue.id}_{name}", who, {})

    def _picture(self, name: str) -> bytes | None:
        """A picture of a recheck; None where there is none, or it is damaged."""
        try:
            return self._cases.register.evidence(name) if EVIDENCE_NAME.fullmatch(name) else None
        except StoreError:
            return None
