"""Charts of what was found: figures of matplotlib with Chinese text, readable in black and white. Pure."""

from govkit.charts.bars import breaches_by_rule, units_by_breaches
from govkit.charts.coverage import coverage_of_sampling
from govkit.charts.matrix import matrix_map
from govkit.charts.output import png

__all__ = ["breaches_by_rule", "coverage_of_sampling", "matrix_map", "png", "units_by_breaches"]
