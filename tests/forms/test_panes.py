"""Panes and filters: which items there are for an object, and which of them are listed."""

from dataclasses import replace

from govkit.findings import Outcome
from govkit.forms.desk import Desk
from govkit.forms.panes import Filter, listed, panes
from govkit.ledger import Kind, Subject
from govkit.rubric import load_rubric

RUBRIC = load_rubric("fengdu-2019")
UNIT = Subject("1", "某网", Kind.SITE, "某局", service=True)


def sizes(subject: Subject) -> dict[str, int]:
    """The panes of an object, with the number of their items."""
    return {pane.name: len(pane.codes) for pane in panes(RUBRIC, subject)}


def test_panes() -> None:
    """A site has vetoes, a pane for each group of deductions, and the bonus; an account has vetoes only."""
    site = sizes(UNIT)
    assert list(site) == ["单项否决", "发布解读", "办事服务", "互动交流", "功能设计", "加分"]
    assert (site["单项否决"], site["加分"], sum(site.values())) == (16, 17, 89)
    assert sizes(replace(UNIT, kind=Kind.ACCOUNT, service=None)) == {"单项否决": 8}


def test_no_services() -> None:
    """办事服务 is absent for a unit without services, and so are the items of services in the other panes."""
    without = sizes(replace(UNIT, service=False))
    assert "办事服务" not in without
    assert (without["单项否决"], sum(without.values())) == (13, 70)


def test_panes_hold_what_is_scored() -> None:
    """Every item in scope stands in exactly one pane."""
    for service in (True, False):
        subject = replace(UNIT, service=service)
        codes = [code for pane in panes(RUBRIC, subject) for code in pane.codes]
        assert sorted(codes) == sorted(RUBRIC.items_in_scope(subject))


def test_filters(desk: Desk) -> None:
    """Open is what is unchecked or cannot be told; a problem may also have been measured."""
    desk.judge("9901230001", "D1.1", Outcome.FOUND)
    desk.judge("9901230001", "D1.2", Outcome.CANNOT_TELL)
    desk.judge("9901230001", "D2.1", Outcome.CLEAR)
    case = desk.measure("9901230001", "V4.3", "空白栏目数", "5")
    codes = ["V4.3", "D1.1", "D1.2", "D2.1", "D2.2"]
    shown = {wanted: [code for code in codes if listed(case, code, wanted)] for wanted in Filter}
    assert shown == {
        Filter.ALL: codes,
        Filter.OPEN: ["D1.2", "D2.2"],
        Filter.PROBLEM: ["V4.3", "D1.1"],
        Filter.CANNOT_TELL: ["D1.2"],
    }
