"""Charts of what was found: figures of matplotlib with Chinese text, readable in black and white. Pure."""

from govkit.charts.agreement import splitting_items, totals_of_class
from govkit.charts.bars import breaches_by_rule, units_by_breaches
from govkit.charts.coverage import coverage_of_sampling
from govkit.charts.heat import losses_by_unit
from govkit.charts.inspection import Chart, draw_chart, telling_charts
from govkit.charts.losses import losses_by_indicator
from govkit.charts.matrix import matrix_map
from govkit.charts.output import png
from govkit.charts.pages import page_picture
from govkit.charts.steps import steps_of_score
from govkit.charts.totals import distribution_of_totals
from govkit.charts.trend import trend_of_quarters

__all__ = [
    "Chart",
    "breaches_by_rule",
    "coverage_of_sampling",
    "distribution_of_totals",
    "draw_chart",
    "losses_by_indicator",
    "losses_by_unit",
    "matrix_map",
    "page_picture",
    "png",
    "splitting_items",
    "steps_of_score",
    "telling_charts",
    "totals_of_class",
    "trend_of_quarters",
    "units_by_breaches",
]
