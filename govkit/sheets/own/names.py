"""Which names each template must have: what fills them says so, and nothing else."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from govkit.ledger import Kind
from govkit.sheets import kindred, summary


@dataclass(frozen=True, slots=True)
class FormNames:
    """The names of one form, which all lie on one sheet.

    Attributes:
        cells: of its cells.
        rows: of the rows that are repeated or removed, each with the names of its cells.
    """

    cells: Sequence[str]
    rows: Mapping[str, Sequence[str]]

    @property
    def written(self) -> list[str]:
        """The names of all cells that are written to."""
        return [*self.cells, *(name for names in self.rows.values() for name in names)]

    @property
    def all(self) -> list[str]:
        """All names."""
        return [*self.written, *self.rows]


def templates() -> dict[str, list[FormNames]]:
    """The forms of each template, by the name of its file."""
    forms = {kindred.TEMPLATE_OF[kind]: [FormNames(*kindred.names_of(kind))] for kind in Kind}
    return {**forms, summary.TEMPLATE: [FormNames(*summary.names_of(kind)) for kind in Kind]}


def template_like(file_name: str, names: Collection[str]) -> str | None:
    """Which template a file is: by its name, else by the names in it; None where it has none of them."""
    known = templates()
    if file_name in known:
        return file_name
    shared = {
        template: len({name for form in forms for name in form.all}.intersection(names))
        for template, forms in known.items()
    }
    best = max(shared, key=shared.__getitem__)
    return best if shared[best] else None
