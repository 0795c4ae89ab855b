"""The second pane: what was found as pictures, on the page and as files."""

import ipywidgets as widgets

from govkit.charts import Chart, draw_chart, png, steps_of_score
from govkit.file_names import safe_stem
from govkit.forms.chooser import Chooser
from govkit.forms.pane import Desktop, Pane, notices
from govkit.forms.summary.counts import Counts
from govkit.forms.writing import folder_of, links_to
from govkit.messages import say
from govkit.scoring import ObjectResult
from govkit.store.errors import file_errors
from govkit.store.evidence import written_whole

_STEPS = "steps"
_CHARTS = (*Chart, _STEPS)


class ChartsPane(Pane):
    """Charts.

    Args:
        desktop: what it works with.
        counts: the numbers.
    """

    def __init__(self, desktop: Desktop, counts: Counts) -> None:
        super().__init__(desktop)
        look, handler = desktop.look, desktop.screen.handler
        self._counts = counts
        self._drawn: dict[tuple[str, str], bytes] = {}
        self._drawn_of: tuple[object, object] | None = None
        self._left_out = ""
        self.chart = widgets.ToggleButtons(
            options=[(say(f"summary.chart_{name}"), name) for name in _CHARTS],
            style=look.choice,
            layout=look.choices,
        )
        self.chart.add_class("gk-result")
        self.objects = Chooser(desktop, say("form.object"), lambda: None)  # what follows is done by `refresh`
        self.object = self.objects.list
        self.save = look.make_button(say("summary.save"), kind="info", tooltip=say("summary.save_tip"))
        self.words = widgets.HTML(layout=look.whole)
        self.links = widgets.HTML(layout=look.whole)
        self.image = widgets.Image(layout=widgets.Layout(max_width="100%"))
        self._tools = widgets.Box([self.chart, self.save], layout=look.line)
        self.chart.observe(handler(lambda _: None), names="value")  # likewise
        self.object.observe(handler(lambda _: None), names="value")  # likewise
        self.save.on_click(handler(lambda _: self._save()))

    def refresh(self) -> None:
        """Show the chosen chart; each is drawn when it is first seen."""
        now = (self._counts.tally, self._counts.scored)
        if self._drawn_of is None or any(one is not other for one, other in zip(self._drawn_of, now, strict=True)):
            self._drawn_of = now
            self._drawn.clear()
            self.links.value = ""
        name, results = self.chart.value, self._results()
        self.objects.show(
            {code: f"{each.subject.name}\n{code}\n{each.subject.sponsor}" for code, each in results.items()},
            lambda code: f"{results[code].subject.name}（{code}）",
        )
        self.image.value = self._png(name)
        self.words.value = notices([self._left_out]) if name == Chart.TREND and self._left_out else ""
        chooser = (self.objects.box,) if name == _STEPS else ()
        self.box.children = (self._tools, self.links, *chooser, self.words, self.image)

    def _results(self) -> dict[str, ObjectResult]:
        return {each.subject.id: each for each in self._counts.scored.inspection.objects}

    def _png(self, name: str) -> bytes:
        key = (name, self.object.value if name == _STEPS else "")
        if key not in self._drawn:
            self._drawn[key] = self._draw(name)
        return self._drawn[key]

    def _draw(self, name: str) -> bytes:
        tally = self._counts.tally
        if name == _STEPS:
            return png(steps_of_score(self._results()[self.object.value], tally.rubric))
        if name == Chart.TREND:
            points, others = self._counts.quarters()
            names = "、".join(batch.name for batch in others)
            self._left_out = say("summary.left_out", names=names) if others else ""
            return png(draw_chart(Chart.TREND, tally, points))
        return png(draw_chart(Chart(name), tally))

    def _save(self) -> None:
        """Write all charts, that of a score for the object that is chosen."""
        folder = folder_of(self.desktop.home, self._counts.batch) / say("summary.charts_folder")
        paths = []
        with file_errors(str(folder)):
            folder.mkdir(parents=True, exist_ok=True)
            for name in _CHARTS:
                words = say(f"summary.chart_{name}")
                stem = f"{words}_{self.object.label}" if name == _STEPS else words
                paths.append(folder / f"{safe_stem(stem)}.png")
                with written_whole(paths[-1]) as file:
                    file.write(self._png(name))
        self.links.value = links_to(paths)
