"""What people typed into sheets, as findings: each cell is checked as in 抽查记录."""

from collections.abc import Mapping

from govkit.file_names import picture_name
from govkit.findings import Finding
from govkit.messages import say
from govkit.problems import Problems
from govkit.reading.cells import is_blank, read_moment, read_text, sound
from govkit.reading.filled import COUNT, NOTE, RESULT, WHEN, WHO, FilledSheet
from govkit.reading.ledgers import Ledger
from govkit.reading.records import Records
from govkit.reading.sheet import CellValue, ErrorValue
from govkit.reading.table import Row, Table
from govkit.rubric import Rubric


def read_answers(
    filled: FilledSheet, changed: Mapping[str, str], rubric: Rubric, problems: Problems
) -> dict[str, Finding]:
    """The answers of some lines, by item; lines without any are left out.

    Args:
        filled: the sheet.
        changed: the items whose lines are read, each with the note as it was typed, without what govkit wrote there.
        rubric: the rules.
        problems: takes what is wrong, each at its cell.
    """
    if not changed:
        return {}
    ledger = Ledger()
    ledger.add(filled.origin.subject)
    records = Records(ledger, rubric, problems, lambda _: None)
    headers = {"指标编号": "编号"}
    table = Table(filled.sheet, "", 0, {}, {}, {}, headers, [])
    # Both stand there once for all lines, and so do problems with them.
    who = read_text(filled.cell(WHO), filled.place_of_cell(WHO), problems)
    when, place = filled.cell(WHEN), filled.place_of_cell(WHEN)
    moment = None if is_blank(when) else read_moment(when, place, problems)
    for code, typed in changed.items():
        line = filled.lines[code]
        note, url = _apart(typed)
        pictures = "；".join(dict.fromkeys(picture_name(i.content, i.suffix) for i in line.images))
        unscored = line.result in _unscored()
        if is_blank(line.cells[RESULT]):
            problems.add("C07", filled.place(code, RESULT), item=code)
            for column in (COUNT, NOTE):
                sound(line.cells[column], filled.place(code, column), problems)
            continue
        error = line.cells[NOTE] if isinstance(line.cells[NOTE], ErrorValue) else None
        cells: dict[str, CellValue] = {
            "检查对象标识码": filled.origin.subject.id,
            "指标编号": code,
            RESULT: "" if unscored else line.cells[RESULT],
            COUNT: "" if unscored or line.count == say("sheet.none") else line.cells[COUNT],
            NOTE: error or note,
            "问题网址": url,
            "截图": pictures,
            "检查人": who,
            WHEN: moment,
        }
        records.read_row(table, Row(line.first_row, cells, {}, {}))
    return {code: finding for (_, code), finding in records.findings.items()}


def _unscored() -> set[str]:
    """Words that stand in place of a result where nothing was recorded."""
    return {say(f"sheet.{key}") for key in ("no_more", "not_scored", "out_of_scope")}


def _apart(typed: str) -> tuple[str, str]:
    """A note, and the address in a line of its own."""
    start = say("sheet.url", url="")
    lines = typed.split("\n")
    urls = [line.removeprefix(start).strip() for line in lines if line.startswith(start)]
    return "\n".join(line for line in lines if not line.startswith(start)).strip(), "；".join(filter(None, urls))
