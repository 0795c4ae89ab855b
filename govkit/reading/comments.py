"""The comments (批注) on the cells of a workbook: where they are."""

import io
import zipfile

import xlrd

from govkit.reading.images.package import Package
from govkit.reading.ooxml import sheet_members
from govkit.reading.sheet import address_of

_ZIP = b"PK"


def commented_cells(content: bytes) -> dict[str, list[str]]:
    """The addresses ("H12") of the cells with comments, by the names of the sheets of an .xlsx or .xls.

    Raises:
        KeyError, etree.XMLSyntaxError, RuntimeError, and those of ZIP_DAMAGE: the workbook is damaged.
    """
    if not content.startswith(_ZIP):
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
        return {sheet.name: [address_of(*at) for at in sorted(sheet.cell_note_map)] for sheet in book.sheets()}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        package = Package(archive)
        found: dict[str, list[str]] = {}
        for name, member in sheet_members(archive):
            roots = [package.tree(part) for part in package.related(member, "comments").values()]
            comments = (comment for root in roots if root is not None for comment in root.iter("{*}comment"))
            found[name] = [comment.get("ref", "") for comment in comments]
        return found
