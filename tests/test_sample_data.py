"""The sample county: every branch of the rubric, worked out by hand, and the same in all its copies.

Requirements: the sections 抽查工作簿 and *What bad input gets* of the file format, and the whole of the rubric.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from govkit.figures import shortest, two_places
from govkit.findings import Outcome
from govkit.ledger import Kind
from govkit.problems import ProblemsError
from govkit.reading import read_spot_check
from govkit.rubric import PartName
from govkit.scoring import Ground, Inspection, Judgement, ObjectScore, explain, reason, score_spot_check
from sample_data.make.__main__ import files
from sample_data.make.broken import BROKEN, MISSING, broken_grids
from sample_data.make.facts import CLEAN, load_county
from sample_data.make.messy import MESSY, MESSY_CSV, wide_cell

SAMPLE = Path(__file__).parents[1] / "sample_data"
COUNTY = load_county()
RUBRIC = COUNTY.rubric
COPIES = (CLEAN, MESSY, MESSY_CSV)


@pytest.fixture(scope="module")
def inspection() -> Inspection:
    """Return the county scored from its facts, without any workbook in between."""
    return score_spot_check(RUBRIC, COUNTY.check)


def judgements(inspection: Inspection) -> Iterator[tuple[str, str, Judgement]]:
    """Yield object, item and judgement, for all there are."""
    for result in inspection.objects:
        for code, judgement in result.judgements.items():
            yield result.subject.id, code, judgement


def as_expected(score: ObjectScore) -> dict[str, object]:
    """Return a score in the form of `expect` in `county.toml`: what is empty is left out."""
    figures = {"part2": score.part2, "bonus": score.bonus, "total": score.total}
    told = {
        "verdict": str(score.verdict),
        "ground": str(score.ground),
        "vetoes": list(score.vetoes),
        "deductions": {row: shortest(points) for row, points in score.deductions.items()},
        "range": [two_places(points) for points in score.range or ()],
        "open": list(score.open),
        **{name: two_places(points) for name, points in figures.items() if points is not None},
    }
    return {name: value for name, value in told.items() if value}


def results(inspection: Inspection) -> list[object]:
    """Return all that a results document says of the objects, with the steps in words."""
    return [
        (
            *(result.subject.id, result.subject.name, result.subject.kind, result.subject.sponsor),
            *(result.subject.service, as_expected(result.score), reason(result.score, RUBRIC)),
            *(explain(step, RUBRIC) for step in result.score.steps),
        )
        for result in inspection.objects
    ]


# -------------------------------------------------------------------------------------------------------- verdicts


@pytest.mark.parametrize("subject_id", COUNTY.expected)
def test_result_is_the_one_worked_out_by_hand(subject_id: str, inspection: Inspection) -> None:
    """Verdict, ground, vetoes, deductions and figures of each object are those that `county.toml` states."""
    score = next(result.score for result in inspection.objects if result.subject.id == subject_id)
    assert as_expected(score) == COUNTY.expected[subject_id]


def test_county_is_as_large_as_it_says() -> None:
    """The README tells how many sites and accounts there are, and a dozen units and more stand behind them."""
    kinds = [subject.kind for subject in COUNTY.check.subjects]
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    assert f"{kinds.count(Kind.SITE)} 个网站、{kinds.count(Kind.ACCOUNT)} 个政务新媒体账号" in readme
    assert len({subject.sponsor for subject in COUNTY.check.subjects}) >= 12


# -------------------------------------------------------------------------------------------- every branch is there


def test_every_ground_occurs(inspection: Inspection) -> None:
    """Each line of the outcome list decides some object; incomplete ones are both sites and accounts."""
    grounds = {(result.subject.kind, result.score.ground) for result in inspection.objects}
    assert {ground for _, ground in grounds} == set(Ground)
    assert {(kind, ground) for kind in Kind for ground in (Ground.VETO, Ground.OPEN)} <= grounds


def test_every_item_is_found_somewhere(inspection: Inspection) -> None:
    """Each of the 97 items is a problem, or earned, at some object; so is each level of a tier."""
    found = {(code, j.count) for _, code, j in judgements(inspection) if j.outcome == Outcome.FOUND}
    assert {code for code, _ in found} == RUBRIC.items.keys()
    levels = {(item.code, level.points) for item in RUBRIC.items.values() for level in item.levels}
    assert levels <= found
    sampled = {(item.code, item.sample) for item in RUBRIC.items.values() if item.sample}
    assert sampled <= found


def test_every_outcome_occurs_in_every_part(inspection: Inspection) -> None:
    """In each part, and at accounts, items are found, clear, not applicable, impossible to tell, and unchecked."""
    parts = [(RUBRIC.row_of[code], judgement.outcome) for _, code, judgement in judgements(inspection)]
    seen = {(row.subject, row.part, outcome) for row, outcome in parts}
    wanted = {(Kind.SITE, part, outcome) for part in PartName for outcome in Outcome}
    wanted |= {(Kind.ACCOUNT, PartName.VETO, outcome) for outcome in Outcome}
    assert wanted <= seen


def test_what_does_not_apply_has_its_reason() -> None:
    """Each 不适用 says why; an 未检查 may have a note as well."""
    notes = {outcome: [f.note for f in COUNTY.check.findings if f.outcome == outcome] for outcome in Outcome}
    assert notes[Outcome.NOT_APPLICABLE]
    assert all(notes[Outcome.NOT_APPLICABLE])
    assert any(notes[Outcome.UNCHECKED])


def test_every_measure_decides_something(inspection: Inspection) -> None:
    """Each way of measuring finds a problem, and all but 事项总数 0 come near without; the ratio also cannot tell."""
    seen = {
        (measure.rule, judgement.reading.outcome, judgement.reading.near)
        for _, code, judgement in judgements(inspection)
        if judgement.reading and (measure := RUBRIC.items[code].measure)
    }
    rules = {item.measure.rule for item in RUBRIC.items.values() if item.measure}
    assert {rule for rule, outcome, _ in seen if outcome == Outcome.FOUND} == rules
    assert {rule for rule, outcome, near in seen if outcome == Outcome.CLEAR and near} == rules - {"none"}
    assert ("ratio", Outcome.CANNOT_TELL, False) in seen


@pytest.mark.parametrize(
    ("code", "value", "outcome"),
    [
        ("V3.1", date(2019, 12, 6), Outcome.CLEAR),
        ("V3.1", date(2019, 12, 5), Outcome.FOUND),
        ("M2.1", date(2019, 12, 13), Outcome.CLEAR),
        ("M2.1", date(2019, 12, 12), Outcome.FOUND),
        ("V4.1", 4, Outcome.CLEAR),
        ("V4.1", 5, Outcome.FOUND),
        ("V4.2", 9, Outcome.CLEAR),
        ("V4.2", 10, Outcome.FOUND),
        ("V4.3", 4, Outcome.CLEAR),
        ("V4.3", 5, Outcome.FOUND),
        ("V6.2", 4, Outcome.CLEAR),
        ("V6.2", 5, Outcome.FOUND),
    ],
)
def test_limits_are_met_exactly(code: str, value: date | int, outcome: Outcome, inspection: Inspection) -> None:
    """Some object has the last value that is still right, and some the first that is not, for each limit."""
    readings = [j.reading for _, item, j in judgements(inspection) if item == code and j.reading]
    used = [[measurement.value for measurement in reading.used] for reading in readings if reading.outcome == outcome]
    if isinstance(value, date):
        assert [value] in used
    else:
        assert value in [sum(number for number in values if isinstance(number, Fraction)) for values in used]


def test_ratio_meets_its_limit_exactly(inspection: Inspection) -> None:
    """One site times out in 5 % of its visits, over 7 days of 20 visits; another has too few visits on one day."""
    facts = [j.reading.fact for _, code, j in judgements(inspection) if code == "V2.1" and j.reading]
    assert any("5.00%" in fact for fact in facts)
    assert any("15 次" in fact for fact in facts)


def test_rows_are_capped_and_units_without_services_scaled(inspection: Inspection) -> None:
    """Caps of several rows, ×4/3, and both lines met exactly, with and without public services."""
    steps = {(step.rule, step.code) for result in inspection.objects for step in result.score.steps}
    assert {("cap", code) for code in ("D9", "D13", "D19", "D22", "D23", "D24")} <= steps
    assert ("scaled", "") in steps
    figures = {(result.subject.service, result.score.part2) for result in inspection.objects}
    assert {(service, Fraction(line)) for service in (True, False) for line in (60, 80)} <= figures


def test_bonus_of_an_object_at_the_line_is_judged_but_not_scored(inspection: Inspection) -> None:
    """At 80.00 exactly, bonus items are 符合 and yet earn nothing."""
    plain = [result for result in inspection.objects if result.score.ground == Ground.PLAIN]
    earned = [
        result.subject.id
        for result in plain
        if result.score.part2 == 80
        and any(code.startswith("B") and j.outcome == Outcome.FOUND for code, j in result.judgements.items())
    ]
    assert len(earned) == 2
    assert all(result.score.bonus is None and not result.score.bonuses for result in plain)


def test_ledger_shows_all_types_states_and_codes() -> None:
    """All account types and states of the format, and codes with letters, leading zeros, or free text."""
    subjects = COUNTY.check.subjects
    told = {name: {s.details.get(name) for s in subjects} - {None} for name in ("账号类型", "账号状态", "状态")}
    types = "微信公众号 新浪微博 抖音短视频 今日头条 快手短视频 移动客户端 小程序 微信视频号 其他"
    assert told["账号类型"] == set(types.split())
    assert told["账号状态"] == {"正常", "注销", "迁移", "删除", "已发关停公告", "冻结期"}
    assert told["状态"] == {"正常", "例外", "关停"}
    codes = [subject.id for subject in subjects]
    assert len(set(codes)) == len(codes)
    for pattern in (r"bm\d{8}", r"0\d{9}", r"0\d{15}", r"\D+"):
        assert any(re.fullmatch(pattern, code) for code in codes), pattern


def test_county_is_made_up() -> None:
    """Addresses are under example domains, and nothing looks like the number of a telephone or a person."""
    telephone = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)")
    for file in ("county.toml", "mistakes.toml"):
        text = (SAMPLE / file).read_text(encoding="utf-8")
        hosts = re.findall(r"https?://([^/\s\"]+)", text)
        assert hosts
        assert all(host.endswith(".example") for host in hosts)
        assert not telephone.search(text)
        assert not re.search(r"\d{17}[\dXx]", text)


# ---------------------------------------------------------------------------------------------------------- copies


def test_clean_workbook_reads_back_as_the_facts() -> None:
    """The model workbook loses nothing: the ledger, findings and measured quantities are those of `county.toml`."""
    assert read_spot_check(SAMPLE / CLEAN).subjects == COUNTY.check.subjects
    assert read_spot_check(SAMPLE / CLEAN).findings == COUNTY.check.findings
    assert read_spot_check(SAMPLE / CLEAN).measurements == COUNTY.check.measurements
    assert read_spot_check(SAMPLE / CLEAN).batch == COUNTY.check.batch


@pytest.mark.parametrize("copy", COPIES)
def test_copies_give_the_same_results(copy: str, inspection: Inspection) -> None:
    """However untidy the copy, the results are the same, in the order of the ledger; only the source differs."""
    check = read_spot_check(SAMPLE / copy)
    assert results(score_spot_check(RUBRIC, check)) == results(inspection)
    batches = [(b.name, b.as_of, b.rubric_id, b.organiser, b.unlisted) for b in (check.batch, COUNTY.check.batch)]
    assert batches[0] == batches[1]


@pytest.mark.parametrize("copy", COPIES[1:])
def test_messy_copies_keep_what_was_written_beside_the_results(copy: str) -> None:
    """Counts and notes are kept in both kinds of table; addresses, inspectors and days where there is room for them."""
    got = {(f.subject_id, f.item): f for f in read_spot_check(SAMPLE / copy).findings}
    assert got.keys() == {(f.subject_id, f.item) for f in COUNTY.check.findings}
    for finding in COUNTY.check.findings:
        read = got[finding.subject_id, finding.item]
        assert (read.outcome, read.count, read.note) == (finding.outcome, finding.count, finding.note)
        if wide_cell(finding, COUNTY) is None:
            assert (read.url, read.screenshot, read.inspector) == (finding.url, finding.screenshot, finding.inspector)
            assert read.checked_at == finding.checked_at
            assert read.extra == {"整改时限": "10个工作日"}


@pytest.mark.parametrize("copy", COPIES[1:])
def test_messy_ledger_says_the_same(copy: str) -> None:
    """Numbers for types and states, and 是 and 否 for services, mean the words of the clean ledger."""
    names = ("账号类型", "账号状态", "状态", "备案", "主页地址", "首页网址", "主管单位", "账号主体")
    for read, subject in zip(read_spot_check(SAMPLE / copy).subjects, COUNTY.check.subjects, strict=True):
        assert (read.id, read.name, read.sponsor, read.service) == (
            *(subject.id, subject.name, subject.sponsor, subject.service),
        )
        for name in names:
            assert read.details.get(name) == subject.details.get(name)


def test_messy_workbook_is_messy() -> None:
    """The messy workbook has merged cells, codes as numbers and as full-width text, and dates as cells and as text."""
    book = openpyxl.load_workbook(SAMPLE / MESSY)
    cells = [cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert len(book["检查记录"].merged_cells.ranges) > 20
    assert {type(value).__name__ for value in cells} >= {"str", "int", "datetime", "NoneType"}
    texts = {value for value in cells if isinstance(value, str)}
    days = (r"\d{4}年\d+月\d+日", r"\d{4}/\d+/\d+", r"\d{4}\.\d+\.\d+")
    for pattern in (r"[０-９]{10}", r"[ＤＢＭ][０-９]+．[０-９]+", r" .*\u3000", *days):
        assert any(re.fullmatch(pattern, text) for text in texts), pattern
    assert 9901230001 in cells


def test_csv_copy_is_gbk() -> None:
    """The packed tables are in the encoding in which Chinese Excel writes CSV, not in UTF-8."""
    with zipfile.ZipFile(SAMPLE / MESSY_CSV) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert content.decode("gbk")
            with pytest.raises(UnicodeDecodeError):
                content.decode("utf-8")


# ---------------------------------------------------------------------------------------------------------- broken

# What the file format promises to find, by the code of the problem.
PROMISED = {
    "a missing sheet": "S01",
    "a missing column": "S02",
    "a missing column with a near name": "S04",
    "an unknown object": "R01",
    "an unknown item": "R03",
    "an unknown result": "R04",
    "a duplicate judgement": "R06",
    "a name that does not match its code": "R02",
    "a negative count": "R07",
    "a fractional count": "R08",
    "a count beyond its sample": "R09",
    "a D10 for a unit without services": "R05",
    "a V1 for an account": "R17",
    "a date that is none": "C04",
    "a last update after the 监测时间点": "M05",
    "a contradiction with a measured quantity": "M06",
    "a code that has lost its leading zeros": "L03",
    "an error in a cell": "C01",
    "不适用 without a reason": "R15",
}


@pytest.mark.parametrize(("name", "path"), [("mistakes", BROKEN), ("missing", MISSING)])
def test_every_mistake_is_reported_where_it_stands(name: str, path: str) -> None:
    """Reading reports each mistake with its sheet and row, all at once, and nothing besides."""
    mistakes = broken_grids(name)[1]
    with pytest.raises(ProblemsError) as caught:
        read_spot_check(SAMPLE / path)
    reported = [(problem.code, problem.place.sheet, problem.place.row) for problem in caught.value.problems]
    assert sorted(reported, key=str) == sorted(((m.code, m.sheet, m.row) for m in mistakes), key=str)


def test_mistakes_are_all_that_the_format_names() -> None:
    """Each mistake that the file format names stands in one of the two workbooks."""
    shown = {mistake.code for name in ("mistakes", "missing") for mistake in broken_grids(name)[1]}
    assert set(PROMISED.values()) <= shown


# ------------------------------------------------------------------------------------------------------- committed


def contents(path: str, content: bytes) -> dict[str, Any]:
    """Return all that counts of a workbook, or of packed CSV files; not the bytes, which depend on the compression."""
    if path.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    book = openpyxl.load_workbook(io.BytesIO(content))
    told: dict[str, Any] = {"created": book.properties.created, "modified": book.properties.modified}
    for sheet in book.worksheets:
        cells = [(cell.coordinate, cell.value, cell.number_format) for row in sheet.iter_rows() for cell in row]
        widths = {letter: column.width for letter, column in sheet.column_dimensions.items()}
        told[sheet.title] = (cells, sorted(map(str, sheet.merged_cells.ranges)), widths, sheet.freeze_panes)
    return told


def test_committed_files_are_what_make_writes() -> None:
    """Nobody has edited a workbook by hand, or forgotten to run `sample_data.make`; there are no other files."""
    made = files()
    for path, content in made.items():
        assert contents(path, (SAMPLE / path).read_bytes()) == contents(path, content), path
    present = {file.relative_to(SAMPLE).as_posix() for file in SAMPLE.rglob("*") if file.suffix in (".xlsx", ".zip")}
    assert present == made.keys()


def test_making_twice_gives_the_same_bytes() -> None:
    """No clock and no chance goes into the files."""
    assert files() == files()


def test_clean_workbook_is_a_model() -> None:
    """Its headers are bold and stay in sight, codes are text, and 检查结果 is chosen from a list."""
    book = openpyxl.load_workbook(SAMPLE / CLEAN)
    assert book.sheetnames == ["批次", "网站台账", "账号台账", "抽查记录", "监测数据"]
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        for column in sheet.iter_cols():
            assert column[0].font.bold
            if str(column[0].value).endswith("标识码"):
                assert all(isinstance(cell.value, str) and cell.number_format == "@" for cell in column[1:])
    assert any("无法判断" in str(rule.formula1) for rule in book["抽查记录"].data_validations.dataValidation)
