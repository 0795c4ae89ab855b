"""What a trainee sees of a made-up site: pages of text, fields and tables, as data. `charts` draws pictures of them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from govkit.messages import say
from govkit.training.told import Data

Cell = Annotated[str, Field(min_length=0)] | date


class Text(Data):
    """Sentences, a paragraph each."""

    kind: Literal["text"]
    title: str = ""
    paragraphs: Annotated[tuple[str, ...], Field(min_length=1)]

    def lines(self) -> Iterator[str]:
        """What stands there, line by line."""
        yield from self.paragraphs


class Fields(Data):
    """Names with their values, as 办事指南 has them; what is missing on the site is missing here."""

    kind: Literal["fields"]
    title: str
    fields: Annotated[Mapping[str, str], Field(min_length=1)]

    def lines(self) -> Iterator[str]:
        """What stands there, line by line."""
        yield from (say("training.field", name=name, value=value) for name, value in self.fields.items())


class Table(Data):
    """A table; a cell that is empty on the site is empty here."""

    kind: Literal["table"]
    title: str = ""
    columns: Annotated[tuple[str, ...], Field(min_length=1)]
    rows: Annotated[tuple[tuple[Cell, ...], ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _filled(self) -> Self:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(say("training.cells", row=_line(row), number=len(self.columns)))
        return self

    def lines(self) -> Iterator[str]:
        """What stands there, line by line."""
        yield _line(self.columns)
        yield from (_line(row) for row in self.rows)


Block = Annotated[Text | Fields | Table, Field(discriminator="kind")]


class Page(Data):
    """A page as one sees it.

    Attributes:
        id: for passages that point to it.
        title: what it is.
        blocks: what stands on it, from above.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    title: str
    blocks: Annotated[tuple[Block, ...], Field(min_length=1)]

    def lines(self) -> tuple[str, ...]:
        """All that can be read on it, line by line; cells of a row stand in one line."""
        return (self.title, *(line for block in self.blocks for line in (block.title, *block.lines()) if line))


def shown(cell: str | date) -> str:
    """A cell as it is shown."""
    return cell.isoformat() if isinstance(cell, date) else cell


def _line(cells: tuple[str | date, ...]) -> str:
    return " | ".join(shown(cell) for cell in cells)
