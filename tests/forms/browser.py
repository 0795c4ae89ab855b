"""What a browser does with widgets, without one: it shows them, and sends clicks and text."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import ipywidgets as widgets
from ipywidgets.widgets.widget import _instances

from govkit.forms.board import Board
from govkit.forms.rows import Row, Target
from govkit.forms.screen import Freshness


class Clockwork:
    """Keeps what is to be done later; `run` does what is due after some seconds."""

    def __init__(self) -> None:
        self._waiting: list[tuple[float, Callable[[], None]]] = []

    def __call__(self, seconds: float, action: Callable[[], None]) -> Callable[[], None]:
        """Keep an action; returns what cancels it."""
        entry = (seconds, action)
        self._waiting.append(entry)

        def cancel() -> None:
            if entry in self._waiting:
                self._waiting.remove(entry)

        return cancel

    def run(self, seconds: float) -> None:
        """Do what waits for this long or less."""
        due = [entry for entry in self._waiting if entry[0] <= seconds]
        for entry in due:
            if entry in self._waiting:
                self._waiting.remove(entry)
                entry[1]()


def display(freshness: Freshness) -> None:
    """Show what the widgets stand for now: the browser counts the views of the beacon that is there."""
    (shown,) = freshness.box.children
    for beacon in freshness._beacons:
        beacon._view_count = int(beacon is shown)


def look_at(board: Board) -> None:
    """Show a form as it is now."""
    if board.rows:
        display(board.rows.freshness)
    display(board.details.freshness)


def row_of(board: Board, subject_id: str, code: str) -> Row:
    """The row that stands for an item of an object."""
    row = board.rows.row(Target(subject_id, code)) if board.rows else None
    assert row, code
    return row


def click_result(board: Board, subject_id: str, code: str, words: str) -> None:
    """Look at the form, and press the button with these words at an item."""
    look_at(board)
    row = row_of(board, subject_id, code)
    row.result.index = row.result.options.index(words)
    look_at(board)


def open_details(board: Board, subject_id: str, code: str) -> None:
    """Look at the form, and open the details of an item."""
    look_at(board)
    row_of(board, subject_id, code).more.click()
    look_at(board)


def live() -> int:
    """How many widgets there are."""
    return len(_instances)


def tree(widget: Any) -> Iterator[Any]:
    """A widget with all that is displayed in it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from tree(child)


def words(widget: Any) -> str:
    """All text that a widget and those in it show, without tags."""
    return re.sub(r"<style>.*?</style>|<[^>]*>", "", html(widget), flags=re.DOTALL)


def html(widget: Any) -> str:
    """All HTML that a widget and those in it show."""
    return "\n".join(each.value for each in tree(widget) if isinstance(each, widgets.HTML))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.data = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.data += data


def parsed(text: str) -> tuple[list[tuple[str, dict[str, str | None]]], str]:
    """Tags with their attributes as a browser reads them, and the text between them."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.tags, reader.data


def sent_files(*given: tuple[str, bytes], kind: str = "") -> tuple[dict[str, object], ...]:
    """Files as a browser sends them."""
    chosen = datetime.now(UTC)
    return tuple(
        {"name": name, "type": kind, "size": len(content), "content": memoryview(content), "last_modified": chosen}
        for name, content in given
    )
