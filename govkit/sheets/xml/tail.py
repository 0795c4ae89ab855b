"""The XML of a filled sheet around its cells: merged cells, pages, footers, and what may be typed where."""

import html
import re
from collections.abc import Iterable, Mapping, Sequence

from govkit.messages import say
from govkit.sheets import text as texts
from govkit.sheets.anatomy import FOOTER_LIMIT
from govkit.sheets.errors import OutputError
from govkit.sheets.values import Rule
from govkit.sheets.xml.cells import attribute, content
from govkit.sheets.xml.layout import Area
from govkit.sheets.xml.sheet import Element
from govkit.sheets.xml.template import XmlTemplate

# The order in which the standard (ECMA-376, CT_Worksheet) wants what follows the cells.
_ORDER = (
    *("sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate"),
    *("customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks"),
    *("printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties"),
    *("cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "picture"),
    *("oleObjects", "controls", "webPublishItems", "tableParts", "extLst"),
)
_PROTECTION = (
    '<sheetProtection sheet="1" objects="0" scenarios="0" formatCells="0" formatColumns="0" formatRows="0"'
    ' selectLockedCells="0"/>'
)
_RELATIONS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
DRAWING_ID = "rIdGovkitDrawing"
_DIMENSION = re.compile(r'ref="([A-Z]+)([0-9]+):([A-Z]+)[0-9]+"')
_FIT = re.compile(r'\sfitToHeight="[^"]*"')
_PRINTED = re.compile(r"(<(?:odd|even|first)(?:Header|Footer)>)(.*?)(</)", re.DOTALL)
_VALIDATIONS = re.compile(r"<dataValidations\b[^>]*>(.*?)</dataValidations>", re.DOTALL)
_VALIDATION = re.compile(r"<dataValidation\b")


def sheet_xml(  # noqa: PLR0913 - the parts of a sheet
    template: XmlTemplate,
    rows: Sequence[bytes],
    *,
    merges: Sequence[Area],
    breaks: Sequence[int],
    one_page: bool,
    footer: Mapping[str, str],
    rules: Sequence[tuple[str, Rule]] | None,
    last: int,
    marked: bool,
) -> bytes:
    """A sheet whole.

    Args:
        template: what stays as it is.
        rows: the XML of the rows.
        merges: all merged ranges.
        breaks: the rows that begin a further page.
        one_page: whether everything is shrunk to one page.
        footer: what replaces each 【word】 in headers and footers.
        rules: the cells to fill in with their rules; None where all is open to editing.
        last: the last row.
        marked: whether there are pictures over its pages.

    Raises:
        OutputError: headers and footers are longer than Excel can read.
    """
    raw = template.sheet
    before = "".join(_with_last(element, last) for element in raw.before)
    after = {element.name: "" for element in raw.after}
    for element in raw.after:
        after[element.name] += element.xml
    after |= {"mergeCells": _merge_cells(merges), "rowBreaks": _row_breaks(breaks)}
    if one_page and "pageSetup" in after:
        after["pageSetup"] = _FIT.sub("", after["pageSetup"]).replace("<pageSetup", '<pageSetup fitToHeight="1"', 1)
    if "headerFooter" in after:
        key = tuple(footer.items())
        if key not in template.printed:
            template.printed[key] = _printed(template, after["headerFooter"], footer)
        after["headerFooter"] = template.printed[key]
    if marked and "drawing" not in after:
        after["drawing"] = f'<drawing {_RELATIONS} r:id="{DRAWING_ID}"/>'
    if rules is not None:
        after["sheetProtection"] = _PROTECTION
        after["dataValidations"] = _validations(after.get("dataValidations", ""), rules)
        after["conditionalFormatting"] = after.get("conditionalFormatting", "") + _highlights(template, rules)
    ordered = sorted(after.items(), key=lambda pair: _ORDER.index(pair[0]) if pair[0] in _ORDER else len(_ORDER))
    end = f"</sheetData>{''.join(xml for _, xml in ordered)}{raw.end}"
    return b"".join((f"{raw.start}{before}<sheetData>".encode(), *rows, end.encode()))


def _with_last(element: Element, last: int) -> str:
    if element.name != "dimension":
        return element.xml
    return _DIMENSION.sub(rf'ref="\g<1>\g<2>:\g<3>{last}"', element.xml)


def _merge_cells(merges: Sequence[Area]) -> str:
    if not merges:
        return ""
    ranges = "".join(f'<mergeCell ref="{merge.ref}"/>' for merge in merges)
    return f'<mergeCells count="{len(merges)}">{ranges}</mergeCells>'


def _row_breaks(breaks: Sequence[int]) -> str:
    if not breaks:
        return ""
    ends = "".join(f'<brk id="{row - 1}" min="0" max="16383" man="1"/>' for row in breaks)
    return f'<rowBreaks count="{len(breaks)}" manualBreakCount="{len(breaks)}">{ends}</rowBreaks>'


def _printed(template: XmlTemplate, xml: str, words: Mapping[str, str]) -> str:
    """Headers and footers with their words replaced."""

    def replaced(found: re.Match[str]) -> str:
        text = html.unescape(found[2])
        for word, value in words.items():
            text = text.replace(f"【{word}】", texts.clean(value).replace("&", "&&"))
        if len(text) > FOOTER_LIMIT:
            raise OutputError(say("sheet.footer_long", file=template.file_name, limit=FOOTER_LIMIT))
        return f"{found[1]}{content(text)}{found[3]}"

    return _PRINTED.sub(replaced, xml)


def _validations(old: str, rules: Iterable[tuple[str, Rule]]) -> str:
    """What may be typed into which cells, after what the template says of its own."""
    cells: dict[Rule, list[str]] = {}
    for reference, rule in rules:
        cells.setdefault(rule, []).append(reference)
    own = _VALIDATIONS.search(old)
    inside = own[1] if own else ""
    new = "".join(_validation(rule, references) for rule, references in cells.items())
    number = len(_VALIDATION.findall(inside)) + len(cells)
    return f'<dataValidations count="{number}">{inside}{new}</dataValidations>'


def _validation(rule: Rule, cells: Sequence[str]) -> str:
    attributes = f'allowBlank="1" showInputMessage="1" prompt="{attribute(rule.prompt)}" sqref="{" ".join(cells)}"'
    if not rule.kind:
        return f"<dataValidation {attributes}/>"
    attributes += f' type="{rule.kind}" showErrorMessage="1" error="{attribute(rule.error)}"'
    if rule.kind == "list":
        return f'<dataValidation {attributes}><formula1>"{content(rule.first)}"</formula1></dataValidation>'
    if not rule.last:
        attributes += ' operator="greaterThanOrEqual"'
    limits = f"<formula1>{rule.first}</formula1>" + (f"<formula2>{rule.last}</formula2>" if rule.last else "")
    return f"<dataValidation {attributes}>{limits}</dataValidation>"


def _highlights(template: XmlTemplate, rules: Sequence[tuple[str, Rule]]) -> str:
    """Cells that must be filled in are coloured while they are blank.

    Programs disagree on which of several areas a formula starts from, but not where all are in one column.
    """
    columns: dict[str, list[str]] = {}
    for reference, rule in rules:
        if rule.must:
            columns.setdefault(reference.rstrip("0123456789"), []).append(reference)
    found = []
    for cells in columns.values():
        cells.sort(key=lambda cell: (len(cell), cell))
        formula = f"<formula>LEN({cells[0]})=0</formula>"
        shown = f'<cfRule type="expression" dxfId="{template.styles.to_fill}" priority="1001">{formula}</cfRule>'
        found.append(f'<conditionalFormatting sqref="{" ".join(cells)}">{shown}</conditionalFormatting>')
    return "".join(found)
