"""年度考核: what the checks of a year and 弄虚作假 come to for a unit with its subordinate units. Pure."""

from govkit.assessing.assess import assess
from govkit.assessing.model import (
    Assessment,
    CheckResult,
    Fraud,
    HeldGround,
    Standing,
    UnitAssessment,
    YearFacts,
    day_of,
)
from govkit.assessing.rule import (
    AssessmentRule,
    AssessmentRuleError,
    CheckLevel,
    FailedGround,
    FraudGround,
    load_assessment_rule,
    load_assessment_rule_from,
)
from govkit.assessing.units import Directory

__all__ = [
    "Assessment",
    "AssessmentRule",
    "AssessmentRuleError",
    "CheckLevel",
    "CheckResult",
    "Directory",
    "FailedGround",
    "Fraud",
    "FraudGround",
    "HeldGround",
    "Standing",
    "UnitAssessment",
    "YearFacts",
    "assess",
    "day_of",
    "load_assessment_rule",
    "load_assessment_rule_from",
]
