"""What a scoring sheet must show, without a template: the same filling, written down instead of drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from govkit.findings import Batch
from govkit.rubric import Rubric
from govkit.scoring import ObjectResult
from govkit.sheets.form import Filled
from govkit.sheets.kindred import DRAFT, Kindred
from govkit.sheets.scoring_sheet import Sheet
from govkit.sheets.template import open_picture
from govkit.sheets.text import clean
from govkit.sheets.values import Entry, Formula, Line, Plain, Value, shown


@dataclass(frozen=True, slots=True)
class Expected:
    """What a sheet must show.

    Attributes:
        cells: of named cells; those that people fill in are left out.
        lines: of the lines of items, by code and by the names of their columns, in both ways in which a cell may be
            shown: for the first time, and again on a further page.
        formulas: the figures that the sheet computes: formulas as `Formula` has them, by the name of a cell, or by
            the code of an item, "/" and the name of a column.
        hidden: the lines of the block on the hidden sheet after its first: the cells of each, with their formulas.
    """

    cells: Mapping[str, Plain]
    lines: Mapping[str, Mapping[str, tuple[Plain, Plain]]]
    formulas: Mapping[str, str]
    hidden: Sequence[Sequence[tuple[Plain, str]]]


class _Record:
    """A form that writes down what is put into it."""

    def __init__(self) -> None:
        self.cells: dict[str, Plain] = {}
        self.lines: dict[str, dict[str, tuple[Plain, Plain]]] = {}
        self.formulas: dict[str, str] = {}

    def put(self, name: str, value: Value, number_format: str = "") -> None:
        """Write down a named cell."""
        del number_format
        if not isinstance(value, Entry):
            self.cells[name] = _held(value)
        self._compute(name, value)

    def remove(self, row: str) -> None:
        """Nothing is shown."""

    def continued(self, name: str, value: str) -> list[str]:
        """The whole text: nothing is too long to be written down."""
        del name
        return [value]

    def spread(self, row: str, lines: Sequence[Line]) -> None:
        """Write down the lines."""
        del row
        for line in lines:
            own = {name: (_held(value), _held(value)) for name, value in line.values.items()}
            spans = {name: (_held(span.value), _held(span.again)) for name, span in line.spans.items()}
            self.lines[line.key] = {name.partition("_")[2]: pair for name, pair in {**own, **spans}.items()}
            for name, value in (*line.values.items(), *((name, span.value) for name, span in line.spans.items())):
                self._compute(f"{line.key}/{name.partition('_')[2]}", value)

    def finish(self, footer: Mapping[str, str], *, paged: bool, mark: bytes | None = None) -> Filled:
        """All is written down."""
        del footer, paged, mark
        return Filled("", {}, {}, {})

    def _compute(self, where: str, value: Value) -> None:
        if isinstance(value, Formula):
            self.formulas[where] = value.text


def _held(value: Value) -> Plain:
    """What a cell holds of a value."""
    plain = shown(value)
    return clean(plain) if isinstance(plain, str) else plain


def draft_mark() -> bytes:
    """The picture that marks sheets that are not final.

    Raises:
        OutputError: there is none, or it is none.
    """
    return open_picture(DRAFT)


def expected(batch: Batch, rubric: Rubric, result: ObjectResult, *, fillable: bool) -> Expected:
    """What the sheet of an object must show."""
    subject = result.subject
    kindred = Kindred(batch, rubric, subject.kind, reduced=rubric.is_reduced(subject.kind, service=subject.service))
    record = _Record()
    sheet = Sheet(kindred, result, fillable=fillable)
    sheet.fill(record, bytes)
    calculation = kindred.calculation
    figures = zip(calculation.lines, calculation.results(sheet.shown), strict=True)
    hidden = [[(line.name, ""), *zip(values, line.formulas, strict=True)] for line, values in figures]
    return Expected(record.cells, record.lines, record.formulas, hidden)
