"""What is counted. Sites and accounts always stand apart, and what is unfinished is never among what was checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from govkit.figures import Rate
from govkit.findings import Batch
from govkit.ledger import Kind, Subject
from govkit.rubric import Row, Rubric
from govkit.scoring import Ground


@dataclass(frozen=True, slots=True)
class Count:
    """How many objects passed, failed, and are unfinished."""

    passed: int = 0
    failed: int = 0
    unfinished: int = 0

    @property
    def checked(self) -> int:
        """How many have a verdict."""
        return self.passed + self.failed

    @property
    def pass_rate(self) -> Rate:
        """合格率: of those that have a verdict."""
        return Rate(self.passed, self.checked)


@dataclass(frozen=True, slots=True)
class Loss:
    """What one indicator cost all finished sites.

    Attributes:
        row: the indicator.
        points: what they lost by it, after its cap and before ×4/3.
        sites: how many of them lost anything.
        cumulative: the share of all points lost that this indicator and those before it have.
    """

    row: Row
    points: Fraction
    sites: int
    cumulative: Fraction


@dataclass(frozen=True, slots=True)
class UnitLosses:
    """What each indicator cost the finished objects of one unit.

    Attributes:
        unit: its name.
        judged: for how many of its objects a row counts, by the code of the row; those that a row does not concern do
            not, nor, where it takes points, those that have none for a veto.
        points: what these lost, by the code of the row, after its cap and before ×4/3; rows that cost nothing are
            missing.
        vetoes: how many of its objects failed by a veto item of a row, by the code of the row.
    """

    unit: str
    judged: Mapping[str, int]
    points: Mapping[str, Fraction]
    vetoes: Mapping[str, int]


class Ranked(NamedTuple):
    """A site with its total (最后得分)."""

    subject: Subject
    total: Fraction


@dataclass(frozen=True, slots=True)
class Classes:
    """How many finished sites have a total below the pass line, from there up to the bonus line, and above it.

    `unscored` failed by a veto item and have no total.
    """

    below: int
    between: int
    above: int
    unscored: int


@dataclass(frozen=True, slots=True)
class KindTally:
    """What came of the sites of a batch, or of its accounts.

    Names of units, levels and platforms are those to show; what nobody has told has a name that says so.

    Attributes:
        kind: which of the two.
        running: how many run in all; None where nobody has told.
        count: all objects.
        by_unit: in ledger order.
        by_level: of the units (层级), the highest first, then those of which nobody has told.
        by_platform: the one with most objects first; empty for sites.
        by_ground: how many objects each line of the outcome list decided; all lines are there.
        by_veto: how many objects failed by each veto item that was found; most first, else in the order of the annex.
        losses: indicators by the points that they cost, most first; those that cost nothing are missing.
        units: what each unit lost, in ledger order; those without a finished object are missing.
        classes: the distribution of totals.
        ranked: finished sites that have a total, the best first, else in ledger order.
    """

    kind: Kind
    running: int | None
    count: Count
    by_unit: Mapping[str, Count]
    by_level: Mapping[str, Count]
    by_platform: Mapping[str, Count]
    by_ground: Mapping[Ground, int]
    by_veto: Mapping[str, int]
    losses: tuple[Loss, ...]
    units: tuple[UnitLosses, ...]
    classes: Classes
    ranked: tuple[Ranked, ...]

    @property
    def share_checked(self) -> Rate | None:
        """抽查比例: how many of those that run have a verdict; None where nobody has told how many run."""
        return None if self.running is None else Rate(self.count.checked, self.running)

    @property
    def best(self) -> tuple[Ranked, ...]:
        """The sites with the highest total; several where they are equal."""
        return tuple(each for each in self.ranked if each.total == self.ranked[0].total)

    @property
    def worst(self) -> tuple[Ranked, ...]:
        """The sites with the lowest total, of those that have one; several where they are equal."""
        return tuple(each for each in self.ranked if each.total == self.ranked[-1].total)


@dataclass(frozen=True, slots=True)
class Tally:
    """What an inspection comes to, and the rules by which it was scored."""

    batch: Batch
    rubric: Rubric
    sites: KindTally
    accounts: KindTally

    def of(self, kind: Kind) -> KindTally:
        """The part about sites, or about accounts."""
        return self.sites if kind == Kind.SITE else self.accounts
