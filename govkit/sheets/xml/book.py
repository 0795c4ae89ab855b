"""A workbook of filled sheets: the members of the template that changed, and all others deflated as they are."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from posixpath import basename, dirname, join, normpath

from openpyxl.utils import absolute_coordinate

from govkit.origin import HIDDEN
from govkit.sheets.form import quoted
from govkit.sheets.marks import Mark
from govkit.sheets.xml.cells import attribute, content
from govkit.sheets.xml.form import XmlForm
from govkit.sheets.xml.layout import Layout
from govkit.sheets.xml.package import deflated, often_deflated, zipped
from govkit.sheets.xml.tail import DRAWING_ID
from govkit.sheets.xml.template import XmlTemplate

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_TYPES = "[Content_Types].xml"
_WORKBOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
_HIDDEN_MEMBER = "xl/worksheets/govkit.xml"
_PICTURE_MEMBER = "xl/media/govkit.png"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_NAMES = re.compile(r"<definedNames\b[^>]*?(?:/>|>(.*?)</definedNames>)", re.DOTALL)
_NAME = re.compile(r"<definedName\b([^>]*)>(.*?)</definedName>", re.DOTALL)
_NAME_ATTRIBUTE = re.compile(r'\bname="([^"]*)"')
_LOCAL = re.compile(r'\blocalSheetId="(\d+)"')
_SHEET = re.compile(r"<sheet\b[^>]*/>")
_SHEET_ID = re.compile(r'\bsheetId="(\d+)"')
_SHEET_NAME = re.compile(r'\bname="[^"]*"')
_RELATION = re.compile(r"<Relationship\b[^>]*/>")
_ID, _TARGET = re.compile(r'\bId="([^"]*)"'), re.compile(r'\bTarget="([^"]*)"')
_ROW_OF_ANCHOR = re.compile(r"(<(?:\w+:)?row>)(\d+)(</(?:\w+:)?row>)")


@dataclass(frozen=True, slots=True)
class Filling:
    """A filled sheet with its block on the hidden one."""

    form: XmlForm
    hidden: Sequence[bytes]


def workbook(template: XmlTemplate, fillings: Sequence[Filling], picture: bytes | None) -> bytes:
    """The file.

    Args:
        template: of all sheets.
        fillings: the sheets, in their order; the first takes the place of the template's own.
        picture: what lies over marked sheets.
    """
    changed = dict(_changed(template, fillings, picture))
    kept = (member for name, member in template.members.items() if name not in changed)
    new = (
        often_deflated(name, data) if isinstance(data, str) else deflated(name, data) for name, data in changed.items()
    )
    return zipped([*kept, *new])


def _changed(
    template: XmlTemplate, fillings: Sequence[Filling], picture: bytes | None
) -> Iterator[tuple[str, bytes | str]]:
    """The members that differ from the template's: text where many workbooks have the same, else bytes."""
    members = [template.sheet_member, *(f"xl/worksheets/govkit{number}.xml" for number in range(2, len(fillings) + 1))]
    types, relations = [(_HIDDEN_MEMBER, _SHEET_TYPE)], [("rIdGovkitHidden", "worksheet", _HIDDEN_MEMBER)]
    for number, member in enumerate(members[1:], 2):
        types.append((member, _SHEET_TYPE))
        relations.append((f"rIdGovkit{number}", "worksheet", member))
    own_relations = template.part(name) if (name := _relations_of(template.sheet_member)) in template.members else ""
    drawing = _drawing_of(own_relations, template.sheet_member)
    for number, (member, filling) in enumerate(zip(members, fillings, strict=True)):
        yield member, filling.form.xml
        if number and own_relations:
            yield _relations_of(member), own_relations
        if number == 0 and (drawing or filling.form.marks):
            target = drawing or "xl/drawings/govkit.xml"
            yield from _drawing(template, filling.form, target, picture, is_new=not drawing)
            if not drawing:
                types.append((target, _DRAWING_TYPE))
                yield _relations_of(member), _related(own_relations, ((DRAWING_ID, "drawing", target),))
    rows = (row for filling in fillings for row in filling.hidden)
    start = f'{_DECLARATION}<worksheet xmlns="{_MAIN}"><sheetData>'.encode()
    yield _HIDDEN_MEMBER, b"".join((start, *rows, b"</sheetData></worksheet>"))
    yield "xl/styles.xml", template.styles.xml()
    yield "xl/workbook.xml", _kept_workbook(template, fillings)
    yield _WORKBOOK_RELATIONS, _related(template.part(_WORKBOOK_RELATIONS), tuple(relations))
    yield _TYPES, _with_types(template.part(_TYPES), tuple(types), has_picture=picture is not None)


def _kept_workbook(template: XmlTemplate, fillings: Sequence[Filling]) -> str:
    """The member workbook.xml: it depends on the layouts only, and those of single sheets are mostly one."""
    if len(fillings) > 1:
        return _workbook(template, fillings)
    known = fillings[0].form.layout.workbook
    if not known:
        known.append(_workbook(template, fillings))
    return known[0]


def _workbook(template: XmlTemplate, fillings: Sequence[Filling]) -> str:
    xml = template.workbook
    sheets = _SHEET.findall(xml)
    own = sheets[template.sheet_index]
    first_id = max(int(number) for sheet in sheets for number in _SHEET_ID.findall(sheet)) + 1
    renamed = _SHEET_NAME.sub(lambda _: f'name="{attribute(fillings[0].form.layout.filled.title)}"', own, count=1)
    added = [
        _sheet(filling.form.layout.filled.title, first_id + at, f"rIdGovkit{at + 2}")
        for at, filling in enumerate(fillings[1:])
    ]
    hidden = _sheet(HIDDEN, first_id + len(fillings), "rIdGovkitHidden", state="hidden")
    end = xml.index("</sheets>")
    xml = xml[:end].replace(own, renamed, 1) + "".join(added) + hidden + xml[end:]
    names = "".join(_names(template, fillings, len(sheets)))
    found = _NAMES.search(xml)
    defined = f"<definedNames>{names}</definedNames>"
    if found:
        return xml[: found.start()] + defined + xml[found.end() :]
    return xml.replace("</sheets>", f"</sheets>{defined}", 1)


def _sheet(title: str, number: int, relation: str, state: str = "visible") -> str:
    return (
        f'<sheet xmlns:r="{_OFFICE}" name="{attribute(title)}" sheetId="{number}" state="{state}" r:id="{relation}"/>'
    )


def _names(template: XmlTemplate, fillings: Sequence[Filling], sheets: int) -> Iterator[str]:
    """The names of the template that are not of the filled sheet as they are, and those of the filled sheets."""
    found = _NAMES.search(template.workbook)
    own = template.anatomy.places.keys()
    for attributes, text in _NAME.findall((found[1] or "") if found else ""):
        local, known = _LOCAL.search(attributes), _NAME_ATTRIBUTE.search(attributes)
        is_own = local and int(local[1]) == template.sheet_index
        if not is_own and not (local is None and known and html.unescape(known[1]) in own):
            yield f"<definedName{attributes}>{text}</definedName>"
    for number, filling in enumerate(fillings):
        index = template.sheet_index if number == 0 else sheets + number - 1
        layout = filling.form.layout
        title = quoted(layout.filled.title)
        scope = "" if len(fillings) == 1 else f' localSheetId="{index}"'
        for name, place in layout.places.items():
            yield _name(name, scope, f"{title}!{absolute_coordinate(place.ref)}")
        yield from _printed(layout, index, title)


def _printed(layout: Layout, index: int, title: str) -> Iterator[str]:
    local = f' localSheetId="{index}"'
    yield _name("_xlnm.Print_Area", local, f"{title}!{absolute_coordinate(layout.area.ref)}")
    if layout.heading:
        rows = f"${layout.heading.min_row}:${layout.heading.max_row}"
        yield _name("_xlnm.Print_Titles", local, f"{title}!{rows}")


def _name(name: str, local: str, reference: str) -> str:
    return f'<definedName name="{attribute(name)}"{local}>{content(reference)}</definedName>'


@lru_cache(maxsize=64)
def _related(xml: str, relations: tuple[tuple[str, str, str], ...]) -> str:
    """The relations of a member, with more."""
    xml = xml or f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}"></Relationships>'
    new = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="/{target}"/>' for name, kind, target in relations
    )
    return xml.replace("</Relationships>", f"{new}</Relationships>", 1)


@lru_cache(maxsize=64)
def _with_types(xml: str, types: tuple[tuple[str, str], ...], *, has_picture: bool) -> str:
    new = "".join(f'<Override PartName="/{member}" ContentType="{kind}"/>' for member, kind in types)
    if has_picture and 'Extension="png"' not in xml:
        new = f'<Default Extension="png" ContentType="image/png"/>{new}'
    return xml.replace("</Types>", f"{new}</Types>", 1)


def _relations_of(member: str) -> str:
    return join(dirname(member), "_rels", f"{basename(member)}.rels")


def _drawing_of(relations: str, member: str) -> str:
    """The member with the pictures of a sheet; empty where it has none."""
    for relation in _RELATION.findall(relations):
        target = _TARGET.search(relation)
        if f'{_OFFICE}/drawing"' in relation and target:
            path = target[1]
            return path.lstrip("/") if path.startswith("/") else normpath(join(dirname(member), path))
    return ""


def _drawing(
    template: XmlTemplate, form: XmlForm, member: str, picture: bytes | None, *, is_new: bool
) -> Iterator[tuple[str, bytes | str]]:
    """The pictures of a sheet: those of the template where their rows are now, and the marks over its pages."""
    if is_new:
        start = f'{_DECLARATION}<xdr:wsDr xmlns:xdr="{_DRAWING}/spreadsheetDrawing" xmlns:a="{_DRAWING}/main">'
        xml = f"{start}</xdr:wsDr>"
    else:
        xml = _ROW_OF_ANCHOR.sub(
            lambda row: f"{row[1]}{_moved(form.layout, int(row[2]))}{row[3]}", template.part(member)
        )
    anchors = "".join(_anchor(number, mark) for number, mark in enumerate(form.marks, 1))
    end = xml.rindex("</")
    yield member, (xml[:end] + anchors + xml[end:]).encode()
    if form.marks and picture:
        yield _PICTURE_MEMBER, picture
        name = _relations_of(member)
        old = template.part(name) if name in template.members else ""
        yield name, _related(old, (("rIdGovkitMark", "image", _PICTURE_MEMBER),))


def _moved(layout: Layout, row: int) -> int:
    """Where a row of an anchor, counted from 0, is now; in a row that is repeated, under the last of its lines."""
    below = [old for old in layout.rows if old > row]
    return layout.rows[min(below)] - (min(below) - row) if below else row


def _anchor(number: int, mark: Mark) -> str:
    """A picture on a sheet. Clause: ECMA-376, 20.5 (spreadsheetDrawing)."""
    corner = (
        f"<xdr:col>{mark.column}</xdr:col><xdr:colOff>{mark.right}</xdr:colOff>"
        f"<xdr:row>{mark.row}</xdr:row><xdr:rowOff>{mark.down}</xdr:rowOff>"
    )
    size = f'cx="{mark.width}" cy="{mark.height}"'
    return (
        f'<xdr:oneCellAnchor xmlns:xdr="{_DRAWING}/spreadsheetDrawing" xmlns:a="{_DRAWING}/main">'
        f"<xdr:from>{corner}</xdr:from><xdr:ext {size}/>"
        f'<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{10_000 + number}" name="govkit {number}"/><xdr:cNvPicPr/></xdr:nvPicPr>'
        f'<xdr:blipFill><a:blip xmlns:r="{_OFFICE}" r:embed="rIdGovkitMark"/><a:stretch><a:fillRect/></a:stretch>'
        f'</xdr:blipFill><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor>'
    )
