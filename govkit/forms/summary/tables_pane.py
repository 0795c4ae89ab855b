"""The first pane: what the batch comes to in numbers, sites and accounts apart, and what is not final."""

from collections.abc import Iterator, Mapping, Sequence

import ipywidgets as widgets
from markupsafe import Markup

from govkit.figures import Rate
from govkit.findings import Stage
from govkit.forms.pane import Desktop, Pane, heading, notices, table
from govkit.forms.summary.counts import Counts
from govkit.ledger import Kind
from govkit.messages import say
from govkit.scoring import ObjectResult, Verdict
from govkit.sheets import unfinished
from govkit.tally import Count, KindTally, Tally

_PARTS = {
    Kind.SITE: ("unit", "level", "ground", "veto", "left"),
    Kind.ACCOUNT: ("unit", "level", "platform", "ground", "veto", "left"),
}


class TablesPane(Pane):
    """Numbers.

    Args:
        desktop: what it works with.
        counts: the numbers.
    """

    def __init__(self, desktop: Desktop, counts: Counts) -> None:
        super().__init__(desktop)
        look, handler = desktop.look, desktop.screen.handler
        self._counts = counts
        self.kind = widgets.ToggleButtons(
            options=[(say(f"form.kind_{kind}"), kind) for kind in Kind], style=look.choice, layout=look.choices
        )
        self.kind.add_class("gk-result")
        self.part = widgets.ToggleButtons(options=_options(Kind.SITE), style=look.choice, layout=look.choices)
        self.part.add_class("gk-filter")
        self.all = widgets.HTML(layout=look.whole)
        self.list = widgets.HTML(layout=look.whole)
        self.box.children = (self.all, widgets.Box([self.kind, self.part], layout=look.line), self.list)
        self.kind.observe(handler(lambda _: None), names="value")  # what follows is done by `refresh`
        self.part.observe(handler(lambda _: None), names="value")  # likewise

    def refresh(self) -> None:
        """Show the numbers of the batch, and the chosen table."""
        kind, tally = self.kind.value, self._counts.tally
        options = _options(kind)
        with self.desktop.screen.mirroring():
            if list(self.part.options) != options:
                before = self.part.value
                self.part.options = options
                self.part.value = before if before in _PARTS[kind] else _PARTS[kind][0]
        self.all.value = heading(tally.batch.name) + _all(tally)
        self.list.value = self._table(self.part.value, tally.of(kind))

    def _table(self, part: str, counted: KindTally) -> Markup:
        tables: Mapping[str, tuple[Sequence[str], Sequence[Sequence[object]]]] = {
            "unit": _by("unit", counted.by_unit),
            "level": _by("level", counted.by_level),
            "platform": _by("platform", counted.by_platform),
            "ground": _grounds(counted),
            "veto": self._vetoes(counted),
            "left": _left([each for each in self._left if each.subject.kind == counted.kind]),
        }
        names, rows = tables[part]
        head = [say(f"summary.column_{name}") for name in names]
        return table(head, rows) if rows else notices([say(f"summary.nothing_{part}")])

    @property
    def _left(self) -> Sequence[ObjectResult]:
        """What is not final, with what has no verdict first."""
        left = unfinished(self._counts.scored.inspection)
        return sorted(left, key=lambda each: each.score.verdict != Verdict.INCOMPLETE)

    def _vetoes(self, counted: KindTally) -> tuple[Sequence[str], Sequence[Sequence[object]]]:
        rubric = self._counts.tally.rubric
        rows = [
            (
                code,
                rubric.row_of[code].name,
                rubric.wording(rubric.items[code]),
                Rate(number, counted.count.checked).shown,
            )
            for code, number in counted.by_veto.items()
        ]
        return ("item", "indicator", "wording", "of_checked"), rows


def _options(kind: Kind) -> list[tuple[str, str]]:
    return [(say(f"summary.part_{part}"), part) for part in _PARTS[kind]]


def _all(tally: Tally) -> Markup:
    """Sites and accounts, a line each."""
    names = ("kind", "running", "checked", "share", "passed", "failed", "rate", "open")
    rows = []
    for kind in Kind:
        counted = tally.of(kind)
        count, share = counted.count, counted.share_checked
        rows.append(
            (
                say(f"form.kind_{kind}"),
                say("summary.untold") if counted.running is None else counted.running,
                count.checked,
                say("summary.untold") if share is None else share.shown,
                count.passed,
                count.failed,
                count.pass_rate.shown,
                count.unfinished,
            )
        )
    return table([say(f"summary.column_{name}") for name in names], rows)


def _by(name: str, counts: Mapping[str, Count]) -> tuple[Sequence[str], Sequence[Sequence[object]]]:
    rows = [
        (group, count.checked, count.passed, count.failed, count.pass_rate.shown, count.unfinished)
        for group, count in counts.items()
    ]
    return (name, "checked", "passed", "failed", "rate", "open"), rows


def _grounds(counted: KindTally) -> tuple[Sequence[str], Sequence[Sequence[object]]]:
    every = counted.count.checked + counted.count.unfinished
    rows = [
        (say(f"summary.ground_{ground}"), Rate(number, every).shown)
        for ground, number in counted.by_ground.items()
        if number
    ]
    return ("ground", "of_all"), rows


def _left(results: Sequence[ObjectResult]) -> tuple[Sequence[str], Sequence[Sequence[object]]]:
    rows = [(each.subject.name, each.subject.id, each.subject.sponsor, "；".join(_lacking(each))) for each in results]
    return ("object", "id", "unit", "lacking"), rows


def _lacking(result: ObjectResult) -> Iterator[str]:
    codes, filing = result.score.open, result.filing
    if result.score.verdict == Verdict.INCOMPLETE:
        yield say("pack.open", number=len(codes), codes="、".join(codes))
    if filing and filing.stage != Stage.REVIEWED:
        yield say("pack.not_reviewed", stage=say(f"stage.{filing.stage}"))
