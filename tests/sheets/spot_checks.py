"""Any spot check that reading could produce, for hypothesis."""

from datetime import date, datetime, time, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from govkit.findings import Batch, Finding, Measurement, Outcome, Place, SpotCheck
from govkit.folding import fold
from govkit.ledger import Kind, Subject
from govkit.problems import Problems
from govkit.reading.cells import read_identifier
from govkit.reading.layout import ACCOUNTS, RECORDS, fold_header, known_columns, standard_value
from govkit.reading.table import ITEM_HEADER
from govkit.rubric import Item, Rubric, load_rubric
from tests.scoring.cases import counts

RUBRIC: Rubric = load_rubric("fengdu-2019")

FIRST_DATE_CELL = datetime(1900, 3, 1)  # noqa: DTZ001 - workbooks know no time zones

_AWKWARD = (
    *("=1+1", "+86 023", "-", "@me", "#N/A", "#DIV/0!", "_x000D_", "_x0001\x02", "a\r\nb\x07", "a\nb", "0012", "1e5"),
    *("TRUE", "2019-12-01", "'引号", "数量", "检查结果", "D1.2", "合计", "備考\t二", "\x00\x1f。", "x" * 32_767),
)
_ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=30)
RAW = (_ANY_TEXT | st.sampled_from([*_AWKWARD, " ", "\n", " 前后\u3000", "\r"])).filter(bool)
TEXT = (_ANY_TEXT | st.sampled_from(_AWKWARD)).map(str.strip)
NAME = TEXT.filter(bool)

_SITE_IDS = st.from_regex(r"[0-9]{10}|[A-Za-z]{1,3}[0-9]{3,12}", fullmatch=True)
_ACCOUNT_IDS = (st.from_regex(r"0?[0-9]{16}", fullmatch=True) | NAME).filter(
    lambda text: text != "合计" and read_identifier(text, Place(""), Problems()) == text
)
_DAYS = st.dates().map(lambda day: datetime.combine(day, time()))
_SECONDS = st.datetimes().map(lambda moment: moment.replace(microsecond=0))  # as text
_THOUSANDTHS = st.datetimes(FIRST_DATE_CELL).map(  # as date cells
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
_NUMBERS = st.floats(20_000, 79_999).map(lambda number: datetime(1899, 12, 30) + timedelta(days=number))  # noqa: DTZ001
MOMENTS = _DAYS | _SECONDS | _THOUSANDTHS | _NUMBERS


def _is_free(header: str) -> bool:
    known = known_columns(RECORDS)
    taken = known.get(fold_header(header)) or known.get(fold(header)) or ("", 1)
    return taken[1] > 0 and not ITEM_HEADER.match(fold(header).upper())


_HEADERS = (NAME | st.sampled_from(["备注", "整改时限", "处数", "责任科室_2"])).filter(_is_free)


def _is_standard(text: str) -> bool:
    """Whether reading leaves a word of 备案 as it is: TRUE becomes 是, so that reading never produces it."""
    return standard_value(ACCOUNTS, "备案", text) == text


@st.composite
def spot_checks(draw: st.DrawFn) -> SpotCheck:
    """A spot check with a few objects, long and wide findings, and measured quantities."""
    as_of = draw(st.dates(date(1901, 1, 1), date(9000, 1, 1)) | st.dates())
    batch = Batch(
        draw(NAME.filter(lambda name: name != "批次名称")),
        as_of,
        RUBRIC.id,
        draw(TEXT.filter(lambda name: name != "组织单位")),
        unlisted=draw(st.sampled_from([Outcome.UNCHECKED, Outcome.CLEAR])),
    )
    subjects = draw(_subjects(as_of))
    findings: list[Finding] = []
    measurements: list[Measurement] = []
    headers = draw(st.lists(_HEADERS, unique_by=lambda header: header, max_size=3))
    for subject in subjects:
        measured = draw(_measurements(subject, as_of)) if draw(st.booleans()) else []
        read = {item.code for m in measured for item in RUBRIC.quantities[m.quantity]}
        items = [item for item in RUBRIC.items_in_scope(subject).values() if item.code not in read]
        chosen = draw(st.lists(st.sampled_from(items), unique_by=lambda item: item.code, max_size=6))
        make = draw(st.sampled_from([_long, _wide]))
        findings += draw(make(subject, chosen, headers))
        measurements += measured
    return SpotCheck(batch, tuple(subjects), tuple(findings), tuple(measurements))


@st.composite
def _subjects(draw: st.DrawFn, as_of: date) -> list[Subject]:
    ids = draw(
        st.lists(st.tuples(st.just(Kind.SITE), _SITE_IDS), max_size=3).flatmap(
            lambda sites: st.lists(st.tuples(st.just(Kind.ACCOUNT), _ACCOUNT_IDS), min_size=not sites, max_size=3).map(
                lambda accounts: {name: kind for kind, name in sites + accounts}
            )
        )
    )
    days = st.just("") | st.dates().map(date.isoformat)
    optional = {
        Kind.SITE: {"主管单位": TEXT, "状态": st.sampled_from(["", "正常", "例外", "关停", "改版中"])},
        Kind.ACCOUNT: {
            **dict.fromkeys(("账号主体", "主页地址"), TEXT),
            "备案": TEXT.filter(_is_standard),
            "账号状态": st.sampled_from(["", "正常", "注销"]),
            "开设日期": days,
            "最近更新日期": st.just("") | st.dates(max_value=as_of).map(date.isoformat),
        },
    }
    required = {Kind.SITE: {"首页网址": NAME}, Kind.ACCOUNT: {"账号类型": st.sampled_from(["微信公众号", "其他"])}}
    columns = {
        kind: required[kind] | {c: optional[kind][c] for c in draw(st.sets(st.sampled_from(sorted(optional[kind]))))}
        for kind in Kind
    }
    others = draw(st.lists(st.sampled_from(["备注", "联系电话", "=电话", "ID"]), unique=True))
    found = []
    for identifier, kind in sorted(ids.items(), key=lambda entry: entry[1] == Kind.ACCOUNT):
        details = {column: draw(values) for column, values in columns[kind].items()}
        details |= {header: draw(RAW) for header in others if draw(st.booleans())}
        service = draw(st.booleans()) if kind == Kind.SITE else None
        found.append(Subject(identifier, draw(NAME), kind, draw(NAME), service, details))
    return found


def _number(draw: st.DrawFn, item: Item) -> int | None:
    return draw(counts(item)) if item.kind == "tier" else draw(st.none() | counts(item))


@st.composite
def _long(draw: st.DrawFn, subject: Subject, items: list[Item], headers: list[str]) -> list[Finding]:
    """Rows of 抽查记录."""
    found = []
    for item in items:
        outcome = draw(st.sampled_from(Outcome))
        other = draw(st.sampled_from([None, 0]))
        found.append(
            Finding(
                subject.id,
                item.code,
                outcome,
                _number(draw, item) if outcome == Outcome.FOUND and item.measure is None else other or None,
                draw(NAME if outcome == Outcome.NOT_APPLICABLE else TEXT),
                draw(TEXT),
                draw(TEXT),
                draw(TEXT),
                draw(st.none() | MOMENTS),
                {header: draw(RAW) for header in headers if draw(st.booleans())},
            )
        )
    return found


@st.composite
def _wide(draw: st.DrawFn, subject: Subject, items: list[Item], headers: list[str]) -> list[Finding]:
    """A row of a wide table: its note stands beside all its findings."""
    row_note = draw(TEXT)
    url, screenshot, inspector, when = draw(TEXT), draw(TEXT), draw(TEXT), draw(st.none() | MOMENTS)
    extra = {header: draw(RAW) for header in headers if draw(st.booleans())}
    extra |= {"问题说明": row_note} if row_note else {}
    reasons = st.sampled_from(["", "见附图", "未发现x", "无法打开", "=1", "12处"])
    found = []
    for item in items:
        outcome = draw(st.sampled_from(Outcome))
        count, note = None, draw(reasons)
        if outcome == Outcome.FOUND and item.measure is None:
            number = _number(draw, item)
            count, note = (number, "") if number is not None else (None, draw(reasons | st.just("（一）错别字")))
        if outcome == Outcome.NOT_APPLICABLE and not note:
            note = row_note
        common = (url, screenshot, inspector, when, extra)
        found.append(Finding(subject.id, item.code, outcome, count, note, *common))
    return found


@st.composite
def _measurements(draw: st.DrawFn, subject: Subject, as_of: date) -> list[Measurement]:
    at = draw(st.none() | MOMENTS)
    if subject.kind == Kind.ACCOUNT:
        return [Measurement(subject.id, "最近更新日期", draw(st.dates(max_value=as_of)), at)]
    found = [
        Measurement(subject.id, "首页最近更新日期", draw(st.dates(max_value=as_of)), at),
        Measurement(subject.id, "空白栏目数", Fraction(draw(st.integers(0, 10**29))), at),
    ]
    if subject.service:
        whole = draw(st.integers(0, 10**16))
        found.append(Measurement(subject.id, "事项总数", Fraction(whole), at))
        found.append(Measurement(subject.id, "要素缺失4类以上事项数", Fraction(draw(st.integers(0, whole))), at))
    for number in range(draw(st.integers(0, 3))):
        day = datetime.combine(date(2019, 12, 1 + number), time())
        visits = draw(st.integers(0, 500))
        found.append(Measurement(subject.id, "访问次数", Fraction(visits), day))
        found.append(Measurement(subject.id, "超时次数", Fraction(draw(st.integers(0, visits))), day))
    return found
