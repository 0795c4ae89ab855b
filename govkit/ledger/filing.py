"""备案: what a unit told its superior of a site or an account, and when the public was told.

Clause: 河北省 2019, 三（一）: 建立分级备案制度; 丰都县 2019, 三（三）1: 经本单位主要负责人同意，并报主管单位备案.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Action(StrEnum):
    """What is filed."""

    OPEN = "开设"
    ALTER = "变更"
    CLOSE = "关停"
    CANCEL = "注销"


@dataclass(frozen=True, slots=True)
class FilingRecord:
    """A filing of one object.

    Attributes:
        subject_id: the object.
        action: what was filed.
        filed: the day.
        approved_by: who consented before, mostly the head of the unit; empty where nobody is named.
        filed_with: with whom.
        announced: the day on which the public was told; None where it was not.
        untold: which of the last three nobody has told, as 备案记录 lacks it; else what is empty was not done.
    """

    subject_id: str
    action: Action
    filed: date
    approved_by: str = ""
    filed_with: str = ""
    announced: date | None = None
    untold: frozenset[str] = frozenset()
