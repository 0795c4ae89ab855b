"""Makes the pictures of the manual from the sample county: sheets printed by LibreOffice, pages turned into images.

Run it with `.venv/bin/python docs/make_pictures.py`; it needs LibreOffice and poppler's `pdftoppm`.
"""

import subprocess
import tempfile
from pathlib import Path

from govkit.commands import run

PICTURES = Path(__file__).parent / "pictures"
DOTS_PER_INCH = "80"
# Picture → the sheet of the sample output, and the page to show.
SHEETS = {
    "汇总表": ("汇总表.xlsx", 1),
    "网站评分表": ("评分表/9901230006_青禾县财政局.xlsx", 2),
    "评分表结论": ("评分表/9901230006_青禾县财政局.xlsx", -1),
    "政务新媒体检查表": ("评分表/9901230015001001_健康青禾.xlsx", 1),
}


def main() -> None:
    """Score the sample, print each sheet, and keep the wanted page."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        run(["demo", "--out", folder])
        for name, (sheet, page) in SHEETS.items():
            profile = f"-env:UserInstallation={(out / 'profile').as_uri()}"
            command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(out / sheet)]
            subprocess.run(command, check=True, capture_output=True)
            pages = out / name
            pages.mkdir()
            pdf = out / Path(sheet).with_suffix(".pdf").name
            subprocess.run(
                ["pdftoppm", "-r", DOTS_PER_INCH, "-gray", "-png", str(pdf), str(pages / "page")], check=True
            )
            wanted = sorted(pages.iterdir())[page - 1 if page > 0 else page]
            (PICTURES / f"{name}.png").write_bytes(wanted.read_bytes())


if __name__ == "__main__":
    main()
