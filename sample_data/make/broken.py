"""The broken workbooks: `mistakes.toml` as sheets, and what a reader must report of them."""

from dataclasses import dataclass

from sample_data.make.facts import read_data
from sample_data.make.writing import Grid, Rows

BROKEN = "broken/错误示例.xlsx"
MISSING = "broken/缺表缺列示例.xlsx"

WHY = "错在哪里"  # a column that the program does not know, for the people who look at the sheet


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake of `mistakes.toml`: the code of the problem, and where the program should point.

    `sheet` is empty and `row` None where the whole workbook is meant.
    """

    code: str
    sheet: str
    row: int | None


def broken_grids(name: str) -> tuple[list[Grid], list[Mistake]]:
    """The workbook `name` of `mistakes.toml`, and the mistakes in it, with the rows that people see."""
    data = read_data("mistakes.toml")[name]
    grids: list[Grid] = []
    mistakes: list[Mistake] = []
    for sheet in data:
        rows: Rows = [[*sheet["columns"], WHY]]
        if "code" in sheet:
            at = sheet.get("points_at", sheet["name"])
            mistakes += [Mistake(code, at, 1 if at else None) for code in sheet["code"].split()]
        for line in sheet["rows"]:
            cells = [None if cell == "" else cell for cell in line["cells"]]
            rows.append([*cells, *[None] * (len(sheet["columns"]) - len(cells)), line.get("why")])
            mistakes += [Mistake(code, sheet["name"], len(rows)) for code in line.get("code", "").split()]
        grids.append(Grid(sheet["name"], rows))
    return grids, mistakes
