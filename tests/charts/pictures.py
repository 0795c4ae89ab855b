"""What tests look at in a figure."""

from collections.abc import Callable, Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from govkit.charts import breaches_by_rule, coverage_of_sampling, matrix_map, units_by_breaches
from govkit.packs import Status, ThingKind
from tests.charts import matrices

WILD = "$x^{2}$ 与 50% 的\n单位_一\t（试点）"
"""A name with what matplotlib could take for a formula, and with blanks of all kinds."""
_ACCOUNTS = [matrices.account(number, f"平台{number % 11}") for number in range(40)]

CHARTS: Mapping[str, Callable[[], Figure]] = {
    "rules": lambda: breaches_by_rule(matrices.mixed(9, 12)),
    "one rule": lambda: breaches_by_rule(matrices.matrix([[Status.BREACH]], [(WILD, "严重")], [WILD])),
    "many rules": lambda: breaches_by_rule(matrices.mixed(20, 150)),
    "no breach": lambda: breaches_by_rule(matrices.matrix([[Status.UNKNOWN]], [("名称", "严重")], ["县"])),
    "units": lambda: units_by_breaches(matrices.mixed(60, 12)),
    "matrix": lambda: matrix_map(matrices.mixed(9, 12), ThingKind.UNIT),
    "one cell": lambda: matrix_map(matrices.matrix([[Status.BREACH]], [(WILD, "严重")], [WILD]), ThingKind.UNIT),
    "large matrix": lambda: matrix_map(matrices.mixed(100, 100), ThingKind.UNIT),
    "no matrix": lambda: matrix_map(matrices.mixed(3, 3), ThingKind.INCIDENT),
    "coverage": lambda: coverage_of_sampling(_ACCOUNTS, [matrices.draw(_ACCOUNTS[::3], 2026, 1)], 2026),
    "no accounts": lambda: coverage_of_sampling([], [], 2026),
}


def texts(figure: Figure) -> list[str]:
    """Return everything that is written in a figure."""
    return [text.get_text() for text in figure.findobj(Text) if isinstance(text, Text) and text.get_text()]


def axes_of(figure: Figure) -> Axes:
    """Return its only pair of axes."""
    (axes,) = figure.axes
    return axes


def rows_of(figure: Figure) -> list[str]:
    """Return the labels of its rows, from above."""
    return [text.get_text() for text in axes_of(figure).get_yticklabels()]
