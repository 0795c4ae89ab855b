"""Pictures on sheets: each comes out byte for byte, with the cell it belongs to; a broken one spoils no other."""

import io
import random
import subprocess
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from struct import pack

import openpyxl
import pytest
from lxml import etree
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AbsoluteAnchor, AnchorMarker, TwoCellAnchor
from openpyxl.drawing.xdr import XDRPoint2D, XDRPositiveSize2D

from govkit.reading.images import CellImage, read_images
from govkit.reading.ooxml import ZIP_DAMAGE
from tests.conftest import CONVERSION_SECONDS

Members = dict[str, str | bytes]
"""What is in a zip."""

DAMAGE = (KeyError, etree.XMLSyntaxError, RuntimeError, *ZIP_DAMAGE)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RICH = "http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"
DRAWING = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    f'xmlns:r="{OFFICE}" xmlns:s="{STRICT}"'
)


def png(shade: int, width: int = 4) -> bytes:
    """A picture of noise, so that it packs to about 3 × width × width bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return pack(">I", len(body)) + kind + body + pack(">I", zlib.crc32(kind + body))

    noise = random.Random(shade)  # noqa: S311 - no secret
    pixels = b"".join(b"\0" + noise.randbytes(3 * width) for _ in range(width))
    head = chunk(b"IHDR", pack(">IIBBBBB", width, width, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


RED, BLUE, LARGE = png(1), png(2), png(3, 100)
EMF = pack("<II", 1, 108) + b"\0" * 100


# .xlsx by hand ----------------------------------------------------------------------------------------------------


def relations(*lines: str) -> str:
    """A part of relationships; a line is name, kind, target, and External for what lies outside."""
    return f'<Relationships xmlns="{PACKAGE}">{"".join(map(relation, lines))}</Relationships>'


def relation(line: str) -> str:
    """One relationship."""
    name, kind, target, *mode = line.split()
    mode_text = f' TargetMode="{mode[0]}"' if mode else ""
    return f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"{mode_text}/>'


def xlsx(members: Members, sheets: tuple[str, ...] = ("评分表",)) -> bytes:
    """A workbook of empty sheets, and these members."""
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1))
    parts: Members = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            *(f"rId{n} worksheet worksheets/sheet{n}.xml" for n in range(1, len(sheets) + 1))
        ),
        **{f"xl/worksheets/sheet{n}.xml": cells() for n in range(1, len(sheets) + 1)},
        "xl/media/image1.png": RED,
        "xl/media/image2.png": BLUE,
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in (parts | members).items():
            archive.writestr(name, part)
    return content.getvalue()


def cells(*of_rows: str) -> str:
    """A sheet of these cells."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(f"<row>{row}</row>" for row in of_rows)}</sheetData></worksheet>'


def drawing(*anchors: str, images: tuple[str, ...] = (), sheet: int = 1) -> Members:
    """The members of a drawing on a sheet. Without other images, `red` and `blue` name the workbook's two."""
    images = images or ("red image ../media/image1.png", "blue image ../media/image2.png")
    return {
        f"xl/worksheets/_rels/sheet{sheet}.xml.rels": relations(f"rId1 drawing ../drawings/drawing{sheet}.xml"),
        f"xl/drawings/drawing{sheet}.xml": f"<xdr:wsDr {DRAWING}>{''.join(anchors)}</xdr:wsDr>",
        f"xl/drawings/_rels/drawing{sheet}.xml.rels": relations(*images),
    }


def anchor(row: int, column: int, content: str) -> str:
    """Something at a cell."""
    corner = f"<xdr:col>{column}</xdr:col><xdr:colOff>5</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>5</xdr:rowOff>"
    return f'<xdr:oneCellAnchor><xdr:from>{corner}</xdr:from><xdr:ext cx="9" cy="9"/>{content}</xdr:oneCellAnchor>'


def pic(blip: str, name: str = "图片 1") -> str:
    """A picture of a drawing."""
    return (
        f'<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="{name}"/><xdr:cNvPicPr/></xdr:nvPicPr>'
        f"<xdr:blipFill>{blip}<a:stretch/></xdr:blipFill><xdr:spPr/></xdr:pic>"
    )


def either(*ways: str) -> str:
    """What is written in several ways."""
    first, *others = ways
    fallbacks = "".join(f"<mc:Fallback>{way}</mc:Fallback>" for way in others)
    return f'<mc:AlternateContent><mc:Choice Requires="a14">{first}</mc:Choice>{fallbacks}</mc:AlternateContent>'


def blip(name: str) -> str:
    """What a picture shows."""
    return f'<a:blip r:embed="{name}"/>'


def found(content: bytes) -> list[tuple[str, int, int, bytes]]:
    """Sheet, row, column and content of what is read."""
    return [(image.sheet, image.row, image.column, image.content) for image in read_images(content)]


def test_pictures_over_cells() -> None:
    """By sheet, row and column, whatever the order in the file; the same picture may stand in many places."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = "评分表"
    second = book.create_sheet("问题清单")
    for sheet, cell, content in [
        (second, "A2", RED),
        (book.worksheets[0], "C5", BLUE),
        (book.worksheets[0], "D3", LARGE),
        (book.worksheets[0], "B3", RED),
    ]:
        sheet.add_image(Image(io.BytesIO(content)), cell)
    saved = io.BytesIO()
    book.save(saved)
    assert read_images(saved.getvalue()) == [
        CellImage("评分表", 2, 1, 2, RED, ".png"),
        CellImage("评分表", 2, 3, 2, LARGE, ".png"),
        CellImage("评分表", 4, 2, 4, BLUE, ".png"),
        CellImage("问题清单", 1, 0, 1, RED, ".png"),
    ]


@pytest.mark.parametrize(("end", "offset", "last_row"), [(6, 190_080, 6), (6, 0, 5), (2, 9_525, 2), (1, 9_525, 2)])
def test_row_in_which_a_picture_ends(end: int, offset: int, last_row: int) -> None:
    """That of its lower edge. A picture that fits its cells exactly does not reach into the next one."""
    book = openpyxl.Workbook()
    image = Image(io.BytesIO(RED))
    image.anchor = TwoCellAnchor(_from=AnchorMarker(1, 0, 2, 0), to=AnchorMarker(2, 0, end, offset))
    book.worksheets[0].add_image(image)
    saved = io.BytesIO()
    book.save(saved)
    assert [(image.row, image.last_row) for image in read_images(saved.getvalue())] == [(2, last_row)]


def test_picture_at_no_cell() -> None:
    """One placed at a distance from the sheet's edge stands at A1, rather than being lost."""
    book = openpyxl.Workbook()
    image = Image(io.BytesIO(RED))
    image.anchor = AbsoluteAnchor(pos=XDRPoint2D(9_000_000, 9_000_000), ext=XDRPositiveSize2D(9525, 9525))
    book.worksheets[0].add_image(image)
    saved = io.BytesIO()
    book.save(saved)
    assert found(saved.getvalue()) == [("Sheet", 0, 0, RED)]


def test_pictures_in_groups() -> None:
    """Those in a group within a group have the place of the outer one."""
    group = f"<xdr:grpSp>{pic(blip('red'))}<xdr:grpSp>{pic(blip('blue'))}</xdr:grpSp></xdr:grpSp>"
    assert found(xlsx(drawing(anchor(4, 2, group)))) == [("评分表", 4, 2, RED), ("评分表", 4, 2, BLUE)]


@pytest.mark.parametrize(
    "anchors",
    [
        anchor(4, 2, either(pic(blip("red")), pic(blip("blue")))),
        anchor(4, 2, either("<xdr:sp/>", pic(blip("red")))),
        anchor(4, 2, either(pic(blip("pdf")), pic(blip("red")), pic(blip("blue")))),
        anchor(4, 2, pic(either(blip("pdf"), blip("red")))),
        either(anchor(4, 2, either(pic(blip("red")), pic(blip("blue")))), anchor(5, 2, pic(blip("blue")))),
    ],
)
def test_pictures_written_in_several_ways(anchors: str) -> None:
    """For programs old and new: the first that is a picture comes out, once."""
    images = ("red image ../media/image1.png", "blue image ../media/image2.png", "pdf image ../media/image3.pdf")
    members = drawing(anchors, images=images) | {"xl/media/image3.pdf": b"%PDF-1.7"}
    assert found(xlsx(members)) == [("评分表", 4, 2, RED)]


@pytest.mark.parametrize("target", ["../media/image1.png", "/xl/media/image1.png", "/xl/Media/Image1.PNG"])
def test_targets(target: str) -> None:
    """Relationships lead on from their part, or from the root of the file; capital letters make no difference."""
    assert found(xlsx(drawing(anchor(1, 1, pic(blip("x"))), images=(f"x image {target}",)))) == [("评分表", 1, 1, RED)]


def test_strict_files() -> None:
    """Files saved as “Strict Open XML” name their relationships in another way."""
    assert found(xlsx(drawing(anchor(1, 1, pic('<a:blip s:embed="red"/>'))))) == [("评分表", 1, 1, RED)]


def test_linked_pictures() -> None:
    """They have no content, unless they are kept in the file as well."""
    anchors = [
        anchor(1, 0, pic('<a:blip r:link="out"/>')),
        anchor(2, 0, pic('<a:blip r:embed="out"/>')),
        anchor(3, 0, pic('<a:blip r:embed="red" r:link="out"/>')),
    ]
    images = ("out image ../media/image1.png External", "red image ../media/image1.png")
    assert found(xlsx(drawing(*anchors, images=images))) == [("评分表", 3, 0, RED)]


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (RED, ".png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", ".jpeg"),
        (b"GIF89a\1\0\1\0", ".gif"),
        (b"BM\x46\0\0\0", ".bmp"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", ".webp"),
        (b"II*\0\x08\0\0\0", ".tiff"),
        (b"MM\0*\0\0\0\x08", ".tiff"),
        (EMF, None),
        (b"\xd7\xcd\xc6\x9a\0\0", None),
        (b"RIFF\x24\0\0\0WAVEfmt ", None),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', None),
        (b"", None),
    ],
)
def test_kinds_of_pictures(content: bytes, suffix: str | None) -> None:
    """The first bytes tell what it is, not the name. Metafiles and other things are no screenshots."""
    members = drawing(anchor(1, 1, pic(blip("red")))) | {"xl/media/image1.png": content}
    assert [(image.content, image.suffix) for image in read_images(xlsx(members))] == [(content, suffix)] * bool(suffix)


# In cells ---------------------------------------------------------------------------------------------------------


def wps(*pictures: tuple[str, str]) -> Members:
    """The members in which WPS keeps the pictures in cells: their names, with the media that they are."""
    stored = "".join(
        f"<etc:cellImage>{pic(blip(f'rId{n}'), name)}</etc:cellImage>" for n, (name, _) in enumerate(pictures)
    )
    space = 'xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"'
    return {
        "xl/cellimages.xml": f"<etc:cellImages {space} {DRAWING}>{stored}</etc:cellImages>",
        "xl/_rels/cellimages.xml.rels": relations(
            *(f"rId{n} image {target}" for n, (_, target) in enumerate(pictures))
        ),
    }


WPS = wps(("ID_A1", "media/image2.png"), ("ID_B2", "/xl/media/image1.png"))


def dispimg(cell: str, formula: str) -> str:
    """A cell as WPS writes it."""
    return f'<c r="{cell}" t="str"><f>{formula}</f><v>=DISPIMG(&quot;ID_A1&quot;,1)</v></c>'


def test_pictures_in_cells_by_wps() -> None:
    """A cell names its picture in a formula, which other programs may have written anew."""
    sheet = cells(
        dispimg("E2", "_xlfn.DISPIMG(&quot;ID_B2&quot;,1)") + dispimg("D2", "DISPIMG(&quot;ID_A1&quot;,1)"),
        '<c r="B7"><f aca="false">_xlfn.dispimg( &quot;ID_B2&quot;,1)</f><v>0</v></c>',
        dispimg("AA1048576", ""),
        '<c r="A9" t="str"><f>UPPER(&quot;a&quot;)</f><v>ID_A1</v></c>',
        dispimg("A0", "") + dispimg("A12345678", "") + dispimg("", ""),
    )
    assert found(xlsx(WPS | {"xl/worksheets/sheet1.xml": sheet})) == [
        ("评分表", 1, 3, BLUE),
        ("评分表", 1, 4, RED),
        ("评分表", 6, 1, RED),
        ("评分表", 1_048_575, 26, BLUE),
    ]


def test_pictures_lost_on_the_way() -> None:
    """Excel keeps the formulas and throws the pictures away."""
    sheet: Members = {"xl/worksheets/sheet1.xml": cells(dispimg("D2", "_xlfn.DISPIMG(&quot;ID_C3&quot;,1)"))}
    assert found(xlsx(sheet)) == []
    assert found(xlsx(WPS | sheet)) == []


def excel(**other: str | bytes) -> Members:
    """The members in which Excel keeps pictures placed in cells. No index is the same as the one that it leads to."""
    extension = '<extLst><ext uri="{{3e2802c4-a4d2-4d8b-9148-e3be6c30e623}}"><xlrd:rvb i="{}"/></ext></extLst>'
    blocks = "".join(f"<bk>{extension.format(i)}</bk>" for i in (3, 1, 0, 9))
    records = "".join(
        f'<bk><rc t="{t}" v="{v}"/></bk>' for t, v in ((2, 0), (2, 1), (1, 1), (2, 2), (2, 3), (2, 9), (9, 0))
    )
    members: Members = {
        "metadata": f'<metadata xmlns="{MAIN}" xmlns:xlrd="{RICH}"><metadataTypes count="2">'
        '<metadataType name="XLDAPR"/><metadataType name="XLRICHVALUE"/></metadataTypes>'
        '<futureMetadata name="XLDAPR" count="1"><bk/></futureMetadata>'
        f'<futureMetadata name="XLRICHVALUE" count="4">{blocks}</futureMetadata>'
        f'<valueMetadata count="7">{records}</valueMetadata></metadata>',
        "richData/rdrichvaluestructure": f'<rvStructures xmlns="{RICH}" count="2">'
        '<s t="_linkedentity"><k n="%EntityServiceId" t="i"/><k n="%EntityId" t="s"/></s>'
        '<s t="_localImage"><k n="Text" t="s"/><k n="_rvRel:LocalImageIdentifier" t="i"/><k n="CalcOrigin" t="i"/></s>'
        "</rvStructures>",
        "richData/rdrichvalue": f'<rvData xmlns="{RICH}" count="4"><rv s="0"><v>1</v><v>1</v></rv>'
        '<rv s="1"><v/><v>1</v><v>5</v></rv><rv s="0"><v>0</v></rv><rv s="1"><v>首页</v><v>0</v><v>5</v></rv></rvData>',
        "richData/richValueRel": '<richValueRels xmlns="http://schemas.microsoft.com/office/spreadsheetml/2022/richvaluerel"'
        f' xmlns:r="{OFFICE}"><rel r:id="rId2"/><rel r:id="rId1"/></richValueRels>',
    }
    placed = {f"xl/{name}.xml": other.get(name, xml) for name, xml in members.items()}
    targets = relations("rId1 image ../media/image1.png", "rId2 image ../media/image2.png")
    sheet = cells(
        *(f'<c r="C{n}" t="e" vm="{n}"><v>#VALUE!</v></c>' for n in range(9)), '<c r="D1" t="e"><v>#VALUE!</v></c>'
    )
    return placed | {"xl/richData/_rels/richValueRel.xml.rels": targets, "xl/worksheets/sheet1.xml": sheet}


def test_pictures_in_cells_by_excel() -> None:
    """A cell's metadata leads to them; other metadata, other values and what leads nowhere give none."""
    assert found(xlsx(excel())) == [("评分表", 0, 2, BLUE), ("评分表", 1, 2, RED)]


@pytest.mark.parametrize(
    "part", ["metadata", "richData/rdrichvaluestructure", "richData/rdrichvalue", "richData/richValueRel"]
)
def test_pictures_in_cells_by_excel__broken(part: str) -> None:
    """Where a part of the way is broken, there are none; those over the cells come through."""
    members = drawing(anchor(1, 1, pic(blip("red")))) | excel(**{part: b"<broken"})
    assert found(xlsx(members)) == [("评分表", 1, 1, RED)]


def test_all_kinds_together() -> None:
    """In the order of the rows, over the cells or in them."""
    sheet = cells('<c r="A1" vm="1"/>', dispimg("B3", "DISPIMG(&quot;ID_A1&quot;,1)"))
    over = drawing(anchor(1, 0, pic(blip("red"))), anchor(2, 0, pic(blip("red"))))
    assert found(xlsx(excel() | over | WPS | {"xl/worksheets/sheet1.xml": sheet})) == [
        ("评分表", 0, 0, BLUE),
        ("评分表", 1, 0, RED),
        ("评分表", 2, 0, RED),
        ("评分表", 2, 1, BLUE),
    ]


# Damage -----------------------------------------------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "members",
    [
        drawing("<xdr:oneCellAnchor>"),
        drawing() | {"xl/drawings/drawing1.xml": ""},
        drawing() | {"xl/drawings/drawing1.xml": f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]><x y="&a11;">&a11;</x>'},
        drawing(anchor(1, 1, pic(blip("none"))), anchor(2, 2, pic("<a:blip/>")), anchor(3, 3, pic(""))),
        drawing(anchor(1, 1, pic(blip("x"))), images=("x image ../media/image9.png",)),
        drawing(anchor(1, 1, pic(blip("red")))) | {"xl/drawings/_rels/drawing1.xml.rels": "<"},
        drawing(anchor(-1, 1, pic(blip("red"))), anchor(10**9, 1, pic(blip("red")))),
        drawing(f"<xdr:oneCellAnchor>{pic(blip('red'))}</xdr:oneCellAnchor>"),
        {"xl/worksheets/_rels/sheet1.xml.rels": relations("rId1 drawing ../../../../etc/passwd")},
        WPS | {"xl/worksheets/sheet1.xml": "<c r='A1'><f>DISPIMG("},
    ],
)
def test_broken_parts(members: Members) -> None:
    """What is broken is left out, and the pictures of the next sheet come through."""
    other = drawing(anchor(1, 1, pic(blip("blue"))), sheet=2)
    assert found(xlsx(other | members, ("评分表", "问题清单"))) == [("问题清单", 1, 1, BLUE)]


def test_broken_sheet() -> None:
    """Its pictures come out up to where it is broken."""
    sheet = cells(dispimg("A1", "DISPIMG(&quot;ID_A1&quot;,1)"), "<broken>")
    assert found(xlsx(WPS | {"xl/worksheets/sheet1.xml": sheet})) == [("评分表", 0, 0, BLUE)]


def test_broken_bytes() -> None:
    """A picture whose bytes are not those that were packed is left out."""
    content = xlsx(drawing(anchor(1, 1, pic(blip("red"))), anchor(2, 2, pic(blip("blue")))))
    assert found(content.replace(RED, RED[:-1] + b"?")) == [("评分表", 2, 2, BLUE)]


def test_drawing_of_many_sheets() -> None:
    """A drawing is of one sheet: a small file cannot have it read, and its pictures held, a thousand times."""
    members = drawing(anchor(1, 1, pic(blip("red")))) | {
        "xl/worksheets/_rels/sheet2.xml.rels": relations("rId1 drawing /xl/drawings/drawing1.xml")
    }
    assert found(xlsx(members, ("评分表", "问题清单"))) == [("评分表", 1, 1, RED)]


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04\x14\0\0\0",
        xlsx({"xl/workbook.xml": "<broken"}),
        xlsx({})[:-30],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99,
    ],
)
def test_broken_file__error(content: bytes) -> None:
    """Where the file itself is broken, the caller is told."""
    with pytest.raises(DAMAGE):
        read_images(content)


def test_other_files() -> None:
    """A file of another kind has no pictures."""
    assert read_images(b"") == read_images("标识码,名称\n".encode()) == read_images(RED) == []


# .xls by hand, and by LibreOffice -----------------------------------------------------------------------------------

PNG, JPEG, DIB, METAFILE = (0xF01E, 0x6E0), (0xF01D, 0x46A), (0xF01F, 0x7A8), (0xF01A, 0x3D4)
BOF, EOF, CONTINUE, GROUP, PART, OBJECT, TEXT = 0x809, 0x0A, 0x3C, 0xEB, 0xEC, 0x5D, 0x1B6


def art(kind: int, body: bytes, instance: int = 0) -> bytes:
    """A record of a drawing."""
    return pack("<HHI", instance << 4 | (0xF if kind < 0xF006 else 0), kind, len(body)) + body


def stored(kind: tuple[int, int], content: bytes, name: bytes = b"") -> bytes:
    """An entry in the store of pictures, with its picture. An odd instance has two checksums before the picture."""
    picture = art(kind[0], b"\7" * (33 if kind[1] & 1 else 17) + content, kind[1])
    return art(0xF007, b"\6" * 33 + bytes([len(name), 0, 0]) + name + picture)


def store(*entries: bytes) -> bytes:
    """What all sheets share of their drawings."""
    return art(0xF000, art(0xF006, b"\0" * 16) + art(0xF001, b"".join(entries)))


def shape(picture: int, *place: int) -> bytes:
    """A shape that shows a picture, at row, column, last row, and how far into that; without a place, within a group."""
    row, column, end, beyond = place or (0, 0, 0, 0)
    properties = pack("<HIHI", 0x007F, 8, 0x4104, picture) if picture else b""
    cell = art(0xF010, pack("<9H", 2, column, 7, row, 7, column + 1, 7, end, beyond))
    marks = art(0xF00A, b"\0" * 8) + art(0xF00B, properties, len(properties) // 6)
    return art(0xF004, marks + (cell if place else art(0xF00F, b"\0" * 16)))


def group(*of: bytes) -> bytes:
    """Shapes grouped, or those of a sheet."""
    return art(0xF003, b"".join(of))


def biff(kind: int, body: bytes = b"") -> bytes:
    """A record of the workbook."""
    return pack("<HH", kind, len(body)) + body


def sheet_records(drawn: bytes) -> bytes:
    """A sheet with a drawing."""
    return biff(BOF, b"\0\6\x10\0") + biff(PART, drawn) + biff(OBJECT, b"\0" * 26) + biff(EOF)


def xls(entries: list[bytes], **sheets: bytes) -> bytes:
    """A workbook: its store of pictures, and the records of its sheets; a sheet by the name of 图表 is a chart."""

    def listed(start: int, name: str) -> bytes:
        kind = 2 if name == "图表" else 0
        wide = not name.isascii()
        text = name.encode("utf-16-le" if wide else "ascii")
        return biff(0x85, pack("<IBBBB", start, 0, kind, len(name), wide) + text)

    def workbook(starts: list[int]) -> bytes:
        names = b"".join(listed(start, name) for start, name in zip(starts, sheets, strict=True))
        return biff(BOF, b"\0\6\5\0") + names + biff(GROUP, store(*entries)) + biff(EOF)

    length = len(workbook([0] * len(sheets)))
    lengths = [len(records) for records in sheets.values()]
    starts = [length + sum(lengths[:n]) for n in range(len(lengths))]
    return compound(workbook(starts) + b"".join(sheets.values()))


def compound(stream: bytes) -> bytes:
    """A compound file with a workbook in it."""
    count = max(8, -(-len(stream) // 512))
    tables = -(-(count + 2) // 127)
    chain = [-3] * tables + [-2, *range(tables + 2, tables + 1 + count), -2]

    def entry(name: str, *numbers: int) -> bytes:
        text = (name + "\0").encode("utf-16-le")
        kind, child, start, size = numbers
        head = text.ljust(64, b"\0") + pack("<HBBiii", len(text), kind, 1, -1, -1, child)
        return head + b"\0" * 36 + pack("<iii", start, size, 0)

    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 10
    head += pack("<8i", tables, tables, 0, 4096, -2, 0, -2, 0) + pack("<109i", *range(tables), *[-1] * (109 - tables))
    directory = entry("Root Entry", 5, 1, -2, 0) + entry("Workbook", 2, -1, tables + 1, count * 512)
    table = pack(f"<{tables * 128}i", *chain, *[-1] * (tables * 128 - len(chain)))
    return head + table + directory.ljust(512, b"\0") + stream.ljust(count * 512, b"\0")


def test_old_workbook() -> None:
    """Pictures have numbers in a store that all sheets share; some entries are empty, metafiles, or in another form."""
    jpeg = b"\xff\xd8\xff\xe0\0\x10JFIF"
    entries = [
        stored(METAFILE, EMF),
        stored((PNG[0], PNG[1] + 1), RED, name=b"a\0b\0"),
        art(0xF007, b"\0" * 36),
        art(JPEG[0], b"\7" * 17 + jpeg, JPEG[1]),
        stored(PNG, BLUE),
    ]
    first = sheet_records(art(0xF002, group(shape(0), *(shape(n, n, 0, n + 2, 5) for n in (5, 4, 3, 2, 1, 9)))))
    second = sheet_records(art(0xF002, group(shape(0), shape(5, 7, 1, 9, 0), shape(5, 7, 0, 7, 0))))
    assert read_images(xls(entries, 评分表=first, 图表=second, Sheet2=second)) == [
        CellImage("评分表", 2, 0, 4, RED, ".png"),
        CellImage("评分表", 4, 0, 6, jpeg, ".jpeg"),
        CellImage("评分表", 5, 0, 7, BLUE, ".png"),
        CellImage("Sheet2", 7, 0, 7, BLUE, ".png"),
        CellImage("Sheet2", 7, 1, 8, BLUE, ".png"),
    ]


@pytest.mark.parametrize(
    ("head", "bits", "method", "colours", "pixels"),
    [
        (40, 24, 0, 0, 54),
        (40, 8, 0, 0, 54 + 256 * 4),
        (40, 8, 0, 3, 54 + 3 * 4),
        (40, 32, 3, 0, 54 + 3 * 4),
        (108, 32, 3, 0, 14 + 108),
    ],
)
def test_old_workbook__bitmaps(head: int, bits: int, method: int, colours: int, pixels: int) -> None:
    """They are kept without the head of a file, and get it again; it says where the pixels start."""
    bare = pack("<IiiHHIIiiII", head, 2, 2, 1, bits, method, 16, 0, 0, colours, 0) + b"\5" * (pixels - 54 + 16)
    drawn = sheet_records(group(shape(1, 1, 1, 1, 1)))
    (image,) = read_images(xls([stored(DIB, bare)], s=drawn))
    whole = b"BM" + pack("<IHHI", 14 + len(bare), 0, 0, pixels) + bare
    assert (image.suffix, image.content) == (".bmp", whole)
    assert found(xls([stored(DIB, whole)], s=drawn)) == [("s", 1, 1, whole)]
    assert found(xls([stored(PNG, RED), stored(DIB, bare[:30])], s=drawn)) == [("s", 1, 1, RED)]


def test_old_workbook__groups() -> None:
    """A picture in a group stands where the group stands, and the next one not."""
    drawn = group(shape(0), group(shape(0, 4, 2, 6, 1), shape(1), shape(2)), shape(1, 8, 0, 8, 1))
    assert found(xls([stored(PNG, RED), stored(PNG, BLUE)], s=sheet_records(drawn))) == [
        ("s", 4, 2, RED),
        ("s", 4, 2, BLUE),
        ("s", 8, 0, RED),
    ]


def test_old_workbook__drawing_in_pieces() -> None:
    """A drawing goes on after the objects and texts that belong to it, which are continued in the same way."""
    drawn = group(shape(0), *(shape(1, row, 0, row, 1) for row in range(9)))
    size = len(drawn) // 6 + 1
    pieces = [drawn[start : start + size] for start in range(0, len(drawn), size)]
    text = biff(TEXT, b"\0" * 10 + pack("<HHI", 24, 16, 0))
    wide, narrow, runs = b"\1" + ("一" * 12).encode("utf-16-le"), b"\0" + b"a" * 12, b"\0" * 8
    chart = biff(BOF, b"\0\6\x20\0") + biff(PART, group(shape(2, 3, 3, 3, 3))) + biff(CONTINUE, b"x") + biff(EOF)
    records = [
        biff(CONTINUE, b"of something else"),
        biff(PART, pieces[0]) + text + biff(OBJECT) + biff(CONTINUE, pieces[1]) + biff(OBJECT, b"\0" * 26),
        biff(CONTINUE, pieces[2]) + text + b"".join(biff(CONTINUE, part) for part in (wide, narrow, runs, runs)),
        biff(CONTINUE, pieces[3]) + biff(OBJECT, b"\0" * 26) + chart + biff(CONTINUE, pieces[4]),
        biff(PART, pieces[5]) + biff(0x1C, b"\0" * 9) + biff(CONTINUE, group(shape(2, 1, 1, 1, 1))),
    ]
    content = xls([stored(PNG, RED), stored(PNG, BLUE)], s=biff(BOF, b"\0\6\x10\0") + b"".join(records) + biff(EOF))
    assert found(content) == [("s", row, 0, RED) for row in range(9)]


@pytest.mark.parametrize("cut", range(1, len(shape(2, 2, 2, 2, 2)) + 1))
def test_old_workbook__cut_off(cut: int) -> None:
    """A picture, or a shape, that is cut off is left out; what stands before it comes through."""
    drawn = group(shape(0), shape(2, 3, 3, 3, 3), shape(1, 1, 1, 1, 1), shape(1, 2, 2, 2, 2))[:-cut]
    content = xls([stored(PNG, RED), stored(PNG, BLUE)[:-cut]], s=sheet_records(drawn))
    assert found(content) == [("s", 1, 1, RED)]


def test_old_workbook__no_pictures() -> None:
    """Shapes that show none, or one that is kept within the shape, or stand at no cell."""
    shown, cell = art(0xF00B, pack("<HI", 0x4104, 1), 1), art(0xF010, b"\1\0" * 9)
    drawn = [
        art(0xF004, shown + cell),
        art(0xF004, cell),
        art(0xF004, art(0xF00B, pack("<HI", 0xC104, 1), 1) + cell),
        art(0xF004, art(0xF00B, b"", 1) + pack("<HHI", 0x4104, 1, 0) + cell),
        art(0xF004, shown + art(0xF010, b"\2\0" * 4)),
    ]
    assert found(xls([stored(PNG, RED)], s=sheet_records(group(*drawn, art(0xF004, b"\0" * 40))))) == [("s", 1, 1, RED)]


def test_old_workbook__nothing_in_it() -> None:
    """A compound file of another program, and one whose workbook is in the way of short streams."""
    content = xls([stored(PNG, RED)], s=sheet_records(group(shape(1, 1, 1, 1, 1))))
    assert read_images(content.replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le"))) == []
    assert read_images(content.replace(pack("<i", 4096), pack("<i", 1 << 30), 1)) == []


def test_old_workbook__sheets_within_each_other() -> None:
    """What one sheet has is not read for another as well, so that a small file cannot take hours."""
    drawn = sheet_records(group(shape(1, 1, 1, 1, 1)))
    content = xls([stored(PNG, RED)], a=biff(BOF, b"\0\6\x10\0") + drawn + biff(EOF), b=drawn)
    assert found(content) == [("b", 1, 1, RED)]
    of_a, of_b = (content.index(b"\0\0\1\0" + name) - 4 for name in (b"a", b"b"))
    start_of_a, start_of_b = content[of_a : of_a + 4], content[of_b : of_b + 4]
    inner = pack("<I", int.from_bytes(start_of_a, "little") + 8)
    assert found(content[:of_b] + inner + content[of_b + 4 :]) == []
    assert found(content[:of_a] + start_of_b + content[of_a + 4 :]) == [("a", 1, 1, RED)]


@pytest.fixture(scope="module")
def converted(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes, str], bytes]:
    """Return a function that has LibreOffice save an .xlsx in another format."""
    profile = tmp_path_factory.mktemp("libreoffice-profile").as_uri()

    def convert(content: bytes, suffix: str) -> bytes:
        folder = tmp_path_factory.mktemp("converted")
        (folder / "in.xlsx").write_bytes(content)
        subprocess.run(
            [
                *(soffice, f"-env:UserInstallation={profile}", "--headless"),
                *("--convert-to", suffix, "--outdir", str(folder / "out"), str(folder / "in.xlsx")),
            ],
            check=True,
            capture_output=True,
            timeout=CONVERSION_SECONDS,
        )
        return (folder / "out" / f"in.{suffix}").read_bytes()

    return convert


@pytest.fixture(scope="module")
def with_pictures() -> bytes:
    """A workbook with pictures on two sheets; the large one is longer than a record of an .xls."""
    book = openpyxl.Workbook()
    first, second = book.worksheets[0], book.create_sheet("问题清单")
    first.title = "评分表"
    for sheet, cell, content in [(first, "B3", RED), (first, "D9", LARGE), (second, "A2", BLUE), (second, "A5", RED)]:
        sheet.add_image(Image(io.BytesIO(content)), cell)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("suffix", ["xls", "xlsx"])
def test_saved_by_libreoffice(converted: Callable[[bytes, str], bytes], with_pictures: bytes, suffix: str) -> None:
    """Pictures come out of what LibreOffice saves as they were put in, with the rows they cover."""
    assert len(LARGE) > 8224 * 3
    assert read_images(converted(with_pictures, suffix)) == [
        CellImage("评分表", 2, 1, 2, RED, ".png"),
        CellImage("评分表", 8, 3, 12, LARGE, ".png"),
        CellImage("问题清单", 1, 0, 1, BLUE, ".png"),
        CellImage("问题清单", 4, 0, 4, RED, ".png"),
    ]


def test_lost_in_libreoffice(converted: Callable[[bytes, str], bytes]) -> None:
    """LibreOffice keeps WPS's formulas, in small letters, and throws the pictures away."""
    book = openpyxl.Workbook()
    book.worksheets[0]["D2"] = '=_xlfn.DISPIMG("ID_A1",1)'
    by_wps = io.BytesIO()
    book.save(by_wps)
    with zipfile.ZipFile(by_wps, "a") as archive:
        for name, part in (WPS | {"xl/media/image1.png": RED, "xl/media/image2.png": BLUE}).items():
            archive.writestr(name, part)
    assert found(by_wps.getvalue()) == [("Sheet", 1, 3, BLUE)]
    content = converted(by_wps.getvalue(), "xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        saved = archive.read("xl/worksheets/sheet1.xml")
    assert b"_xlfn.dispimg(&quot;ID_A1&quot;,1)" in saved
    assert read_images(content) == []


@pytest.mark.parametrize("suffix", ["xls", "xlsx"])
def test_damage_of_any_kind(converted: Callable[[bytes, str], bytes], with_pictures: bytes, suffix: str) -> None:
    """Nothing but what is documented is raised, whatever bytes are wrong."""
    chance = random.Random(20191220)  # noqa: S311 - no secret
    original = converted(with_pictures, suffix)
    for _ in range(300):
        content = bytearray(original)
        for _ in range(chance.randrange(1, 40)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        with suppress(*DAMAGE):
            read_images(bytes(content[: chance.choice([len(content), chance.randrange(len(content))])]))
