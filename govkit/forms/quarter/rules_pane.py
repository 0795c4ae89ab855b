"""The third pane: packs switched on, the quarter held against them, and what came of it."""

from collections.abc import Sequence

import ipywidgets as widgets
from markupsafe import Markup

from govkit.charts import breaches_by_rule, png, units_by_breaches
from govkit.forms.errors import Refusal
from govkit.forms.pane import notices, table
from govkit.forms.quarter.checklist import Checklist
from govkit.forms.quarter.pane import QuarterDesktop, QuarterPane
from govkit.messages import say
from govkit.packs import Column, Compliance, Status, load_pack, pack_ids, unknowns

_ALL = ""


class RulesPane(QuarterPane):
    """Checking the quarter against the notices."""

    def __init__(self, desktop: QuarterDesktop) -> None:
        super().__init__(desktop)
        look, handler = desktop.look, desktop.screen.handler
        chosen = desktop.planner().chosen_packs
        self.packs = {
            pack_id: widgets.Checkbox(
                value=pack_id in chosen, description=load_pack(pack_id).name, indent=False, layout=look.short
            )
            for pack_id in pack_ids()
        }
        self.check = look.make_button(say("plan.check"), kind="primary", tooltip=say("plan.check_tip"))
        self.export = look.make_button(say("plan.export_rules"), kind="info")
        self.progress = widgets.IntProgress(layout=look.hidden)
        self.rule = self.new_choice(say("plan.rule"))
        self.words, self.reasons = (widgets.HTML(layout=look.whole) for _ in range(2))
        self.list = widgets.HTML(layout=look.whole)
        self.links = widgets.HTML(layout=look.whole)
        self.charts = [widgets.Image(layout=widgets.Layout(max_width="100%")) for _ in range(2)]
        self.checklist = Checklist(desktop, lambda: self.compliance)
        self._checked: tuple[object, Compliance] | None = None  # what the files said, and what followed
        self.part = widgets.ToggleButtons(
            options=[(say(f"plan.part_{name}"), name) for name in ("problems", "unknown", "rules", "by_hand")],
            style=look.choice,
            layout=look.choices,
        )
        self._tools = widgets.Box([self.check, self.export, self.progress], layout=look.line)
        self._chosen = widgets.Box(tuple(self.packs.values()), layout=look.line)
        for box in self.packs.values():
            box.observe(handler(lambda _: self._choose()), names="value")
        self.check.on_click(handler(lambda _: self.run()))
        self.export.on_click(handler(lambda _: self._export()))
        self.part.observe(handler(lambda _: None), names="value")  # what follows is done by `refresh`
        self.rule.observe(handler(lambda _: self._show_list()), names="value")
        self.refresh()

    @property
    def compliance(self) -> Compliance | None:
        """What came of the last check; None where there was none, or the files have changed since."""
        if self._checked is None or self.desktop.planner().files.read() is not self._checked[0]:
            return None
        return self._checked[1]

    def refresh(self) -> None:
        """Show what came of the last check; what was judged by hand since shows at the next."""
        compliance = self.compliance
        self.export.disabled = compliance is None
        if compliance is None:
            self.links.value = ""
        parts: dict[str, tuple[widgets.Widget, ...]] = {
            "problems": (self.rule, self.list, *self.charts),
            "unknown": (self.reasons,),
            "rules": (self.words,),
            "by_hand": (self.checklist.box,),
        }
        results = (self.part, *parts[self.part.value]) if compliance else ()
        self.box.children = (self._chosen, self._tools, self.links, *results)
        self.checklist.refresh()

    def forget(self) -> None:
        """Another quarter is shown: what was checked does not hold for it."""
        self._checked = None
        self.links.value = ""

    def run(self) -> None:
        """Check."""
        chosen = [pack_id for pack_id, box in self.packs.items() if box.value]
        planner = self.desktop.planner()
        if not chosen:
            raise Refusal(say("plan.no_packs"))
        self.progress.layout = self.desktop.look.button
        try:
            compliance = planner.check(chosen, self._tell)
            self._checked = planner.files.read(), compliance
        finally:
            self.progress.layout = self.desktop.look.hidden
        self._show(compliance)
        broken = sum(column.counts[Status.BREACH] for column in compliance.columns)
        unknown = sum(column.counts[Status.UNKNOWN] for column in compliance.columns)
        told = say("plan.checked", breaches=broken, unknown=unknown)
        self.desktop.screen.tell("good", "\n".join([told, *compliance.notices]))

    def _tell(self, done: int, of: int) -> None:
        self.progress.max, self.progress.value = of, done

    def _choose(self) -> None:
        self.desktop.planner().choose_packs(pack_id for pack_id, box in self.packs.items() if box.value)

    def _show(self, compliance: Compliance) -> None:
        columns = compliance.columns
        self.words.value = _by_rule(columns)
        self.reasons.value = _reasons(compliance)
        for image, figure in zip(self.charts, (breaches_by_rule, units_by_breaches), strict=True):
            image.value = png(figure(compliance))
        broken = [column for column in columns if column.counts[Status.BREACH]]
        options = [(say("plan.all_breaches"), _ALL)]
        options += [
            (f"{column.rule.id} {column.rule.name}（{column.counts[Status.BREACH]}）", column.rule.id)
            for column in broken
        ]
        with self.desktop.screen.mirroring():
            self.rule.options, self.rule.value = options, _ALL
        self._show_list()
        self.checklist.load()

    def _show_list(self) -> None:
        compliance = self.compliance
        if compliance is None:
            return
        found = [breach for breach in compliance.breaches() if self.rule.value in (_ALL, breach.rule.id)]
        rows = [
            (
                breach.thing.name,
                breach.thing.unit.name,
                breach.rule.id,
                breach.rule.severity,
                breach.fact,
                breach.rule.remedy,
            )
            for breach in found
        ]
        names = ("object", "unit", "rule", "severity", "fact", "remedy")
        self.list.value = (
            table([say(f"plan.breach_{name}") for name in names], rows) if rows else notices([say("plan.no_breach")])
        )

    def _export(self) -> None:
        compliance = self.compliance
        if compliance:
            self.links.value = self.desktop.exports().rules(compliance)


def _reasons(compliance: Compliance) -> Markup:
    """Why rules are unknown, where the program judges; what people have to judge is on the checklist."""
    rows = [
        (f"{one.rule.id} {one.rule.name}", one.reason, one.number, one.remedy)
        for one in unknowns(compliance)
        if one.rule.check.automatic
    ]
    return table([say(f"plan.unknown_{name}") for name in ("rule", "reason", "number", "remedy")], rows)


def _by_rule(columns: Sequence[Column]) -> Markup:
    rows = [
        (
            column.pack.name,
            column.rule.id,
            column.rule.name,
            column.rule.article,
            *(column.counts[status] for status in _ORDER),
        )
        for column in columns
    ]
    head = [say(f"plan.rule_{name}") for name in ("pack", "id", "name", "article")]
    return table([*head, *(say(f"status.{status.name}") for status in _ORDER)], rows)


_ORDER = (Status.BREACH, Status.UNKNOWN, Status.PASS, Status.NOT_APPLICABLE)
