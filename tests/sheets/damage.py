"""What makes a workbook damaged to Excel, as far as that is known: nothing else here is as strict."""

from io import BytesIO
from itertools import combinations
from posixpath import dirname, join, normpath
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from openpyxl.worksheet.cell_range import CellRange

from tests.sheets.filled import sheet_members

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# Clause: ECMA-376, CT_Worksheet.
ORDER = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]
_COUNTED = ("mergeCells", "dataValidations", "rowBreaks")


def members(content: bytes) -> dict[str, bytes]:
    """The members of a file."""
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def parsed(data: bytes) -> ET.Element:
    """The root of a member."""
    return ET.fromstring(data)  # noqa: S314 - written by govkit


def damage(content: bytes) -> list[str]:
    """What is wrong with a workbook, as far as Excel is known to complain of it."""
    parts = members(content)
    trees = {name: parsed(data) for name, data in parts.items() if name.endswith((".xml", ".rels"))}
    wrong = []
    types = trees["[Content_Types].xml"]
    known = {str(each.get("PartName")).lstrip("/") for each in types} | {str(each.get("Extension")) for each in types}
    wrong += [f"no type: {name}" for name in parts if name not in known and name.rpartition(".")[2] not in known]
    for name, tree in trees.items():
        if name.endswith(".rels"):
            of = dirname(dirname(name))
            targets = [str(each.get("Target")) for each in tree if each.get("TargetMode") != "External"]
            wrong += [f"{name}: {each}" for each in targets if normpath(join("/", of, each)).lstrip("/") not in parts]
    formats = len(trees["xl/styles.xml"].findall(f"{MAIN}cellXfs/{MAIN}xf"))
    for title, member in sheet_members(content).items():
        wrong += [f"{title}: {each}" for each in _damage_of_sheet(trees[member], formats)]
    return wrong


def _damage_of_sheet(sheet: ET.Element, formats: int) -> list[str]:
    order = [ORDER.index(child.tag.removeprefix(MAIN)) for child in sheet]
    wrong = ["order"] if order != sorted(order) else []
    counted = [each for name in _COUNTED for each in sheet.findall(f"{MAIN}{name}")]
    wrong += [f"count of {each.tag}" for each in counted if each.get("count") != str(len(each))]
    rows = [int(row.get("r", 0)) for row in sheet.iter(f"{MAIN}row")]
    cells = [[cell.get("r", "") for cell in row] for row in sheet.iter(f"{MAIN}row")]
    if rows != sorted(set(rows)) or any(len(each) > len(set(each)) for each in cells):
        wrong.append("rows")
    for row, own in zip(rows, cells, strict=True):
        letters = [each.removesuffix(str(row)) for each in own]
        if letters != sorted(letters, key=lambda each: (len(each), each)) or not all(map(str.isalpha, letters)):
            wrong.append(f"cells of row {row}")
    wrong += [f"style of {c.get('r')}" for c in sheet.iter(f"{MAIN}c") if int(c.get("s", 0)) >= formats]
    wrong += [f"text in {c.get('r')}" for c in sheet.iter(f"{MAIN}c") if len("".join(c.itertext())) > 32_767]
    merges = [CellRange(str(merge.get("ref"))) for merge in sheet.iter(f"{MAIN}mergeCell")]
    wrong += [f"{one}, {other}" for one, other in combinations(merges, 2) if not one.isdisjoint(other)]
    return wrong
