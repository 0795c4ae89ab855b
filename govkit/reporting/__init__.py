"""Reports that offices hand in: what a year comes to for a unit with its subordinate units, or for a county. Pure."""

from govkit.reporting.gathering import knows_unit, units_of, year_report
from govkit.reporting.kinds import ReportKind, ReportKindError, report_kind, report_kinds, report_kinds_from
from govkit.reporting.model import (
    Changes,
    Checked,
    Followed,
    KindYear,
    Listed,
    ObjectYear,
    YearReport,
    YearTold,
)

__all__ = [
    "Changes",
    "Checked",
    "Followed",
    "KindYear",
    "Listed",
    "ObjectYear",
    "ReportKind",
    "ReportKindError",
    "YearReport",
    "YearTold",
    "knows_unit",
    "report_kind",
    "report_kinds",
    "report_kinds_from",
    "units_of",
    "year_report",
]
