"""Objects that a row names by name, sponsor and platform, where it has no code."""

from collections.abc import Mapping

from govkit.folding import fold
from govkit.messages import say
from govkit.problems import Problems
from govkit.reading.cells import is_blank
from govkit.reading.fields import Fields
from govkit.reading.layout import ACCOUNTS, nearest, standard_value
from govkit.reading.ledgers import Ledger
from govkit.season import Directory, Unit

_ID, _SPONSOR, _NAME, _PLATFORM = "检查对象标识码", "主办单位", "新媒体名称", "账号类型"
_MOST_GUESSES = 50  # to compare a name with all names of a long ledger takes a moment


class Named:
    """The objects of a ledger by their names.

    A unit may go by a short name (简称) that 单位名录 has of one unit only, on either side.

    Args:
        ledger: the objects.
        units: 单位名录, as far as there is one.
        problems: takes what is wrong.
    """

    def __init__(self, ledger: Ledger, units: Mapping[str, Unit], problems: Problems) -> None:
        self.ledger, self._problems = ledger, problems
        self._directory = Directory(units)
        self._called: dict[str, list[str]] = {}
        for subject in ledger.subjects.values():
            self._called.setdefault(fold(subject.name), []).append(subject.id)
        self._guesses: dict[str, str] = {}

    def applies(self, fields: Fields) -> bool:
        """Whether a row has no code, but a column for the name."""
        return is_blank(fields.row[_ID]) and _NAME in fields.table.columns and bool(self.ledger.subjects)

    def find(self, fields: Fields) -> str:
        """The identifier of the object of a row; empty, and a problem, where there is none or more than one."""
        name, sponsor = fields.text(_NAME, required=True), fields.text(_SPONSOR)
        text = fields.text(_PLATFORM)
        platform = standard_value(ACCOUNTS, _PLATFORM, text) or text
        unit = self._directory.full_name(sponsor)
        candidates = [
            subject
            for subject in map(self.ledger.subjects.__getitem__, self._called.get(fold(name), ()))
            if (not sponsor or self._directory.full_name(subject.sponsor) == unit)
            and (not platform or subject.details.get(_PLATFORM) == platform)
        ]
        if len(candidates) == 1:
            return candidates[0].id
        values = {"name": name, "sponsor": sponsor, "number": len(candidates)}
        if candidates:
            codes = "、".join(subject.id for subject in candidates)
            self._problems.add("R23", fields.place(_NAME), codes=codes, **values)
        elif name and not self.ledger.partial:
            near = self._near(name, unit)
            hint = say("reading.near", name=near) if near else ""
            self._problems.add("R22", fields.place(_NAME), near=hint, **values)
        return ""

    def _near(self, name: str, unit: str) -> str:
        """The name that looks most like this one: among those of the unit, else among all."""
        subjects = self.ledger.subjects.values()
        own = nearest(name, (each.name for each in subjects if self._directory.full_name(each.sponsor) == unit))
        if own or (name not in self._guesses and len(self._guesses) == _MOST_GUESSES):
            return own
        if name not in self._guesses:
            self._guesses[name] = nearest(name, (each.name for each in subjects))
        return self._guesses[name]
