"""What is known of a quarter beyond its spot checks: units, what was published, incidents, filings, reports.

A None where a mapping or tuple could stand means that nobody has told: that is unknown, and never the same as none.
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from govkit.findings import Finding
from govkit.folding import fold
from govkit.ledger import FilingRecord, Subject


class Level(StrEnum):
    """层级: the level of government that a unit belongs to, the highest first."""

    PROVINCE = "省级"
    CITY = "市级"
    COUNTY = "县级"
    TOWNSHIP = "乡级"


class Category(StrEnum):
    """单位类别: what a unit is."""

    GOVERNMENT = "政府"  # a government, its general office, or a 管委会 that acts as one
    DEPARTMENT = "部门"
    BRANCH = "派出机构"  # such as a 街道办事处
    INSTITUTION = "事业单位"
    INTERNAL = "内设机构"
    PERSON = "个人"
    COMPANY = "企业"
    OTHER = "其他"


@dataclass(frozen=True, slots=True)
class Unit:
    """单位, a row of 单位名录.

    Attributes:
        name: by which ledgers call it as 主办单位.
        level: None where nobody has told, as everywhere here.
        category: what it is.
        parent: the unit above it (上级单位); empty for none.
        secret: whether it is a 涉密单位.
        public: whether it exercises public powers towards the outside (对外行使公共管理职能).
        short_names: other names by which people know it.
        former_names: what it was called before.
        renamed: the day of the last change of its name.
        details: the other columns of the directory.
    """

    name: str
    level: Level | None = None
    category: Category | None = None
    parent: str = ""
    secret: bool | None = None
    public: bool | None = None
    short_names: tuple[str, ...] | None = None
    former_names: tuple[str, ...] | None = None
    renamed: date | None = None
    details: Mapping[str, str] = field(default_factory=dict)


class Directory:
    """单位名录 by every name that its units go by: their own, and short names (简称) that only one of them has.

    Args:
        units: the units by name; None where there is no directory.
    """

    def __init__(self, units: Mapping[str, Unit] | None) -> None:
        self.own = {fold(name): unit for name, unit in (units or {}).items()}
        """The units by folded name."""
        short: dict[str, list[Unit]] = {}
        for unit in self.own.values():
            for name in dict.fromkeys(map(fold, unit.short_names or ())):
                short.setdefault(name, []).append(unit)
        self._short = {name: found[0] for name, found in short.items() if len(found) == 1 and name not in self.own}

    def find(self, name: str) -> Unit | None:
        """The unit of a name, in whatever spelling; None where the directory has none."""
        return self.own.get(fold(name)) or self._short.get(fold(name))

    def full_name(self, name: str) -> str:
        """The folded full name of a unit; that of a stranger is its name."""
        unit = self.find(name)
        return fold(unit.name if unit else name)


class Total(NamedTuple):
    """How many publications there were from `first` to `last`, both included, where nobody counted days."""

    first: date
    last: date
    number: int


@dataclass(frozen=True, slots=True)
class Published:
    """What one site or account has published (发布记录).

    An update (次) is a push: what went out at one moment is one, however many articles it holds; of what has only a
    day, all of that day together are one.

    Attributes:
        days: the day of every push, as ordinals (`date.toordinal`), ascending; a day stands there once for each push.
        totals: publications that were only counted.
        covered: first and last day that the record covers; None where it is the whole period.
    """

    days: Sequence[int] = field(default_factory=lambda: array("i"))
    totals: tuple[Total, ...] = ()
    covered: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """突发事件 or 政务舆情, a row of 突发事件.

    Attributes:
        id: its number.
        name: what it is called.
        unit: who has to answer (涉事责任部门).
        happened: when it was known.
        grave: whether it is 特别重大, with deaths or great effect; None where nobody has told.
        published: when authoritative information went out first.
        conference: when the press conference was held.
        responded: when it was responded to.
        untold: which of the last three nobody has told, as 突发事件 lacks the column; else a None was not done.
    """

    id: str
    name: str
    unit: str
    happened: datetime
    grave: bool | None = None
    published: datetime | None = None
    conference: datetime | None = None
    responded: datetime | None = None
    untold: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Report:
    """A report that was handed in, a row of 报送记录.

    Attributes:
        who: the identifier of the object, or the name of the unit, that it is about.
        matter: what it is, such as 年审报告.
        year: the year it is about.
        submitted: the day.
        accepted: whether it was found good (审查合格); None where nobody has told.
    """

    who: str
    matter: str
    year: int
    submitted: date
    accepted: bool | None = None


class Disposal(StrEnum):
    """What is to become of an account (丰都县 2019, 二)."""

    CLOSE = "关停"
    MERGE = "整合"
    IMPROVE = "提升"
    KEEP = "保留"


@dataclass(frozen=True, slots=True)
class Decision:
    """What people decided on an account.

    Attributes:
        subject_id: the account.
        outcome: what is to become of it.
        kinds: the kinds of problems that they confirmed.
        reason: why, in their words.
    """

    subject_id: str
    outcome: Disposal
    kinds: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Season:
    """Everything that rules about a quarter look at.

    Attributes:
        period: first and last day; the last one is the day as of which rules are judged.
        subjects: the ledger.
        units: 单位名录, by name.
        published: 发布记录, by identifier; who is missing in it was not recorded.
        incidents: 突发事件.
        filings: 备案记录, of all times.
        reports: 报送记录, of all times.
        earlier: the ledger of the quarter before.
        checked: what people judged (规则核查), by object and rule.
    """

    period: tuple[date, date]
    subjects: tuple[Subject, ...]
    units: Mapping[str, Unit] | None = None
    published: Mapping[str, Published] | None = None
    incidents: tuple[Incident, ...] | None = None
    filings: tuple[FilingRecord, ...] | None = None
    reports: tuple[Report, ...] | None = None
    earlier: tuple[Subject, ...] | None = None
    checked: Mapping[tuple[str, str], Finding] = field(default_factory=dict)
