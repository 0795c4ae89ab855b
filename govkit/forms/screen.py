"""What every part of a form shares: handlers that cannot fail silently, and clicks that cannot land on the wrong item.

A form shows other objects in the widgets it has, as making new ones is slow. A click made while the old object was
still on the screen can then arrive when the widget already stands for another one. So after each such change the form
waits for a sign from the browser that the new content is on the screen, and does not act on clicks before it.
"""

import logging
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

import ipywidgets as widgets

from govkit.forms import markup
from govkit.forms.errors import Clash, Refusal
from govkit.messages import say
from govkit.organising import NothingThereError
from govkit.problems import ProblemsError
from govkit.rubric import RubricError
from govkit.sampling import NobodyElseError
from govkit.sheets import OutputError
from govkit.store import StoreError
from govkit.training import TrainingError
from govkit.workdays import UnknownYearError

LOG = logging.getLogger("govkit.forms")

_BEACONS = 4  # as many changes as nobody makes while one message is on its way
_PATIENCE = 3.0  # seconds after which a browser that gives no sign is taken to show what it was sent

Handler = Callable[[Any], None]


class Screen:
    """The line of messages of a form, and the way all of its handlers run.

    Attributes:
        message: the widget with the last message.
        on_clash: what to do when two people have changed one answer; set by the form.
        after: called after every handler, also one that was refused; set by the form.
    """

    def __init__(self) -> None:
        self.message = widgets.HTML()
        self.message.add_class("gk-message")
        self.on_clash: Callable[[Clash], None] = lambda _: None
        self.after: Callable[[], None] = lambda: None
        self._mirroring = False
        # JupyterLab can have widgets answered in one thread and what is timed done in another.
        self._one_at_a_time = RLock()

    def tell(self, kind: str, sentence: str) -> None:
        """Show a sentence; `kind` is good, refused or failed, and decides its colour."""
        self.message.value = markup.message(kind, sentence)

    def clear(self) -> None:
        """Take the last message away."""
        self.message.value = ""

    @contextmanager
    def mirroring(self) -> Iterator[None]:
        """While the form itself changes its widgets, their handlers do not run."""
        before, self._mirroring = self._mirroring, True
        try:
            yield
        finally:
            self._mirroring = before

    def handler(self, action: Handler) -> Handler:
        """A handler of a widget's event: what it raises is shown and kept in the log, and never lost."""

        def run(event: Any = None) -> None:
            with self._one_at_a_time:
                if self._mirroring:
                    return
                with self.watched():
                    self.clear()
                    action(event)

        return run

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Run something with its failures shown, then let the form show what is in the store now."""
        with self._one_at_a_time:
            try:
                yield
            except Exception as error:  # noqa: BLE001 - the last door: in a notebook it would vanish
                self.show(error)
            try:
                self.after()
            except Exception as error:  # noqa: BLE001 - the same
                self.show(error)

    def show(self, error: Exception) -> None:
        """Show what went wrong; what is no answer to the person goes into the log as well."""
        if isinstance(error, Clash):
            self.on_clash(error)
        elif isinstance(
            error,
            Refusal
            | StoreError
            | OutputError
            | ProblemsError
            | RubricError
            | NothingThereError
            | NobodyElseError
            | TrainingError
            | UnknownYearError,
        ):
            self.tell("refused", str(error))
        else:
            LOG.error("a handler failed", exc_info=error)
            self.tell("failed", say("form.failed", error=type(error).__name__))


class Freshness:
    """Whether the browser shows what the widgets stand for now.

    `box` must be part of what is displayed. After `renew`, another of some empty widgets is its child; the browser
    counts the views of a widget once they are on the screen, and this count is the sign. There are enough of them that
    the sign of one is not taken for that of its next turn.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._beacons = deque(widgets.HTML(_view_count=0) for _ in range(_BEACONS))
        self._since = clock() - _PATIENCE
        self._waiting = False
        self.box = widgets.Box([self._beacons[0]])
        self.box.add_class("gk-beacon")
        for beacon in self._beacons:
            beacon.observe(self._seen, names="_view_count")

    @property
    def is_fresh(self) -> bool:
        """Whether a click made now was made on what the widgets stand for."""
        return not self._waiting or self._clock() - self._since > _PATIENCE

    def renew(self) -> None:
        """Call after widgets were given something else to stand for."""
        self._beacons.rotate()
        self._since, self._waiting = self._clock(), True
        self.box.children = (self._beacons[0],)

    def _seen(self, change: Any) -> None:
        if change["owner"] is self._beacons[0] and change["new"]:
            self._waiting = False
