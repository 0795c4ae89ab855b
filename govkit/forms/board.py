"""What the form of an object and the form of an item share: one editor of details, undo, messages, and clashes."""

from abc import ABC, abstractmethod
from collections.abc import Callable

import ipywidgets as widgets
from markupsafe import Markup

from govkit.findings import Finding, Outcome
from govkit.forms import wording
from govkit.forms.choices import Choice, choices, chosen
from govkit.forms.desk import Desk
from govkit.forms.detail import Details
from govkit.forms.earlier import Earlier
from govkit.forms.errors import Clash, Refusal
from govkit.forms.look import Look
from govkit.forms.rows import Rows, Target, View
from govkit.forms.screen import Screen
from govkit.messages import say
from govkit.store import Entry


class Question:
    """A question with two answers, shown only while it is asked."""

    def __init__(self, look: Look, screen: Screen, yes: str, no: str) -> None:
        self._actions: tuple[Callable[[], None], Callable[[], None]] = (lambda: None, lambda: None)
        self._words = widgets.HTML(layout=look.whole)
        self.yes = look.make_button(yes, kind="warning")
        self.no = look.make_button(no)
        self.box = widgets.HBox((), layout=look.line)
        self.box.add_class("gk-question")
        self.yes.on_click(screen.handler(lambda _: self._answer(yes=True)))
        self.no.on_click(screen.handler(lambda _: self._answer(yes=False)))

    def ask(self, words: str, yes: Callable[[], None], no: Callable[[], None] = lambda: None) -> None:
        """Ask; `yes` or `no` is done with the answer. The question stands until that has been possible."""
        self._words.value, self._actions = words, (yes, no)
        self.box.children = (self._words, self.yes, self.no)

    def withdraw(self) -> None:
        """Take the question away; a click on its way to it does nothing any more."""
        self.box.children, self._actions = (), (lambda: None, lambda: None)

    def _answer(self, *, yes: bool) -> None:
        self._actions[0 if yes else 1]()
        self.withdraw()


class Board(ABC):
    """Rows of items, the details of one of them, and what was last done.

    Attributes:
        box: what is displayed.
        undo: takes the last step back.
    """

    def __init__(self, desk: Desk, earlier: Earlier, look: Look, screen: Screen) -> None:
        self.desk, self.earlier, self.look, self.screen = desk, earlier, look, screen
        self.details = Details(look, screen, desk, earlier)
        self.details.on_close = self.close_details
        self.undo = look.make_button(say("form.undo"))
        self.undo.on_click(screen.handler(lambda _: self.take_back()))
        self.clash = Question(look, screen, say("form.use_mine"), say("form.use_theirs"))
        self.confirm = Question(look, screen, say("form.yes"), say("form.no"))
        self.box = widgets.VBox((), layout=look.whole)

    def in_sight(self, *first: widgets.Widget) -> widgets.Widget:
        """What stays in sight while rows are scrolled: these widgets, the last message, and questions."""
        box = widgets.VBox([*first, self.screen.message, self.clash.box, self.confirm.box], layout=self.look.whole)
        box.add_class("gk-top")
        return box

    @property
    @abstractmethod
    def rows(self) -> Rows | None:
        """The rows on the screen; None where there are none."""

    @abstractmethod
    def refresh(self) -> None:
        """Show what is in the store now."""

    @abstractmethod
    def view(self, target: Target) -> View:
        """What a row shows."""

    @abstractmethod
    def last_step(self) -> tuple[Entry, ...]:
        """The answers that `take_back` would take back; none where there is nothing to take back."""

    @abstractmethod
    def take_back(self) -> None:
        """Undo the last step of this person."""

    def make_rows(self) -> Rows:
        """Rows that show, judge and open what they stand for."""
        return Rows(self.look, self.screen, self.view, self.pick, self.turn_details)

    def view_with(self, target: Target, words: Markup) -> View:
        """A row with these words, and the buttons of its item."""
        case, item = self.desk.case(target.subject_id), self.desk.rubric.items[target.code]
        part = self.desk.rubric.row_of[target.code].part
        return View(words, choices(item, part), chosen(item, part, case.judgements), not case.is_open)

    def pick(self, target: Target, choice: Choice) -> None:
        """Record a result; what asks for a number, a note or a reason opens the details."""
        try:
            self.desk.judge(target.subject_id, target.code, choice.outcome, choice.level)
        except Refusal:
            self.open_details(target)
            raise
        if choice.outcome in {Outcome.FOUND, Outcome.NOT_APPLICABLE, Outcome.CANNOT_TELL}:
            self.open_details(target)
        elif self.details.target not in {None, target}:
            self.close_details()

    def turn_details(self, target: Target) -> None:
        """Open the details of an item; asked for again, close them."""
        if target == self.details.target:
            self.close_details()
        else:
            self.open_details(target)

    def open_details(self, target: Target) -> None:
        """Open the details of an item below its row."""
        if self.rows is None or self.rows.row(target) is None:
            return
        self._move_details(target)
        self.details.open(target)

    def close_details(self) -> None:
        """Close the details; what was typed is then a step of the log."""
        self._move_details(None)
        self.details.leave()
        try:
            self.desk.settle()
        except (Clash, Refusal) as error:
            self.screen.show(error)  # but whoever leaves is not held up

    def _move_details(self, target: Target | None) -> None:
        if self.rows is None:
            return
        for shown in self.rows.targets:
            row = self.rows.row(shown)
            if row:
                row.put_below(self.details.box if shown == target else None)

    def show_undo(self, where: str = "") -> None:
        """Say on the button what it would take back, and where, if that is not what is shown anyway."""
        entries = self.last_step()
        self.undo.disabled = not entries
        what = f"{where} {entries[0].item}".strip() if len(entries) == 1 else say("form.several", number=len(entries))
        self.undo.description = say("form.undo_of", what=what) if entries else say("form.undo")

    def choose_between(self, clash: Clash) -> None:
        """Show both answers of two people, and let this one choose."""
        theirs = clash.theirs.value if isinstance(clash.theirs.value, Finding) else None
        words = wording.clash_words(self.desk, clash.mine, theirs, clash.theirs.actor, clash.theirs.at)
        self.clash.ask(words, lambda: self._insist(clash.mine), lambda: self.desk.give_way(clash.mine))

    def _insist(self, mine: Finding) -> None:
        self.desk.answer(mine)
