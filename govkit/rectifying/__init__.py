"""整改: the problems of an inspection, and the breaches of rules, as what units are told to mend."""

from govkit.rectifying.making import issues_of_compliance, issues_of_inspection

__all__ = ["issues_of_compliance", "issues_of_inspection"]
