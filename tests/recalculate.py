"""Two judges of the formulas in a workbook, who know nothing of govkit: LibreOffice, and the engine formualizer.

Both calculate everything anew, whatever values are stored in the file, and both answers are read by `stored`.

They agree with each other, and with the rules of Excel, as long as a formula keeps to this:

- In `SUMPRODUCT`, ranges stand between operators (`=<>*+-/&`) only: formualizer does not take other functions of ranges
  there (`ISNUMBER`, `ROUND`, `LEN`, …), nor lists of criteria (`COUNTIF(A1:A3,{"甲","乙"})`). Anywhere else a range is not
  compared as a whole (`AND(A1:A3="合格")`).
- A number that was calculated is rounded before it is compared, cut by `INT`, or joined to a text by `&`: to Excel and
  LibreOffice 0.1+0.2 is 0.3, to formualizer it is not. A negative number is made by `0-X`: `-X` may be a "-0" in a text.
- True and false are neither joined to a text, nor added up by `SUM`, nor compared with a number, nor counted by
  `COUNTIF(…,">0")` or `ISNUMBER`: to LibreOffice they are numbers.
- A cell that may be empty is passed on by `IF(X="","",X)`: `=X` is 0, but to LibreOffice it is empty as well.
- What may be text is asked by `ISNUMBER` first: any text is greater than every number, and `COUNTIF(…,2.5)` and a lone
  range in `SUMPRODUCT` differ about a text "2.5".
- `TEXT` has a pattern such as "0.00" or "0.0#"; "0.##" leaves a point after a whole number, except in LibreOffice.
"""

import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Sequence
from io import BytesIO
from os.path import exists
from pathlib import Path

import formualizer
import openpyxl
import pytest

from tests.conftest import SOFFICE_PLACES

# (name of the sheet, cell such as "C12") → what stands there. An empty text counts as nothing: None.
Values = dict[tuple[str, str], object]

# LibreOffice leaves out, without a word, what goes beyond some 250 words of a command.
FILES_AT_ONCE = 200
SECONDS_AT_ONCE = 300
# Stored values are never believed, and numbers are written the same way wherever the tests run.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
<prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>zh-CN</value></prop>
</item>
</oor:items>
"""


def by_libreoffice(files: Sequence[Path], folder: Path) -> list[Values]:
    """The values of workbooks after LibreOffice calculated them: one for each file, in the order of the files.

    Args:
        files: .xlsx, .xls or .ods.
        folder: where to work; two runs at the same time need two.
    """
    return [stored(file) for file in converted(files, ".xlsx", folder)]


def by_formualizer(file: Path) -> Values:
    """The values of an .xlsx workbook after formualizer calculated it."""
    return stored(BytesIO(formualizer.recalculate_xlsx_bytes(file.read_bytes())["bytes"]))


def stored(file: Path | BytesIO) -> Values:
    """The values that an .xlsx workbook holds; errors are text such as "#VALUE!"."""
    with warnings.catch_warnings():
        # What it would lose on saving, such as some lists of choices, is no matter here.
        warnings.filterwarnings("ignore", module="openpyxl")
        book = openpyxl.load_workbook(file, data_only=True)
    cells = ((sheet.title, cell) for sheet in book.worksheets for row in sheet for cell in row)
    return {(title, cell.coordinate): cell.value for title, cell in cells}


def converted(files: Sequence[Path], suffix: str, folder: Path) -> list[Path]:
    """Have LibreOffice calculate workbooks and save them in another format, or in the same again.

    Args:
        files: .xlsx, .xls or .ods.
        suffix: of the format wanted: ".xlsx", ".xls" or ".ods".
        folder: where to work; two runs at the same time need two.

    Returns:
        One file for each, in the order of the files, named by its place in that order.
    """
    program = _soffice()
    profile = folder.resolve() / "libreoffice-profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    given = Path(tempfile.mkdtemp(prefix="given-", dir=folder.resolve()))
    made = Path(tempfile.mkdtemp(prefix="made-", dir=folder.resolve()))
    # Names that differ from each other, and are short: Windows limits a command to 32767 characters.
    names = [f"{number}{file.suffix}" for number, file in enumerate(files)]
    for file, name in zip(files, names, strict=True):
        shutil.copyfile(file, given / name)
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", suffix[1:]]
    for start in range(0, len(names), FILES_AT_ONCE):
        subprocess.run(
            [*command, "--outdir", str(made), *names[start : start + FILES_AT_ONCE]],
            cwd=given,
            check=True,
            capture_output=True,
            timeout=SECONDS_AT_ONCE,
        )
    results = [(made / name).with_suffix(suffix) for name in names]
    # It exits with 0 even where it could not read a file.
    missing = [file for file, result in zip(files, results, strict=True) if not result.is_file()]
    assert not missing, f"LibreOffice made nothing of {missing}"
    return results


def _soffice() -> str:
    """The path of LibreOffice's program; without it the test is skipped."""
    for candidate in (shutil.which("soffice"), shutil.which("libreoffice"), *filter(exists, SOFFICE_PLACES)):
        if candidate:
            return candidate
    pytest.skip("LibreOffice is not installed")
