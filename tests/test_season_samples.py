"""The sample year: what the rules say of it was worked out by hand, and each rule passes and is broken somewhere.

Requirements: issue 5, `sample_data/` gains four quarters of ledgers, publishing records and incidents that exercise
every rule; the sheets of a season.
"""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from govkit.commands.inspectors import read_inspectors
from govkit.ledger import Kind, Subject
from govkit.packs import Judgement, Pack, Status, advise, judge_season, load_pack, pack_ids
from govkit.quarters import Quarter
from govkit.reading import read_season
from govkit.reading.season import SeasonSheets
from govkit.sampling import Past, assign, draw_accounts, draw_lines
from govkit.season import Disposal, Season
from sample_data.make.__main__ import files
from sample_data.make.facts import read_data
from sample_data.make.messy_quarter import FOLDER as MESSY_FOLDER
from sample_data.make.messy_quarter import MESSY_QUARTER
from sample_data.make.quarters import INSPECTORS, quarter_path
from sample_data.make.season import Facts, load_inspectors, load_year

SAMPLE = Path(__file__).parents[1] / "sample_data"
YEAR = load_year()
Judgements = Mapping[str, Mapping[tuple[str, str], Judgement]]
"""By quarter; then by rule and thing."""
STATUSES = {"pass": Status.PASS, "breach": Status.BREACH, "not_applicable": Status.NOT_APPLICABLE}
STATUSES["unknown"] = Status.UNKNOWN


class Expected(NamedTuple):
    """What was worked out by hand: how a thing stands under a rule in a quarter."""

    rule: str
    quarter: str
    thing: str
    status: Status


EXPECTED = tuple(
    Expected(rule, entry["quarter"], thing, status)
    for entry in read_data("season/expect.toml")["expect"]
    for rule in entry["rules"]
    for name, status in STATUSES.items()
    for thing in entry.get(name, ())
)


@cache
def sheets(quarter: Quarter) -> SeasonSheets:
    """Return what the reader finds in the workbook of a quarter."""
    facts = next(facts for facts in YEAR if facts.quarter == quarter)
    return read_season([SAMPLE / quarter_path(facts)], quarter.period)


def seasons() -> dict[Quarter, Season]:
    """Return the quarters as read, each with the ledger of the one before it."""
    found: dict[Quarter, Season] = {}
    earlier: tuple[Subject, ...] | None = None
    for facts in YEAR:
        read = sheets(facts.quarter)
        found[facts.quarter] = read.season(earlier)
        earlier = read.subjects
    return found


def packs() -> list[Pack]:
    """Return the packs of all notices."""
    return [load_pack(pack_id) for pack_id in pack_ids()]


def judged(season: Season) -> dict[tuple[str, str], Judgement]:
    """Return what all rules say, by rule and thing."""
    compliance = judge_season(season, packs())
    return {
        (column.rule.id, thing.id): column[number]
        for column in compliance.columns
        for number, thing in enumerate(compliance.things[column.rule.binds.about])
    }


@pytest.fixture(scope="module")
def judgements() -> Judgements:
    """Return what all rules say of the workbooks, by quarter."""
    return {quarter.code: judged(season) for quarter, season in seasons().items()}


# -------------------------------------------------------------------------------------------------------- expectations


def test_rules_say_what_was_worked_out_by_hand(judgements: Judgements) -> None:
    """Each thing that `expect.toml` names stands under its rule as it says, and all but a pass tells a fact."""
    found = [each._replace(status=judgements[each.quarter][each.rule, each.thing].status) for each in EXPECTED]
    assert found == list(EXPECTED)
    others = [expected for expected in EXPECTED if expected.status != Status.PASS]
    assert all(judgements[each.quarter][each.rule, each.thing].fact for each in others)


@pytest.mark.parametrize("pack_id", pack_ids())
def test_every_automatic_rule_passes_and_is_broken(pack_id: str) -> None:
    """For each rule that the program judges, somebody worked out a thing that passes and one that breaks it."""
    worked_out = {(expected.rule, expected.status) for expected in EXPECTED}
    rules = {rule.id for rule in load_pack(pack_id).rules if rule.check.automatic}
    assert {(rule, status) for rule in rules for status in (Status.PASS, Status.BREACH)} <= worked_out


def test_every_kind_of_check_also_does_not_apply_and_cannot_tell() -> None:
    """Each way of judging is shown with things it does not apply to; all but counting, with things nobody can tell."""
    kinds = {rule.id: rule.check.kind for pack in packs() for rule in pack.rules if rule.check.automatic}
    shown = {(kinds[each.rule], each.status) for each in EXPECTED if each.rule in kinds}
    assert {kind for kind, status in shown if status == Status.NOT_APPLICABLE} == set(kinds.values())
    counting = {"at_most", "same_name"}
    assert {kind for kind, status in shown if status == Status.UNKNOWN} >= set(kinds.values()) - counting


def test_advice_is_the_one_worked_out_by_hand() -> None:
    """Some account is to be closed, merged, improved and kept, each with its reasons unless it is kept."""
    worked_out = read_data("season/expect.toml")["advice"]
    advice = {each.thing.id: each for each in advise(judge_season(seasons()[Quarter(2019, 4)], packs()))}
    assert {account: advice[account].outcome.value for account in worked_out} == worked_out
    assert set(worked_out.values()) == set(Disposal)
    assert all(bool(advice[account].reasons) == (outcome != Disposal.KEEP) for account, outcome in worked_out.items())


def test_no_expectation_stands_twice() -> None:
    """A thing has one expectation a rule and quarter."""
    named = [expected[:3] for expected in EXPECTED]
    assert len(set(named)) == len(named)


# ------------------------------------------------------------------------------------------------------------- workbooks


@pytest.mark.parametrize("facts", YEAR, ids=lambda facts: facts.quarter.code)
def test_workbook_reads_back_as_the_facts(facts: Facts) -> None:
    """The reader loses nothing of a quarter: ledger, units, publications, incidents, filings, reports and checks."""
    read, told = sheets(facts.quarter).season(facts.season.earlier), facts.season
    assert without_places(read) == without_places(told)


def without_places(season: Season) -> Season:
    """Return a season whose checks do not say where they stand."""
    return replace(season, checked={key: replace(each, place=None) for key, each in season.checked.items()})


def test_first_quarter_tells_less() -> None:
    """What the county's office had not asked for yet is unknown in the first quarter, and known from the second on."""
    first, second = (sheets(facts.quarter) for facts in YEAR[:2])
    assert first.filings is None
    assert first.reports is None
    assert all(unit.level is None and unit.former_names is None for unit in (first.units or {}).values())
    assert second.filings
    assert second.reports
    assert all(unit.level for unit in (second.units or {}).values())


def test_ledger_shows_what_should_be_looked_at() -> None:
    """In the last quarter of 2019 an account is listed by two units, in the one before one has no sponsor: it is said."""
    notices = sheets(Quarter(2019, 4)).notices
    assert any("青禾文旅" in notice and "青禾县文化馆" in notice for notice in notices)
    assert not any("青禾生活圈" in notice for notice in notices)
    assert any("青禾生活圈" in notice for notice in sheets(Quarter(2019, 3)).notices)
    assert not sheets(Quarter(2019, 1)).notices


def test_workbooks_are_models() -> None:
    """The sheets stand in one order, with headers that stay in sight, and times of day where hours count."""
    book = openpyxl.load_workbook(SAMPLE / "季度/2019Q4.xlsx")
    names = "网站台账 账号台账 单位名录 发布记录 突发事件 备案记录 报送记录 规则核查"
    assert book.sheetnames == names.split()
    assert all(sheet.freeze_panes == "A2" for sheet in book.worksheets)
    assert book["突发事件"]["D2"].number_format == "yyyy-mm-dd hh:mm"


def test_year_is_made_up() -> None:
    """Addresses are under example domains; nothing looks like a telephone number."""
    for name in ("units", "ledger", "published", "records", "expect"):
        text = (SAMPLE / f"season/{name}.toml").read_text(encoding="utf-8")
        assert all(host.endswith(".example") for host in re.findall(r"https?://([^/\s\"]+)", text))
        assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)", text)


# ---------------------------------------------------------------------------------------------- as several units send it


@pytest.fixture(scope="module")
def sent() -> SeasonSheets:
    """Return what the reader finds in the files that several units sent for one quarter."""
    return read_season(sorted((SAMPLE / MESSY_FOLDER).iterdir()), MESSY_QUARTER.period)


def test_files_of_several_units_hold_the_same_facts(sent: SeasonSheets) -> None:
    """Numbers for words, names for codes, days without a year: all reads as what the one clean workbook says."""
    told = sheets(MESSY_QUARTER)
    for name in ("units", "published", "incidents", "filings", "reports"):
        assert getattr(sent, name) == getattr(told, name), name
    found = {subject.id: subject for subject in sent.subjects}
    assert found.keys() == {subject.id for subject in told.subjects}
    for subject in told.subjects:
        details = {column: found[subject.id].details.get(column, "") for column in subject.details}
        assert replace(found[subject.id], details=details) == subject


def test_files_of_several_units_are_judged_the_same(sent: SeasonSheets, judgements: Judgements) -> None:
    """Every rule says the same of every thing, fact by fact, without any editing by hand."""
    earlier = sheets(MESSY_QUARTER.before).subjects
    assert judged(sent.season(earlier)) == judgements[MESSY_QUARTER.code]


def test_files_of_several_units_are_as_real_ones_are(sent: SeasonSheets) -> None:
    """One comes as packed CSV, one without codes and years, one lists what another lists as well."""
    paths = {path.stem: path for path in (SAMPLE / MESSY_FOLDER).iterdir()}
    with zipfile.ZipFile(paths["省市单位"]) as archive:
        assert all(archive.read(name).decode("gbk") for name in archive.namelist())
    ledger = openpyxl.load_workbook(paths["青禾县人民政府办公室"])["政务新媒体台账"]
    kinds = [type(cell.value) for cell in ledger["D"]]
    assert int in kinds
    assert str in kinds
    named = openpyxl.load_workbook(paths["丹岭县检查通报"])["发布明细"]
    assert re.fullmatch(r"\d+月\d+日", str(named["D2"].value))
    headers = [cell.value for cell in openpyxl.load_workbook(paths["发布条数"]).worksheets[0][1]]
    assert headers == ["序号", "主办单位", "新媒体名称", "发布条数"]
    assert any("平安青禾" in notice for notice in sent.notices)


# -------------------------------------------------------------------------------------------------------------- sampling


def test_draws_of_the_year_cover_every_account() -> None:
    """Over the four quarters of 2019 every account that still runs at the end was drawn, more than half each time."""
    past: dict[str, Past] = {}
    for facts in YEAR[:4]:
        accounts = [s for s in sheets(facts.quarter).subjects if s.kind == Kind.ACCOUNT and not s.is_closed]
        draw = draw_accounts(accounts, past, facts.quarter, "青禾县 2019")
        assert len(draw.drawn) * 2 > len(accounts)
        past |= {drawn.subject.id: Past(facts.quarter) for drawn in draw.drawn}
        running = {account.id for account in accounts}
    assert running <= past.keys()


def test_inspectors_share_out_the_objects() -> None:
    """Some inspectors belong to units that are inspected; everything can be inspected by somebody from elsewhere."""
    inspectors = load_inspectors()
    units = {inspector.name: inspector.unit for inspector in inspectors}
    subjects = sheets(Quarter(2019, 4)).subjects
    shared = assign(subjects, inspectors, "青禾县 2019")
    assert {subject.sponsor for subject in subjects} & set(units.values())
    assert all(units[shared[subject.id]] != subject.sponsor or not subject.sponsor for subject in subjects)
    assert read_inspectors(SAMPLE / INSPECTORS) == list(inspectors)


def test_list_of_documents_can_be_sampled() -> None:
    """The list that is pasted for a site's sample has 40 different titles."""
    titles = (SAMPLE / "文件清单.txt").read_text(encoding="utf-8").splitlines()
    assert len(set(titles)) == 40
    assert len(draw_lines(titles, 3, "9901230001", "D7", seed="青禾县 2019")) == 3


def test_quarters_are_among_the_files_that_make_writes() -> None:
    """They are written, and held to what is committed, like all other samples."""
    assert {quarter_path(facts) for facts in YEAR} | {INSPECTORS} <= files().keys()
