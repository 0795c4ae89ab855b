"""What stands in a Word document, and Word documents made by hand."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.enum.text import WD_COLOR_INDEX
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
