"""The styles of a template, with what its cells may need besides: the same looks, but text, unlocked, two decimals."""

import re

from govkit.sheets.xml.sheet import UnreadableXmlError

_FORMATS = re.compile(r"<cellXfs\b[^>]*>(.*?)</cellXfs>", re.DOTALL)
_FORMAT = re.compile(r"<xf\b((?:[^>\"]|\"[^\"]*\")*?)(?:/>|>(.*?)</xf>)", re.DOTALL)
_OVERRULED = re.compile(r'\s(?:numFmtId|quotePrefix|applyNumberFormat|applyProtection)="[^"]*"')
_PROTECTION = re.compile(r"<protection\b[^>]*/>")
_NUMBER_FORMAT = re.compile(r'\bnumFmtId="(\d+)"')
_LOOKS = re.compile(r"<dxfs\b[^>]*?(?:/>|>(.*?)</dxfs>)", re.DOTALL)
_LOOK = re.compile(r"<dxf\b")
_AFTER_LOOKS = ("<tableStyles", "<colors", "<extLst", "</styleSheet>")

TEXT, TWO_PLACES = "49", "2"
"""Number formats that every workbook has, by their numbers."""

_DAY = '<numFmt numFmtId="{number}" formatCode="yyyy-mm-dd"/>'  # as sheets write days, whatever the system likes
_OWN_NUMBER_FORMATS = re.compile(r"<numFmts\b[^>]*?(?:/>|>(.*?)</numFmts>)", re.DOTALL)
_NUMBER_OF_FORMAT = re.compile(r'<numFmt\b[^>]*\bnumFmtId="(\d+)"')
_FIRST_OWN_FORMAT = 164
_ROOT = re.compile(r"<styleSheet\b[^>]*>")
_TO_FILL = '<dxf><fill><patternFill><bgColor rgb="FFFFF2CC"/></patternFill></fill></dxf>'


class Styles:
    """The styles of a workbook. Those that it has stay as they are, and where they are; others come after them.

    Args:
        xml: of the member styles.xml.

    Raises:
        UnreadableXmlError: it has no formats of cells.
    """

    def __init__(self, xml: str) -> None:
        self._xml = xml
        formats = _FORMATS.search(xml)
        if formats is None:
            raise UnreadableXmlError
        self._end = formats.end(1)
        self._formats = _FORMAT.findall(formats[1])
        self._written = 0, ""  # the number of formats, and the member with all of them
        self._added: dict[tuple[str, str, bool, bool], str] = {}
        own = map(int, _NUMBER_OF_FORMAT.findall(xml))
        self.day = str(max([_FIRST_OWN_FORMAT, *(number + 1 for number in own)]))
        looks = _LOOKS.search(xml)
        self.to_fill = len(_LOOK.findall(looks[1] or "")) if looks else 0

    def like(self, style: str, *, number_format: str = "", quoted: bool = False, unlocked: bool = False) -> str:
        """The number of a style like another.

        Args:
            style: the other; "" is the standard style.
            number_format: that of the new one; "" is the same.
            quoted: whether the text stays text when somebody edits the cell.
            unlocked: whether the cell can be edited where the sheet is protected.
        """
        if not (number_format or quoted or unlocked):
            return style
        key = (style, number_format, quoted, unlocked)
        if key not in self._added:
            attributes, children = self._formats[int(style or 0)]
            old = _NUMBER_FORMAT.search(attributes)
            wanted = number_format or (old[1] if old else "0")
            own = _OVERRULED.sub("", attributes).strip()
            own += f' numFmtId="{wanted}" applyNumberFormat="1"' + ' quotePrefix="1"' * quoted
            own += ' applyProtection="1"' * unlocked
            inside = _PROTECTION.sub("", children) + '<protection locked="0"/>' if unlocked else children
            self._added[key] = f"<xf {own}>{inside}</xf>" if inside else f"<xf {own}/>"
        return str(len(self._formats) + list(self._added).index(key))

    def prepare(self, style: str) -> None:
        """Number what cells of a style may need, so that a sheet does not depend on those that were made before."""
        for quoted in (False, True):
            for unlocked in (False, True):
                self.like(style, quoted=quoted, unlocked=unlocked)
        self.like(style, number_format=TEXT, quoted=True)
        self.like(style, number_format=TWO_PLACES)
        self.like(style, number_format=self.day, unlocked=True)

    def xml(self) -> str:
        """The member styles.xml."""
        number = len(self._formats) + len(self._added)
        if self._written[0] != number:
            self._written = number, self._with_added(number)
        return self._written[1]

    def _with_added(self, number: int) -> str:
        head = self._xml[: self._end]
        at = head.rindex("<cellXfs")
        head = head[:at] + re.sub(r'count="\d+"', f'count="{number}"', head[at:], count=1)
        return self._with_day(self._with_looks(head + "".join(self._added.values()) + self._xml[self._end :]))

    def _with_day(self, xml: str) -> str:
        """The number format of days, after those of the template: they come first in the member."""
        formats, root = _OWN_NUMBER_FORMATS.search(xml), _ROOT.search(xml)
        if root is None:
            raise UnreadableXmlError
        inside = (formats[1] or "") if formats else ""
        start, end = formats.span() if formats else (root.end(), root.end())
        number = len(_NUMBER_OF_FORMAT.findall(inside)) + 1
        new = f'<numFmts count="{number}">{inside}{_DAY.format(number=self.day)}</numFmts>'
        return xml[:start] + new + xml[end:]

    def _with_looks(self, xml: str) -> str:
        """The looks that cells take on by what is in them, after those of the template."""
        looks = _LOOKS.search(xml)
        inside = (looks[1] or "") if looks else ""
        new = f'<dxfs count="{self.to_fill + 1}">{inside}{_TO_FILL}</dxfs>'
        if looks:
            return xml[: looks.start()] + new + xml[looks.end() :]
        at = min(place for sign in _AFTER_LOOKS if (place := xml.find(sign)) >= 0)
        return xml[:at] + new + xml[at:]
