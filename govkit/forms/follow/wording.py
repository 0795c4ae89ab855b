"""What a problem is, what was found of it before and now, and what became of it, as HTML."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from markupsafe import Markup

from govkit.figures import shortest
from govkit.forms.markup import fill, join, lines, link, picture
from govkit.forms.pane import heading, table
from govkit.issues import Appealed, Case, Corrected, Decided, Event, Issued, Rechecked, Reported
from govkit.messages import say
from govkit.store import RegisterEntry
from govkit.store.evidence import EVIDENCE_NAME

Picture = Callable[[str], bytes | None]
"""Gives a screenshot by its name."""


def found_words(case: Case, read: Picture) -> Markup:
    """What was found, of which the unit was told: where, what, and how it looked."""
    issue = case.issue
    cost = say("follow.cost", points=shortest(issue.points)) if issue.points is not None else ""
    facts = {
        "object": say("follow.object", name=issue.name, unit=issue.sponsor) if issue.sponsor else issue.name,
        "indicator": say("follow_up_sheet.indicator", name=issue.indicator, item=issue.item),
        "severity": "　".join(filter(None, (issue.severity, cost))),
        "clause": lines(issue.clause),
        "what": lines(issue.what),
        "url": link(issue.url) if issue.url else "",
        "found": say("follow.found_in", day=issue.found, source=issue.source),
        "shots": shown_pictures(issue.screenshots, read),
    }
    return heading(say("follow.found")) + _facts(facts)


def now_words(case: Case, others: Sequence[tuple[str, str]], read: Picture) -> Markup:
    """How it stands: what the unit says, what was seen at the last recheck, and what inspections say now.

    Args:
        case: the problem.
        others: what inspections say of it today, by their names.
        read: gives the pictures of rechecks.
    """
    report, recheck, appeal = case.report, case.recheck, case.appeal
    facts: dict[str, object] = {
        "state": say("follow.state_until", state=case.state, deadline=case.deadline),
        "number": case.number if case.number is not None and case.number != case.issue.count else "",
        "report": say("follow.on_day", day=report.day, text=report.done) if report else "",
        "appeal": say("follow.appeal", day=appeal.day, asks=appeal.asks, reason=appeal.reason) if appeal else "",
        "recheck": say("follow.on_day", day=recheck.day, text=event_words(recheck)) if recheck else "",
        "evidence": shown_pictures(recheck.evidence, read) if recheck else "",
    }
    told = _facts(facts) + join(fill('<div class="gk-facts">{name}：{text}</div>', name=n, text=t) for n, t in others)
    return heading(say("follow.now")) + told


def history(entries: Iterable[RegisterEntry[Event]]) -> Markup:
    """Who told what when, oldest first."""
    rows = [
        (
            entry.value.day,
            say(f"issue_event.{type(entry.value).__name__.lower()}"),
            lines(event_words(entry.value)),
            entry.actor,
            f"{entry.at.astimezone():%Y-%m-%d %H:%M}",
        )
        for entry in entries
    ]
    return heading(say("follow.history")) + table(
        [say(f"follow.event_{name}") for name in ("day", "kind", "text", "who", "at")], rows
    )


def event_words(event: Event) -> str:
    """What happened, in a line."""
    match event:
        case Issued():
            told = [say("follow.until", deadline=event.deadline)]
        case Reported():
            told = [event.done]
        case Rechecked():
            word = say(f"rectification_sheet.{'passed' if event.passed else 'not_passed'}")
            pictures = say("form.shots", number=len(event.evidence)) if event.evidence else ""
            told = [word, event.note, _until(event), pictures]
        case Appealed():
            told = [event.asks, event.reason]
        case Decided():
            left = say("follow.left_is", left=event.left) if event.left is not None else ""
            told = [say(f"follow.{'accepted' if event.accepted else 'refused'}"), event.reason, left, _until(event)]
        case Corrected():
            told = [say("follow.in_version", version=event.version) if event.version else "", event.note]
    return "，".join(filter(None, (text.strip().rstrip("。；，") for text in told)))


def shown_pictures(names: Iterable[str], read: Picture) -> Markup:
    """Screenshots, small; what is none of ours is a link or a word, and what is not there is told."""
    return join((_picture(name, number, read) for number, name in enumerate(names, 1)), " ")


def _picture(name: str, number: int, read: Picture) -> Markup | str:
    if not EVIDENCE_NAME.fullmatch(name):
        return link(name)
    content = read(name)
    return say("form.no_shot", name=name) if content is None else picture(name, content, number)


def _until(event: Rechecked | Decided) -> str:
    return say("follow.until", deadline=event.deadline) if event.deadline else ""


def _facts(facts: dict[str, Any]) -> Markup:
    """A line for each fact that is known."""
    return join(
        fill('<div class="gk-facts"><b>{name}</b>　{text}</div>', name=say(f"follow.fact_{name}"), text=text)
        for name, text in facts.items()
        if text not in (None, "")
    )
