"""Pictures that stand on the sheets of a workbook, mostly screenshots as evidence, each with the cell it belongs to.

Read are, in an .xlsx, pictures over the cells and in them, as Excel and WPS put them there; in an .xls, pictures over
the cells. Metafiles are no screenshots, and pictures that are only linked have no content: both are left out.
"""

from dataclasses import dataclass

from govkit.reading.images.placed import suffix_of
from govkit.reading.images.xls import xls_pictures
from govkit.reading.images.xlsx import xlsx_pictures

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


@dataclass(frozen=True, slots=True)
class CellImage:
    """A picture on a sheet, at the cell under its upper left corner, or in which it is placed.

    A picture in a group of shapes stands at the cell of the group. One placed at a distance from the edge of the sheet
    rather than at a cell, which libraries can write but spreadsheet programs do not, stands at A1.
    """

    sheet: str
    row: int
    """Counted from 0, as in `Sheet.rows`."""
    column: int
    """Counted from 0."""
    last_row: int
    """The row in which it ends; `row` where it is in one cell, or where the file does not say."""
    content: bytes
    suffix: str
    """`.png`, `.jpeg`, `.gif`, `.bmp`, `.webp` or `.tiff`: by the first bytes of the content, not by its name."""


def read_images(content: bytes) -> list[CellImage]:
    """All pictures of an .xlsx or .xls, by sheet, row and column; none in any other file that is no zip.

    A picture whose part is missing or broken is left out, and so are all of a drawing that is broken; the others
    come through. The size of an .xlsx when unpacked is the caller's to check, as for its sheets.

    Raises:
        KeyError, etree.XMLSyntaxError, RuntimeError, and those of ZIP_DAMAGE: the workbook itself is damaged.
    """
    read = xls_pictures if content.startswith(_OLE) else xlsx_pictures if content.startswith(_ZIP) else None
    return [
        CellImage(sheet, picture.row, picture.column, picture.last_row, picture.content, suffix)
        for sheet, pictures in (read(content) if read else ())
        for picture in sorted(pictures, key=lambda picture: (picture.row, picture.column))
        if (suffix := suffix_of(picture.content))
    ]
