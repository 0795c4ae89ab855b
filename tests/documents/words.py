"""What stands in a Word document, and Word documents made by hand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Emu
from docx.table import Table
from docx.text.paragraph import Paragraph


def paragraphs(content: bytes) -> list[str]:
    """The paragraphs of a document that say something, outside its tables."""
    return [text for paragraph in Document(BytesIO(content)).paragraphs if (text := paragraph.text)]


def tables(content: bytes) -> list[list[list[str]]]:
    """The tables of a document: rows of cells."""
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(BytesIO(content)).tables]


def marked(content: bytes) -> list[str]:
    """The words of a document that have a yellow ground."""
    document = Document(BytesIO(content))
    cells = (cell for table in document.tables for cell in _cells(table))
    all_paragraphs = [*document.paragraphs, *(paragraph for cell in cells for paragraph in cell)]
    runs = (run for paragraph in all_paragraphs for run in paragraph.runs)
    return [run.text for run in runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW]


def _cells(table: Table) -> Iterator[list[Paragraph]]:
    yield from (cell.paragraphs for row in table.rows for cell in row.cells)


def template(folder: Path, lines: Iterable[str]) -> str:
    """A template with these paragraphs, each of one run in bold; returns its path."""
    document = Document()
    for line in lines:
        document.add_paragraph().add_run(line).bold = True
    path = folder / "模板.docx"
    document.save(str(path))
    return str(path)


@dataclass(frozen=True)
class Shown:
    """A picture of a document: the file, its size in millimetres, and what is told to those who cannot see it."""

    content: bytes
    width: float
    height: float
    told: str


def pictures(content: bytes) -> list[Shown]:
    """The pictures of a document, in order."""
    document = Document(BytesIO(content))
    inlines: list[Any] = list(document.element.body.iter(qn("wp:inline")))
    found = []
    for inline in inlines:
        (blip,) = inline.iter(qn("a:blip"))
        part: Any = document.part.related_parts[blip.get(qn("r:embed"))]
        extent = inline.extent
        found.append(Shown(part.blob, Emu(extent.cx).mm, Emu(extent.cy).mm, inline.docPr.get("descr")))
    return found
