"""What tests look at in a figure."""

from collections.abc import Callable, Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from govkit.charts import (
    breaches_by_rule,
    coverage_of_sampling,
    distribution_of_totals,
    losses_by_indicator,
    losses_by_unit,
    matrix_map,
    page_picture,
    splitting_items,
    steps_of_score,
    totals_of_class,
    trend_of_quarters,
    units_by_breaches,
)
from govkit.ledger import Kind
from govkit.packs import Status, ThingKind
from govkit.training import load_exercises
from tests.charts import classes, matrices, tallies
from tests.scoring.cases import RUBRIC
from tests.tally.inspections import account, site

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
    "totals": lambda: distribution_of_totals(tallies.mixed(300)),
    "one total": lambda: distribution_of_totals(tallies.counted(site(1, WILD))),
    "no totals": lambda: distribution_of_totals(tallies.counted(site(1, WILD, {"V1.1": 1}))),
    "losses": lambda: losses_by_indicator(tallies.mixed(300)),
    "one loss": lambda: losses_by_indicator(tallies.counted(site(1, WILD, {"D1.1": 1}))),
    "no losses": lambda: losses_by_indicator(tallies.counted()),
    "units and indicators": lambda: losses_by_unit(tallies.mixed(80), Kind.SITE),
    "units and vetoes": lambda: losses_by_unit(tallies.mixed(80), Kind.ACCOUNT),
    "one loss of a unit": lambda: losses_by_unit(tallies.counted(site(1, WILD, {"D1.1": 1})), Kind.SITE),
    "no losses of units": lambda: losses_by_unit(tallies.counted(), Kind.ACCOUNT),
    "steps": lambda: steps_of_score(site(1, WILD, tallies.everything("D")), RUBRIC),
    "steps of a long name": lambda: steps_of_score(site(1, matrices.LONG, {"B1.1": 2, "D13.2": 9}), RUBRIC),
    "no steps": lambda: steps_of_score(account(1, matrices.LONG, tallies.everything("M")), RUBRIC),
    "page": lambda: page_picture(WILD, load_exercises()[0].pages[5]),
    "quarters": lambda: trend_of_quarters(tallies.quarters(12)),
    "one quarter": lambda: trend_of_quarters(tallies.quarters(1)),
    "no quarters": lambda: trend_of_quarters([]),
    "a class": lambda: splitting_items(classes.mixed(12)),
    "a large class": lambda: splitting_items(classes.mixed(112)),
    "a large class without right answers": lambda: splitting_items(classes.mixed(40, known=False)),
    "two inspectors": lambda: splitting_items(classes.mixed(2, known=False)),
    "a class of one mind": lambda: splitting_items(classes.alike()),
    "totals of a class": lambda: totals_of_class(classes.mixed(12)),
    "totals of a large class": lambda: totals_of_class(classes.mixed(112)),
    "no totals of a class": lambda: totals_of_class(classes.vetoed()),
}


def texts(figure: Figure) -> list[str]:
    """Return everything that is written in a figure."""
    return [text.get_text() for text in figure.findobj(Text) if isinstance(text, Text) and text.get_text()]


def line_of(line: Line2D) -> tuple[list[float], list[float]]:
    """Return where the points of a line stand: across, and up."""
    across, up = np.asarray(line.get_xydata()).T
    return across.tolist(), up.tolist()


def axes_of(figure: Figure) -> Axes:
    """Return its only pair of axes."""
    (axes,) = figure.axes
    return axes


def rows_of(figure: Figure) -> list[str]:
    """Return the labels of its rows, from above."""
    return [text.get_text() for text in axes_of(figure).get_yticklabels()]
