"""LibreOffice as somebody who fills in sheets: it opens, types, puts pictures over cells, and saves, by a Basic macro.

Nothing but LibreOffice itself is needed for that.
"""

import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from tests.filling import Lines, address, read
from tests.recalculate import SECONDS_AT_ONCE, _soffice

FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xls": "MS Excel 97", ".ods": "calc8"}
MACRO = r"""
Sub Follow(orders As String)
    Dim files As Object, lines As Object, book As Object, cell As Object, order As Variant
    On Error Goto Failed
    files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
    lines = createUnoService("com.sun.star.io.TextInputStream")
    lines.setInputStream(files.openFileRead(orders))
    lines.setEncoding("UTF-8")
    Do While Not lines.isEOF()
        order = Split(lines.readLine(), Chr(9))
        Select Case order(0)
        Case "open"
            book = StarDesktop.loadComponentFromURL(order(1), "_blank", 0, Array())
        Case "type"
            EnterString(book, order(1), order(2), order(3))
        Case "text"
            cell = book.Sheets.getByName(order(1)).getCellRangeByName(order(2))
            cell.setString(Join(Split(order(3), Chr(1)), Chr(10)))
        Case "picture"
            Show(book, order(1), order(2), order(3))
        Case "save"
            book.storeToURL(order(1), Array(Named("FilterName", order(2))))
        Case "close"
            book.close(True)
        End Select
    Loop
    StarDesktop.terminate()
    Exit Sub
Failed:
    Dim told As Integer
    told = FreeFile
    Open ConvertFromURL(orders) & ".failed" For Output As #told
    Print #told, Error$ & " " & Erl & " " & Join(order, " ")
    Close #told
    StarDesktop.terminate()
End Sub

Sub EnterString(book As Object, sheet As String, address As String, text As String)
    Dim dispatcher As Object
    book.CurrentController.setActiveSheet(book.Sheets.getByName(sheet))
    dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
    With book.CurrentController
        dispatcher.executeDispatch(.Frame, ".uno:GoToCell", "", 0, Array(Named("ToPoint", address)))
        dispatcher.executeDispatch(.Frame, ".uno:EnterString", "", 0, Array(Named("StringName", text)))
    End With
End Sub

Sub Show(book As Object, sheet As String, address As String, url As String)
    Dim shape As Object, size As New com.sun.star.awt.Size, page As Object, provider As Object
    page = book.Sheets.getByName(sheet)
    provider = createUnoService("com.sun.star.graphic.GraphicProvider")
    shape = book.createInstance("com.sun.star.drawing.GraphicObjectShape")
    shape.Graphic = provider.queryGraphic(Array(Named("URL", url)))
    page.DrawPage.add(shape)
    size.Width = 1000
    size.Height = 500
    shape.setSize(size)
    shape.Anchor = page.getCellRangeByName(address)
    shape.setPosition(page.getCellRangeByName(address).Position)
End Sub

Function Named(name As String, value As Variant) As Object
    Dim made As New com.sun.star.beans.PropertyValue
    made.Name = name
    made.Value = value
    Named = made
End Function
"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Typist" script:language="StarBasic">
{}</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"><library:element library:name="Typist"/></library:library>
"""


def orders_to_fill(
    source: Path, typed: Mapping[str, Lines], who: str, when: str, folder: Path
) -> list[tuple[str, ...]]:
    """What somebody does who fills in a workbook: keys where one line will do, and the pictures from files."""
    orders: list[tuple[str, ...]] = [("open", source.resolve().as_uri())]
    for sheet in read(source):
        title, cells = sheet.sheet.name, sheet.origin.cells
        orders += [("type", title, cells["检查人员"], who), ("type", title, cells["检查时间"], when)]
        for code, line in typed[sheet.origin.subject.id].items():
            for column, text in (("检查结果", line.result), ("数量", str(line.count or ""))):
                if text:
                    orders.append(("type", title, address(sheet, code, column), text))
            note = address(sheet, code, "问题说明")
            if line.note:
                orders.append(("text", title, note, line.note.replace("\n", "\x01")))
            for number, picture in enumerate(line.pictures):
                file = folder / f"{sheet.origin.subject.id}-{code}-{number}.png"
                file.write_bytes(picture)
                orders.append(("picture", title, note, file.resolve().as_uri()))
    return orders


def follow(orders: Sequence[tuple[str, ...]], folder: Path) -> None:
    """Let LibreOffice do these things, one after the other."""
    profile = Path(tempfile.mkdtemp(prefix="typist-", dir=folder))
    start = [_soffice(), f"-env:UserInstallation={profile.resolve().as_uri()}", "--headless", "--norestore"]
    # The first start makes the profile, with an empty library of macros.
    _run([*start, "--terminate_after_init"])
    library = profile / "user" / "basic" / "Standard"
    library.mkdir(parents=True, exist_ok=True)
    (library / "Typist.xba").write_text(MODULE.format(escape(MACRO)), encoding="utf-8")
    (library / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    listed = profile / "orders.txt"
    listed.write_text("".join("\t".join(order) + "\n" for order in orders), encoding="utf-8")
    _run([*start, f'macro:///Standard.Typist.Follow("{listed.resolve().as_uri()}")'])
    failed = listed.with_name("orders.txt.failed")
    assert not failed.exists(), failed.read_text(errors="replace")


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS_AT_ONCE)
