"""A spot check as the standard workbook: `reading` reads the same spot check from it.

Beside 抽查记录, a sheet 抽查宽表 takes the findings that only a wide table can hold, as they came from one: 不适用
without a reason, and a note that is the whole row's.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from govkit.findings import Batch, Finding, Measurement, Outcome, SpotCheck
from govkit.folding import fold
from govkit.messages import say
from govkit.problems import ProblemsError, place_of
from govkit.reading import read_spot_check
from govkit.reading.layout import BATCH, MEASURED, RECORDS, WIDE, layouts
from govkit.reading.table import ITEM_HEADER
from govkit.rubric import PartName, Rubric, Rubrics, outcome_word
from govkit.sheets.errors import OutputError
from govkit.sheets.staging import staging
from govkit.sheets.standard import (
    StandardRow,
    StandardTable,
    Value,
    columns,
    ledger_tables,
    meant,
    moment,
    table_of,
    workbook_of,
)

PICTURES = "截图"

_BETWEEN_PICTURES = "；"
_ID, _NAME, _ITEM, _RESULT, _COUNT, _NOTE = "检查对象标识码", "检查对象名称", "指标编号", "检查结果", "数量", "问题说明"
_PROBLEMS_SHOWN = 3


def write_spot_check(check: SpotCheck, path: Path, files: Mapping[str, bytes], rubric: Rubric | None = None) -> None:
    """Write a spot check to `path` as the standard workbook (抽查工作簿), with its screenshots in 截图 beside it.

    `read_spot_check` gives back the same batch, subjects, findings and measurements. What it reads in one way only
    comes back in that way: sites before accounts, texts without blanks at their ends, a column that other objects of
    the ledger have as a blank, times as local ones. A further column whose header would stand for a standard one is
    headed 其他：….

    Args:
        check: the spot check; its notices and source are not written.
        path: of the workbook.
        files: screenshots by their names; a name among those of `Finding.screenshot` (joined by “；”) becomes its
            place below the workbook, other texts stay. Other files in 截图 stay as well.
        rubric: its rules; where nothing is said, those of govkit with their id.

    Raises:
        OutputError: a text does not fit into a cell, or what was written could not be read again, because something
            is missing or contradicts; or the files cannot be written. Then nothing has changed.
    """
    rubrics = Rubrics(also=rubric)
    tables = _tables(check, rubrics.load(check.batch.rubric_id), files.keys())
    with staging(path.parent) as stage:
        _check_readable(check, stage.store(Path(path.name), workbook_of(tables)), rubrics)
        for name, content in files.items():
            file = Path(PICTURES) / name
            if not _holds(path.parent / file, content):
                stage.store(file, content)
        stage.put_in_place()


def _holds(file: Path, content: bytes) -> bool:
    return file.is_file() and file.read_bytes() == content


def _check_readable(check: SpotCheck, workbook: Path, rubrics: Rubrics) -> None:
    """Nobody should find out at the other end that a workbook cannot be read."""
    try:
        read = read_spot_check(workbook, rubrics=rubrics)
    except ProblemsError as error:
        problems = [f"{place_of(p.place)}：{p.text}{p.fix}" for p in error.problems[:_PROBLEMS_SHOWN]]
        sentence = say("spot_check.unreadable", number=len(error.problems), problems="".join(problems))
        raise OutputError(sentence) from error
    lost = _keys(check) - _keys(read)
    if lost:
        raise OutputError(say("spot_check.lost", ids="、".join(sorted({key[0] for key in lost})[:_PROBLEMS_SHOWN])))


def _keys(check: SpotCheck) -> set[tuple[str, ...]]:
    return {(s.id,) for s in check.subjects} | {(f.subject_id, f.item) for f in check.findings}


def _tables(check: SpotCheck, rubric: Rubric, pictures: Collection[str]) -> Iterable[StandardTable]:
    yield StandardTable(BATCH, ("项目", "内容"), _batch(check.batch))
    yield from ledger_tables(check.subjects)
    names = {subject.id: subject.name for subject in check.subjects}
    findings = [replace(f, screenshot=_placed(f.screenshot, pictures)) for f in check.findings]
    wide = [finding for finding in findings if _is_wide(finding, rubric)]
    long = [finding for finding in findings if not _is_wide(finding, rubric)]
    yield table_of(RECORDS, RECORDS, [_record(f, names, rubric) for f in long], columns(RECORDS))
    if wide:
        yield table_of(WIDE, RECORDS, _wide_rows(wide, names, rubric), items=rubric.items)
    if check.measurements:
        yield table_of(MEASURED, MEASURED, [_measurement(m) for m in check.measurements], columns(MEASURED))


def _batch(batch: Batch) -> Sequence[Sequence[Value]]:
    values = {
        "批次名称": batch.name,
        "监测时间点": moment(batch.as_of),
        "检查规则": batch.rubric_id,
        "组织单位": batch.organiser,
        "未列出的指标": outcome_word(batch.unlisted, PartName.VETO),
    }
    return [(name, values[name]) for name in columns(BATCH)]


def _placed(screenshot: str, pictures: Collection[str]) -> str:
    names = screenshot.split(_BETWEEN_PICTURES)
    return _BETWEEN_PICTURES.join(f"{PICTURES}/{name}" if name in pictures else name for name in names)


def _shared(finding: Finding) -> Mapping[str, Value]:
    """What a finding has in both kinds of tables."""
    return {
        "问题网址": finding.url,
        "截图": finding.screenshot,
        "检查人": finding.inspector,
        "检查时间": moment(finding.checked_at),
    }


def _record(finding: Finding, names: Mapping[str, str], rubric: Rubric) -> StandardRow:
    cells: dict[str, Value] = {
        _ID: finding.subject_id,
        _NAME: names.get(finding.subject_id),
        _ITEM: finding.item,
        _RESULT: outcome_word(finding.outcome, rubric.row_of[finding.item].part),
        _COUNT: finding.count,
        _NOTE: finding.note,
        **_shared(finding),
    }
    return StandardRow(cells, _renamed(finding.extra, lambda header: meant(RECORDS, header)[1] == 0))


def _renamed(extra: Mapping[str, str], is_taken: Callable[[str], bool]) -> dict[str, str]:
    """Further columns by headers that are no column of the table's own, and no item."""
    return {
        say("spot_check.other", header=h) if is_taken(h) or ITEM_HEADER.match(fold(h).upper()) else h: text
        for h, text in extra.items()
    }


def _is_wide(finding: Finding, rubric: Rubric) -> bool:
    """Whether only a wide table can hold a finding, and can."""
    only_wide = _NOTE in finding.extra or (finding.outcome == Outcome.NOT_APPLICABLE and not finding.note)
    return only_wide and _wide_cell(finding, rubric) is not None


def _wide_cell(finding: Finding, rubric: Rubric) -> Value:
    """The cell of a wide table that is read as this finding; None where there is none."""
    word = outcome_word(finding.outcome, rubric.row_of[finding.item].part)
    is_of_row = finding.outcome == Outcome.NOT_APPLICABLE and finding.note == finding.extra.get(_NOTE, "")
    if finding.count is not None:
        return finding.count if finding.outcome == Outcome.FOUND and finding.count > 0 and not finding.note else None
    if is_of_row or not finding.note:
        return word
    marks = layouts()["words"]["after_outcome"]
    if finding.note.lstrip(marks) == finding.note:
        return f"{word}：{finding.note}"
    return finding.note if finding.outcome == Outcome.FOUND else None


def _wide_rows(findings: Iterable[Finding], names: Mapping[str, str], rubric: Rubric) -> list[StandardRow]:
    """One row an object, more where not everything that stands once in a row is the same."""
    rows: dict[object, StandardRow] = {}
    for finding in findings:
        shared = {header: value for header, value in _shared(finding).items() if value}
        extra = dict(finding.extra)
        if note := extra.pop(_NOTE, ""):
            shared[_NOTE] = note
        own = {_ID: finding.subject_id, _NAME: names.get(finding.subject_id), **shared}
        renamed = _renamed(extra, lambda header: meant(RECORDS, header)[1] == 0 or meant(RECORDS, header)[0] == _ITEM)
        row = rows.setdefault((*own.items(), *renamed.items()), StandardRow(own, renamed))
        cells = {**row.cells, finding.item: _wide_cell(finding, rubric)}
        rows[*own.items(), *renamed.items()] = replace(row, cells=cells)
    return list(rows.values())


def _measurement(measurement: Measurement) -> StandardRow:
    value = measurement.value
    shown: Value = moment(value) if isinstance(value, date) else float(value)
    if not isinstance(value, date) and value.denominator == 1:
        shown = int(value)
    return StandardRow(
        {
            _ID: measurement.subject_id,
            "监测项": measurement.quantity,
            "数值": shown,
            "监测时间": moment(measurement.at),
        }
    )
