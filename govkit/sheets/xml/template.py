"""A template taken apart for filling many times: its parts that change as text, the others deflated as they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import join, normpath
from xml.etree import ElementTree as ET
from zipfile import BadZipFile

from govkit.messages import say
from govkit.sheets.anatomy import Anatomy, Slot, anatomy, box_of, slot_of
from govkit.sheets.errors import OutputError
from govkit.sheets.kept import Kept
from govkit.sheets.template import open_template, template_bytes
from govkit.sheets.xml.layout import Area, Layout, Spread, area_like, last_row, lay_out
from govkit.sheets.xml.package import Member, members_of, unpacked
from govkit.sheets.xml.sheet import RawSheet, UnreadableXmlError, take_apart
from govkit.sheets.xml.styles import Styles

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LAYOUTS_KEPT = 64


@dataclass(frozen=True, slots=True)
class XmlTemplate:
    """A template.

    Attributes:
        file_name: for messages.
        anatomy: what is where.
        rows: the names of the rows that are repeated or removed, each with the names of its cells.
        slots: all named cells that are written to.
        in_rows: those of repeated rows.
        boxes: the merged cells of which named cells are a part.
        members: the members of the file, by name.
        sheet_member: the name of the member of the sheet.
        sheet: the sheet, taken apart.
        sheet_index: its place among the sheets.
        workbook: the member workbook.xml.
        styles: all styles.
        row_heights: by number, of all rows up to the last that has something.
        needed: the heights of lines, by the `Common` that stands for their values.
        printed: headers and footers, by the words in them.
        parts: members as text, by name.
    """

    file_name: str
    anatomy: Anatomy
    rows: Mapping[str, Sequence[str]]
    slots: Mapping[str, Slot]
    in_rows: Mapping[str, Slot]
    boxes: Mapping[str, Area]
    members: Mapping[str, Member]
    sheet_member: str
    sheet: RawSheet
    sheet_index: int
    workbook: str
    styles: Styles
    row_heights: Sequence[float]
    needed: Kept[float] = field(default_factory=Kept)
    parts: dict[str, str] = field(default_factory=dict)
    printed: Kept[str] = field(default_factory=Kept)
    _layouts: dict[object, Layout] = field(default_factory=dict)

    def layout(self, title: str, removed: Sequence[str], spread: Spread) -> Layout:
        """Where everything comes to be."""
        key = (title, tuple(removed), tuple((name, tuple(keys)) for name, keys in spread))
        if key not in self._layouts:
            if len(self._layouts) == _LAYOUTS_KEPT:
                self._layouts.clear()
            spread_names = {cell for row, _ in spread for cell in self.rows[row]}
            slots = {name: slot for name, slot in self.in_rows.items() if name in spread_names}
            self._layouts[key] = lay_out(self.anatomy, self.rows.keys(), slots, title, removed, spread)
        return self._layouts[key]

    def style(self, row: int, column: int) -> str:
        """The style of a cell of the template."""
        raw = self.sheet.rows.get(row)
        cell = raw.cells.get(column) if raw else None
        return cell.style if cell else ""

    def part(self, name: str) -> str:
        """A member as text."""
        if name not in self.parts:
            self.parts[name] = unpacked(self.members[name]).decode("utf-8-sig")
        return self.parts[name]


def load_xml_template(file_name: str, cells: Iterable[str], rows: Mapping[str, Sequence[str]]) -> XmlTemplate:
    """Take a template apart.

    Args:
        file_name: of the template.
        cells: the names of the cells that will be written to.
        rows: the names of the rows that will be repeated or removed, each with the names of its cells.

    Raises:
        OutputError: it is missing, no workbook, lacks names, or is not written as spreadsheet programs write.
    """
    workbook = open_template(file_name)
    wanted = list(cells)
    found = anatomy(workbook, file_name, wanted, rows)
    names = [*wanted, *(name for own in rows.values() for name in own)]
    slots = {name: slot_of(found.sheet, found.geometry, found.places[name]) for name in names}
    try:
        members = {member.name: member for member in members_of(template_bytes(file_name))}
        index, sheet_member = _sheet_member(members, str(found.sheet.title))
        template = XmlTemplate(
            file_name,
            found,
            rows,
            slots,
            {name: slots[name] for own in rows.values() for name in own},
            {name: area_like(box_of(found.sheet, found.places[name])) for name in names},
            members,
            sheet_member,
            take_apart(unpacked(members[sheet_member])),
            index,
            unpacked(members["xl/workbook.xml"]).decode("utf-8-sig"),
            Styles(unpacked(members["xl/styles.xml"]).decode("utf-8-sig")),
            [found.geometry.row_height(row) for row in range(last_row(found) + 1)],
        )
        for box in template.boxes.values():
            for column in range(box.min_col, box.max_col + 1):
                template.styles.prepare(template.style(box.min_row, column))
    except (BadZipFile, KeyError, ValueError, UnreadableXmlError, ET.ParseError) as error:
        raise OutputError(say("sheet.bad_template", file=file_name)) from error
    return template


def _sheet_member(members: Mapping[str, Member], title: str) -> tuple[int, str]:
    workbook = ET.fromstring(unpacked(members["xl/workbook.xml"]))  # noqa: S314 - the office's own template
    relations = ET.fromstring(unpacked(members["xl/_rels/workbook.xml.rels"]))  # noqa: S314
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for index, sheet in enumerate(workbook.iter(f"{_MAIN}sheet")):
        if sheet.get("name") == title:
            target = targets[sheet.get(_REL)]
            return index, target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
    raise KeyError(title)
