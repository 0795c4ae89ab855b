"""单位名录 as a tree: by which names a unit is known, and what stands above it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from govkit.folding import fold
from govkit.season import Unit


class Directory:
    """Units by all their names, each under the one above it (上级单位)."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units: Mapping[str, Unit] = {fold(unit.name): unit for unit in units}
        """The units by folded name."""

    def called(self, name: str) -> Unit | None:
        """The unit of a name, or of a short or former name that only it has; None where nobody knows it."""
        return self.units.get(fold(name)) or self._other_names.get(fold(name))

    @cached_property
    def _other_names(self) -> Mapping[str, Unit]:
        found: dict[str, dict[str, Unit]] = {}
        for unit in self.units.values():
            for name in (*(unit.short_names or ()), *(unit.former_names or ())):
                found.setdefault(fold(name), {})[unit.name] = unit
        return {name: next(iter(units.values())) for name, units in found.items() if len(units) == 1}

    def _parent(self, unit: Unit) -> Unit | None:
        return self.called(unit.parent) if unit.parent else None

    @cached_property
    def circular(self) -> frozenset[str]:
        """Names of units that stand above themselves: what is above them cannot be told."""
        found: set[str] = set()
        for unit in self.units.values():
            seen: dict[str, None] = {}
            at: Unit | None = unit
            while at and at.name not in seen:
                seen[at.name] = None
                at = self._parent(at)
            if at is unit:
                found.update(seen)
        return frozenset(found)

    @cached_property
    def without_parent(self) -> tuple[Unit, ...]:
        """Units whose 上级单位 is not in the directory."""
        return tuple(unit for unit in self.units.values() if unit.parent and not self._parent(unit))

    def upwards(self, unit: Unit) -> Iterator[Unit]:
        """A unit, and all units above it; no unit of a circle has one above it."""
        at: Unit | None = unit
        while at:
            yield at
            at = None if at.name in self.circular else self._parent(at)
