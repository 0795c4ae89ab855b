"""Whether the judges of formulas judge: they calculate, they agree, and they believe no stored value."""

import struct
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlrd
import xlsxwriter

from tests import recalculate

WRONG = 987.25  # stored as the value of every formula of these tests
RULES = "检查指标（'19 年）"
RULES_NAME = "'检查指标（''19 年）'"
SHEET = "评分表"
Sheets = Mapping[str, Mapping[str, str | float]]
# A9, and the fourth row of the rules, are empty.
CELLS: Sheets = {
    SHEET: {
        "A1": "合格", "A2": "不合格", "A3": "合格", "A4": 2.5, "A5": 0, "A6": "2.5", "A7": "ABC", "A8": "abc",
        "A10": '=""', "A11": '=IF(A9="","",1)', "A12": "=A4*2", "A13": "=1/0", "A14": "第一行\n第二行", "A15": "合格*",
        "D1": "三处：甲、乙、丙",
    },
    RULES: {
        "A1": "甲", "A2": "乙", "A3": "甲", "A5": "丙",
        "B1": 1, "B2": 2, "B3": 2.5, "B5": 0,
        "C1": f"={SHEET}!A4*2", "C2": f'=IF({SHEET}!A9="","未填","已填")',
    },
}  # fmt: skip
# A formula, and what Excel makes of it.
FORMULAS = {
    # half away from zero, in decimal
    "ROUND(2.675,2)": 2.68, "ROUND(1.005,2)": 1.01, "ROUND(0.125,2)": 0.13, "ROUND(-0.125,2)": -0.13,
    "ROUND(-2.5,0)": -3, "ROUND(8.345,2)": 8.35, "ROUND(0.1+0.2,2)=0.3": True, "ROUND(A9,1)": 0,
    "INT(2.5)": 2, "INT(-2.5)": -3, "INT(ROUND(4.35*100,6))": 435,
    "MIN(3,MAX(0,A4))": 2.5, "MAX(A1:A6)": 2.5, "MIN(A4:A6)": 0, "MAX(A9)": 0, "SUM(A1:A6,1)": 3.5, "SUM(A9)": 0,
    # an empty cell is an empty text and a zero; an empty text is an empty text only
    'A9=""': True, "A9=0": True, 'A9<>""': False, 'A9&"x"': "x", "A9+1": 1, "ISNUMBER(A9)": False,
    'A10=""': True, "A10=0": False, "A10+1": "#VALUE!", "ISNUMBER(A10)": False, "SUM(A10:A12)": 5, 'A5=""': False,
    # texts: whatever their case, and after all numbers
    "A7=A8": True, "EXACT(A7,A8)": False, "A1=A2": False, "A6=A4": False, "A1>1000": True, "A6*2": 5,
    "ISNUMBER(A5)": True, "ISNUMBER(A6)": False, "ISNUMBER(A1)": False, "A1*1": "#VALUE!", "A13": "#DIV/0!",
    'IF(ISNUMBER(A13),1,"缺")': "缺", 'IFERROR(A13,"缺")': "缺",
    # conditions
    'IF(A4>2,"扣分","")': "扣分", 'IF(A4>3,"扣分","")': None, "IF(A4>3,1)": False, "IF(FALSE,1/0,3)": 3,
    'AND(A1="合格",A4>2)': True, 'OR(A1="不合格",A4>3)': False, 'IF(OR(A2="不合格",A2="缺"),0,1)': 0,
    # numbers in texts
    '"扣"&2.5&"分"': "扣2.5分", '"扣"&A4&"分"': "扣2.5分", '"扣"&A12&"分"': "扣5分", '"共"&100&"项"': "共100项",
    '"得"&ROUND(0.1+0.2,2)&"分"': "得0.3分", '"余"&(0-A5)': "余0", "A1&CHAR(10)&A2": "合格\n不合格",
    'TEXT(2.675,"0.00")': "2.68", 'TEXT(A4,"0.00")': "2.50", 'TEXT(A9,"0.0")': "0.0", 'TEXT(A1,"0.0")': "合格",
    'TEXT(0.125,"0.00")': "0.13", 'TEXT(2,"0.0#")': "2.0", 'TEXT(1234.5,"0.0")': "1234.5", 'TEXT(5,"0")&"分"': "5分",
    "FIXED(2.675,2)": "2.68", "FIXED(1234.5,1)": "1,234.5", "FIXED(1234.5,1,TRUE)": "1234.5", "FIXED(A4)": "2.50",
    # counting
    'COUNTIF(A1:A3,"合格")': 2, 'COUNTIF(A1:A3,"*合格")': 3, 'COUNTIF(A1:A3,"<>合格")': 1, "COUNTIF(A1:A3,A2)": 1,
    'COUNTIF(A1:A9,"")': 1, 'COUNTIF(A9:A11,"")': 3, 'COUNTIF(A7:A8,"Abc")': 2, 'COUNTIF(A4:A5,">0")': 1,
    "COUNTIF(A4:A5,0)": 1, 'COUNTIF(A14,"*第二*")': 1, 'COUNTIF(A15:A15,"合格~*")': 1, 'COUNTIF(A15:A15,"合格")': 0,
    f'COUNTIFS({RULES_NAME}!A1:A5,"甲",{RULES_NAME}!B1:B5,">=2")': 1, "COUNTBLANK(A9:A11)": 3,
    f'COUNTIFS({RULES_NAME}!A1:A5,"<>",{RULES_NAME}!B1:B5,"<>0")': 3,
    f'COUNTIF({RULES_NAME}!$A:$A,"甲")': 2, f"COUNTIF({RULES_NAME}!A1:A5,{RULES_NAME}!A2)": 1,
    f'SUMPRODUCT(({RULES_NAME}!A1:A5="甲")*{RULES_NAME}!B1:B5)': 3.5,
    f'SUMPRODUCT(--({RULES_NAME}!A1:A5<>""),{RULES_NAME}!B1:B5)': 5.5,
    f'SUMPRODUCT(({RULES_NAME}!A1:A5="甲")*({RULES_NAME}!B1:B5>=2))': 1, 'SUMPRODUCT((A9:A11="")*1)': 3,
    # other sheets, and merged cells: the first holds the text, the others are empty
    f"{RULES_NAME}!C1": 5, f"{RULES_NAME}!C2": "未填", f"SUM({RULES_NAME}!B1:B5)": 5.5, f"{SHEET}!A2": "不合格",
    "D1": "三处：甲、乙、丙", 'D2=""': True, 'E1=""': True, 'COUNTIF(D1:E2,"")': 3,
}  # fmt: skip


def write(
    file: Path, sheets: Mapping[str, Mapping[str, str | float]], merged: str = "", *, inline: bool = False
) -> Path:
    """Write a workbook, its formulas with a wrong value; texts shared between cells, or each in its cell."""
    with xlsxwriter.Workbook(file, {"constant_memory": inline}) as book:
        for name, cells in sheets.items():
            sheet = book.add_worksheet(name)
            if merged and name == SHEET:
                sheet.merge_range(merged, "")
            for cell, value in cells.items():
                if isinstance(value, float | int):
                    sheet.write_number(cell, value)
                elif value.startswith("="):
                    sheet.write_formula(cell, value, None, WRONG)
                else:
                    sheet.write_string(cell, value)
    return file


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with every formula of the list in column H."""
    listed = {f"H{row}": f"={formula}" for row, formula in enumerate(FORMULAS, 1)}
    file = tmp_path_factory.mktemp("filled") / "评分 表.xlsx"
    return write(file, {**CELLS, SHEET: {**CELLS[SHEET], **listed}}, merged="D1:E2")


@pytest.fixture(scope="module")
def by_libreoffice(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> recalculate.Values:
    """What LibreOffice makes of it."""
    (values,) = recalculate.by_libreoffice([filled], tmp_path_factory.mktemp("libreoffice"))
    return values


def answers(values: recalculate.Values) -> dict[str, object]:
    """What a judge says of each formula of the list."""
    return {formula: values[SHEET, f"H{row}"] for row, formula in enumerate(FORMULAS, 1)}


def test_values_are_wrong_before(filled: Path) -> None:
    """No formula has its value from the file: what the judges say is their own."""
    assert set(answers(recalculate.stored(filled)).values()) == {WRONG}


def test_libreoffice(by_libreoffice: recalculate.Values) -> None:
    """LibreOffice calculates each function that sheets use, and believes no stored value."""
    assert answers(by_libreoffice) == FORMULAS


def test_formualizer(filled: Path) -> None:
    """So does formualizer."""
    assert answers(recalculate.by_formualizer(filled)) == FORMULAS


def test_judges_agree_on_every_cell(filled: Path, by_libreoffice: recalculate.Values) -> None:
    """On what was typed too, on empty cells, and on formulas of the other sheet."""
    assert recalculate.by_formualizer(filled) == by_libreoffice
    assert by_libreoffice[SHEET, "A9"] is None
    assert by_libreoffice[RULES, "C1"] == 5


def test_texts_in_their_cells(tmp_path: Path) -> None:
    """Texts that are kept in the cell, not in the list of shared ones, are read by both judges."""
    rows: dict[str, str | float] = {
        "A1": "不合格",
        "B1": '=IF(A1="不合格","扣"&C1&"分","")',
        "C1": 0.5,
        "A2": " 空格 ",
        "B2": "=LEN(A2)",
    }
    file = write(tmp_path / "inline.xlsx", {SHEET: rows}, inline=True)
    with ZipFile(file) as parts:
        assert parts.read("xl/worksheets/sheet1.xml").count(b't="inlineStr"') == 2
    for values in (recalculate.by_formualizer(file), *recalculate.by_libreoffice([file], tmp_path)):
        assert (values[SHEET, "B1"], values[SHEET, "B2"]) == ("扣0.5分", 4)


def test_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More files than LibreOffice takes at once come back whole and in order, even if two have the same name."""
    monkeypatch.setattr(recalculate, "FILES_AT_ONCE", 2)
    files = []
    for number in range(5):
        folder = tmp_path / f"文件夹 {number}"
        folder.mkdir()
        files.append(write(folder / "评分 表.xlsx", {SHEET: {"A1": number, "B1": "=A1*10"}}))
    assert [values[SHEET, "B1"] for values in recalculate.by_libreoffice(files, tmp_path)] == [0, 10, 20, 30, 40]


def test_xls(filled: Path, tmp_path: Path) -> None:
    """A sheet saved in the old format is judged alike, and its stored values are not believed either."""
    (old,) = recalculate.converted([filled], ".xls", tmp_path)
    row = list(FORMULAS).index("SUM(A10:A12)")
    content = old.read_bytes()
    assert content.count(struct.pack("<d", 3.5)) > 0
    old.write_bytes(content.replace(struct.pack("<d", 3.5), struct.pack("<d", WRONG)))
    stored = xlrd.open_workbook(old).sheet_by_name(SHEET)
    assert stored.cell_value(list(FORMULAS).index("SUM(A1:A6,1)"), 7) == WRONG
    assert stored.cell_value(row, 7) == 5
    (values,) = recalculate.by_libreoffice([old], tmp_path)
    assert answers(values) == FORMULAS


def test_what_is_no_workbook(tmp_path: Path) -> None:
    """A file of which LibreOffice makes nothing is named; it would exit as if all were well."""
    file = tmp_path / "坏.xlsx"
    file.write_bytes(b"PK\x03\x04")
    with pytest.raises(AssertionError, match="坏"):
        recalculate.converted([file], ".ods", tmp_path)
