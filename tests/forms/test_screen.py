"""Handlers cannot fail silently, and clicks cannot land on what the browser does not show yet."""

import ipywidgets as widgets
import pytest

from govkit.findings import Finding, Outcome
from govkit.forms.errors import Clash, Refusal
from govkit.forms.screen import Freshness, Screen
from govkit.sheets import OutputError
from govkit.store import Entry, StoreError
from tests.forms.browser import display, words
from tests.forms.conftest import NOW

MINE = Finding("1", "D1.1", Outcome.CLEAR)
THEIRS = Entry(1, NOW, "李四", "1", "D1.1", 1, None, "step")


def failing(error: Exception) -> tuple[Screen, list[str]]:
    """A screen after a button whose handler raises; and what happened besides."""
    screen, happened = Screen(), list[str]()
    screen.after = lambda: happened.append("after")
    screen.on_clash = lambda clash: happened.append(clash.mine.item)

    def act(_: object) -> None:
        raise error

    button = widgets.Button()
    button.on_click(screen.handler(act))
    button.click()
    return screen, happened


def test_failure(failures: list[str]) -> None:
    """What is wrong in the program is shown, goes into the log, and the form still shows what is in the store."""
    screen, happened = failing(ZeroDivisionError("<b>"))
    assert "程序内部出错（ZeroDivisionError）" in words(screen.message)
    assert "forms.log" in words(screen.message)
    assert failures == ["<b>"]
    assert happened == ["after"]
    failures.clear()


@pytest.mark.parametrize("kind", [Refusal, StoreError, OutputError])
def test_refusal(kind: type[Exception]) -> None:
    """A sentence for the person is shown as it is, and is no failure."""
    screen, happened = failing(kind("请：<b>改正</b>"))
    assert "请：&lt;b&gt;改正&lt;/b&gt;" in screen.message.value
    assert happened == ["after"]


def test_clash() -> None:
    """A clash is asked about."""
    screen, happened = failing(Clash(MINE, THEIRS))
    assert happened == ["D1.1", "after"]
    assert not screen.message.value


def test_failure_afterwards(failures: list[str]) -> None:
    """A form that cannot show what is in the store says so, too."""
    screen, nothing = Screen(), list[None]()
    screen.after = nothing.pop
    screen.handler(lambda _: None)(None)
    assert "程序内部出错（IndexError）" in words(screen.message)
    assert len(failures) == 1
    failures.clear()


def test_message_goes() -> None:
    """The next event takes the last message away."""
    screen, _ = failing(Refusal("请：改正"))
    screen.handler(lambda _: None)(None)
    assert not screen.message.value


def test_mirroring() -> None:
    """While the form itself changes widgets, no handler runs; afterwards they do."""
    screen, box, seen = Screen(), widgets.Text(), list[str]()
    box.observe(screen.handler(lambda change: seen.append(change["new"])), names="value")
    with screen.mirroring(), screen.mirroring():
        box.value = "a"
    box.value = "b"
    assert seen == ["b"]


def test_freshness() -> None:
    """After `renew` nothing is fresh until the browser shows the new beacon; the sign of the old one does not count."""
    now = [100.0]
    freshness = Freshness(lambda: now[0])
    assert freshness.is_fresh
    display(freshness)
    for _ in range(2):
        (old,) = freshness.box.children
        freshness.renew()
        assert not freshness.is_fresh
        old._view_count = 2
        old._view_count = 0
        assert not freshness.is_fresh
        display(freshness)
        assert freshness.is_fresh


def test_patience() -> None:
    """A browser that gives no sign for some seconds is taken to show what it was sent: nobody is locked out."""
    now = [100.0]
    freshness = Freshness(lambda: now[0])
    freshness.renew()
    now[0] += 2.9
    assert not freshness.is_fresh
    now[0] += 0.2
    assert freshness.is_fresh
