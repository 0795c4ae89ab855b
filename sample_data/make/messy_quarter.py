"""A quarter as several units send it: each in its own layout, without codes, without years, with numbers for words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from govkit.ledger import OPENED, Kind, Subject
from govkit.quarters import Quarter
from govkit.season import Unit
from sample_data.make.facts import WORDS
from sample_data.make.messy import LEAFLET, Hand, titled
from sample_data.make.season import ADVICE_COLUMNS, Facts
from sample_data.make.writing import Cell, csv_zip, workbook

MESSY_QUARTER = Quarter(2019, 4)
FOLDER = "季度/各单位报送"

_UPPER, _OTHER = ("清河省", "云泽市"), "丹岭县"
_ITSELF = "青禾县公安局"  # sends its accounts by itself, which the county lists as well
_COUNTED = ("9901230004", "9901230006", "9901230004001002")  # told by sponsor and name, without a code
_ACCEPTED = {True: "合格", False: "不合格"}
_YES = {True: "是", False: "否"}


def messy_quarter_files(facts: Facts) -> dict[str, bytes]:
    """The files of all units, by their paths below `sample_data`."""
    hand = Hand()
    accounts = [subject for subject in facts.season.subjects if subject.kind == Kind.ACCOUNT]
    upper = [subject for subject in accounts if subject.sponsor.startswith(_UPPER)]
    other = [subject for subject in accounts if subject.sponsor.startswith(_OTHER)]
    county = [subject for subject in accounts if subject not in upper and subject not in other]
    office = [
        titled("quarter_sites", list(_site_rows(facts, hand))),
        titled("quarter_accounts", list(_account_rows(county, hand))),
        titled("quarter_units", list(_unit_rows(facts.season.units or {}, hand))),
        titled("quarter_pushes", list(_push_rows(facts, (*_sites(facts), *county), hand))),
        titled("quarter_incidents", list(_incident_rows(facts, hand))),
        titled("quarter_filings", list(_filing_rows(facts, hand))),
        titled("quarter_reports", list(_report_rows(facts, hand))),
        titled("quarter_checks", list(_check_rows(facts, hand))),
        LEAFLET,
    ]
    own = [titled("quarter_accounts", list(_account_rows((s for s in county if s.sponsor == _ITSELF), hand)))]
    bulletin = [
        titled("quarter_bulletin", list(_bulletin_rows(other, hand))),
        titled("quarter_named", list(_named_rows(facts, other, hand))),
    ]
    counted = [titled("quarter_counts", list(_count_rows(facts, hand)))]
    above = [
        titled("quarter_upper", list(_upper_rows(upper, hand))),
        titled("quarter_pushes", list(_push_rows(facts, upper, hand))),
    ]
    return {
        f"{FOLDER}/青禾县人民政府办公室.xlsx": workbook(office, finished=False),
        f"{FOLDER}/青禾县公安局.xlsx": workbook(own, finished=False),
        f"{FOLDER}/丹岭县检查通报.xlsx": workbook(bulletin, finished=False),
        f"{FOLDER}/发布条数.xlsx": workbook(counted, finished=False),
        f"{FOLDER}/省市单位.zip": csv_zip(above),
    }


# ------------------------------------------------------------------------------------------------------------- ledgers


def _sites(facts: Facts) -> list[Subject]:
    return [subject for subject in facts.season.subjects if subject.kind == Kind.SITE]


def _site_rows(facts: Facts, hand: Hand) -> Iterator[list[Cell]]:
    for number, subject in enumerate(_sites(facts), 1):
        told = subject.details
        service = hand.word("对外服务职能", "有" if subject.service else "无")
        yield [
            *(number, hand.code(subject.id), hand.text(subject.name), told["首页网址"], hand.text(subject.sponsor)),
            *(told["主管单位"], service, hand.word("状态", told["状态"])),
        ]


def _account_rows(accounts: Iterable[Subject], hand: Hand) -> Iterator[list[Cell]]:
    for subject in accounts:
        told = subject.details
        yield [
            *(subject.id[:10] if subject.id.isascii() else None, subject.sponsor, hand.code(subject.id)),
            *(hand.word("账号类型", told["账号类型"]), hand.text(subject.name), told["账号主体"], told["主页地址"]),
            *(hand.word("账号状态", told["账号状态"]), told["备案"], _day(told[OPENED], hand)),
            *(_day(told["最近更新日期"], hand), *(told.get(column) for column in ADVICE_COLUMNS)),
        ]


def _upper_rows(accounts: Iterable[Subject], hand: Hand) -> Iterator[list[Cell]]:
    for subject in accounts:
        told = subject.details
        yield [
            *(hand.code(subject.id), hand.text(subject.name), hand.word("账号类型", told["账号类型"]), subject.sponsor),
            *(told["账号主体"], told["主页地址"], hand.word("账号状态", told["账号状态"]), told["备案"]),
            _day(told[OPENED], hand),
        ]


def _bulletin_rows(accounts: Sequence[Subject], hand: Hand) -> Iterator[list[Cell]]:
    for number, subject in enumerate(accounts, 1):
        told = subject.details
        updated = date.fromisoformat(told["最近更新日期"])
        yield [
            *(number, hand.word("账号类型", told["账号类型"]), subject.name, subject.sponsor, "无问题"),
            *(f"{updated.month}月{updated.day}日", told["账号主体"], told["主页地址"]),
            *(hand.word("账号状态", told["账号状态"]), told["备案"], _day(told[OPENED], hand)),
        ]


def _unit_rows(units: Mapping[str, Unit], hand: Hand) -> Iterator[list[Cell]]:
    for number, unit in enumerate(units.values(), 1):
        yield [
            *(number, hand.text(unit.name), hand.word("层级", str(unit.level))),
            *(hand.word("单位类别", str(unit.category)), unit.parent),
            *(_yes(unit.secret, hand), _yes(unit.public, hand), "；".join(unit.short_names or ())),
            *("，".join(unit.former_names or ()), hand.date(unit.renamed) if unit.renamed else None),
        ]


# ----------------------------------------------------------------------------------------------------------- published


def _push_rows(facts: Facts, subjects: Iterable[Subject], hand: Hand) -> Iterator[list[Cell]]:
    """Pushes by code, and counts that go for the whole quarter."""
    for subject in subjects:
        record = (facts.season.published or {}).get(subject.id)
        if record is None or subject.id in _COUNTED:
            continue
        span = [hand.date(day) for day in record.covered or ()] or [None, None]
        for moment in facts.pushes[subject.id]:
            yield [None, hand.code(subject.id), hand.moment(moment), None, *span, "（略）"]
        for total in record.totals:
            yield [None, hand.code(subject.id), None, hand.number(total.number), None, None, "（汇总）"]


def _named_rows(facts: Facts, subjects: Iterable[Subject], hand: Hand) -> Iterator[list[Cell]]:
    for subject in subjects:
        for moment in facts.pushes[subject.id]:
            kind = hand.word("账号类型", subject.details["账号类型"])
            yield [subject.sponsor, hand.text(subject.name), kind, f"{moment.month}月{moment.day}日"]


def _count_rows(facts: Facts, hand: Hand) -> Iterator[list[Cell]]:
    subjects = [subject for subject in facts.season.subjects if subject.id in _COUNTED]
    for number, subject in enumerate(subjects, 1):
        (total,) = (facts.season.published or {})[subject.id].totals
        yield [number, subject.sponsor, hand.text(subject.name), hand.number(total.number)]


# ------------------------------------------------------------------------------------------------------------- records


def _incident_rows(facts: Facts, hand: Hand) -> Iterator[list[Cell]]:
    for incident in facts.season.incidents or ():
        grave = None if incident.grave is None else hand.word("特别重大", _YES[incident.grave])
        answers = (incident.published, incident.conference, incident.responded)
        yield [
            *(incident.id, incident.name, hand.text(incident.unit), hand.moment(incident.happened), grave),
            *(hand.moment(answer) if answer else None for answer in answers),
        ]


def _filing_rows(facts: Facts, hand: Hand) -> Iterator[list[Cell]]:
    for number, record in enumerate(facts.season.filings or (), 1):
        yield [
            *(number, hand.code(record.subject_id), hand.word("备案事项", record.action.value)),
            *(hand.date(record.filed), record.approved_by, record.filed_with.replace("、", "；")),
            hand.date(record.announced) if record.announced else None,
        ]


def _report_rows(facts: Facts, hand: Hand) -> Iterator[list[Cell]]:
    for report in facts.season.reports or ():
        accepted = None if report.accepted is None else hand.word("审查结果", _ACCEPTED[report.accepted])
        yield [hand.code(report.who), report.matter, f"{report.year}年度", hand.date(report.submitted), accepted]


def _check_rows(facts: Facts, hand: Hand) -> Iterator[list[Cell]]:
    for (who, rule), finding in facts.season.checked.items():
        day = finding.checked_at.date() if finding.checked_at else None
        yield [
            *(hand.code(who), hand.item(rule), hand.word("检查结果", WORDS[finding.outcome]), finding.note),
            *(finding.screenshot, finding.inspector, hand.date(day) if day else None),
        ]


def _day(text: str, hand: Hand) -> Cell:
    return hand.date(date.fromisoformat(text)) if text else None


def _yes(value: bool | None, hand: Hand) -> Cell:
    return None if value is None else hand.word("是否", _YES[value])
