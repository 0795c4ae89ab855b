"""Makes the picture of the page on templates: one restyled as an office might, filled with a sample, and printed.

Run it with `.venv/bin/python docs/make_template_picture.py`; it needs LibreOffice and poppler's `pdftoppm`.
"""

import shutil
import subprocess
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.styles import Font, PatternFill
from PIL import Image as Canvas
from PIL import ImageDraw

from govkit.sheets import review_templates, write_samples
from govkit.sheets.template import TEMPLATES

PICTURE = Path(__file__).parent / "pictures" / "改过的模板.png"
TEMPLATE = "政务新媒体检查表.xlsx"
DOTS_PER_INCH = "70"
EMU = 9525  # units of a drawing in a pixel
BLUE, PALE = "FF1F4E79", "FFDDEBF7"
LINE, RED = (31, 78, 121, 255), (200, 30, 30, 200)


def main() -> None:
    """Restyle, fill, print, and keep the first page."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(shutil.copy(TEMPLATES / TEMPLATE, folder))
        restyle(file)
        _, pdfs = write_samples(review_templates(file), Path(folder) / "out")
        target = Path(folder) / "page"
        command = ["pdftoppm", "-r", DOTS_PER_INCH, "-png", "-singlefile", str(pdfs[0]), str(target)]
        subprocess.run(command, check=True)
        page = Canvas.open(target.with_suffix(".png"))
        page.quantize(64).save(PICTURE, optimize=True)


def restyle(file: Path) -> None:
    """Another title, font and colours, a line of the office's own, a logo and a seal."""
    workbook = load_workbook(file)
    sheet: Any = workbook.worksheets[0]
    sheet["A1"] = "青禾县政务新媒体检查表"
    sheet["A1"].font = Font(name="楷体", size=22, bold=True, color=BLUE)
    for row in sheet["A3:G15"]:
        for cell in row:
            if cell.fill.fgColor.rgb == "FFE7E6E6":
                cell.fill = PatternFill("solid", PALE)
                cell.font = Font(name="黑体", size=10, color=BLUE)
    sheet["A16"] = "青禾县人民政府办公室　监督电话：000-00000000"
    sheet["A16"].font = Font(name="宋体", size=9, color=BLUE)
    place(sheet, ring(LINE), 0, 0, 56)
    place(sheet, ring(RED), 4, 16, 110)
    workbook.save(file)


def ring(colour: tuple[int, int, int, int]) -> BytesIO:
    """Two circles, one in the other, and a diamond in them."""
    canvas = Canvas.new("RGBA", (200, 200), (0, 0, 0, 0))
    draw = ImageDraw.Draw(canvas)
    draw.ellipse((6, 6, 194, 194), outline=colour, width=9)
    draw.ellipse((26, 26, 174, 174), outline=colour, width=3)
    draw.polygon([(100, 60), (140, 100), (100, 140), (60, 100)], outline=colour, width=6)
    stream = BytesIO()
    canvas.save(stream, "PNG")
    stream.seek(0)
    return stream


def place(sheet: Any, picture: BytesIO, column: int, row: int, size: int) -> None:
    """Put a picture on a sheet, with its corner in a cell."""
    image = Image(picture)
    corner = AnchorMarker(column, 20 * EMU, row, 4 * EMU)
    image.anchor = OneCellAnchor(corner, XDRPositiveSize2D(size * EMU, size * EMU))
    sheet.add_image(image)


if __name__ == "__main__":
    main()
