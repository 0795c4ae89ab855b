"""What 河北省 2019 asks of whom, and from when.

Requirements: 引言; 三（一）, 三（三）, 三（五）, 三（六）.
"""

from datetime import date, timedelta

import pytest

from govkit.ledger import Action
from govkit.packs import Status, advise, judge_season, load_pack
from govkit.season import Category, Disposal, Incident, Level, Report, Unit
from govkit.workdays import working_days
from tests.packs import worlds
from tests.packs.worlds import BUREAU, HAPPENED, OFFICE, PERIOD, account, filing, pushes, season, unit

PACK = load_pack("hebei-2019")
XIONGAN = unit("雄安新区管委会", Level.CITY, category=Category.GOVERNMENT)


@pytest.mark.parametrize(
    ("last", "status"), [(date(2019, 12, 30), Status.NOT_APPLICABLE), (date(2019, 12, 31), Status.BREACH)]
)
@pytest.mark.parametrize("rule_id", ["HB01", "HB23"])
def test_accounts_have_to_exist_by_the_end_of_2019(rule_id: str, last: date, status: Status) -> None:
    """Before the day that the notice sets, nobody is blamed for an account that is not there yet."""
    facts = season(account(), units=[XIONGAN], period=(PERIOD[0], last))
    assert worlds.judged(PACK, rule_id, XIONGAN.name, facts).status == status


@pytest.mark.parametrize(
    ("own", "bound"),
    [
        (XIONGAN, {"HB52"}),
        (unit(OFFICE, category=Category.GOVERNMENT), {"HB52"}),
        (unit("青禾镇人民政府", Level.TOWNSHIP, category=Category.GOVERNMENT), set()),
        (unit(), set()),
        (unit("省教育厅", Level.PROVINCE), {"HB53"}),
        (unit("省人民政府办公厅", Level.PROVINCE, category=Category.GOVERNMENT), set()),
    ],
    ids=lambda value: value.name if isinstance(value, Unit) else "",
)
def test_how_often_depends_on_the_unit(own: Unit, bound: set[str]) -> None:
    """Cities and counties update on working days, provincial departments thrice a week; nobody else is told how often."""
    facts = season(account(sponsor=own.name), units=[own], published={"a": pushes()})
    found = {
        rule_id for rule_id in ("HB52", "HB53") if worlds.judged(PACK, rule_id, "a", facts).status == Status.BREACH
    }
    assert found == bound


def test_a_holiday_is_no_working_day_and_a_weekend_that_makes_up_for_it_is_one() -> None:
    """国庆 needs no update; Saturday 2019-10-12 does."""
    county = unit(OFFICE, category=Category.GOVERNMENT)
    days = list(working_days(*PERIOD))
    without = [day for day in days if day != date(2019, 10, 12)]
    status, fact = worlds.judged(
        PACK, "HB52", "a", season(account(sponsor=OFFICE), units=[county], published={"a": pushes(*without)})
    )
    assert status == Status.BREACH
    assert "2019-10-12" in fact
    assert date(2019, 10, 1) not in days


def test_an_internal_office_that_is_certified_counts_as_having_opened_the_account() -> None:
    """Whose name the ledger gives as sponsor does not hide it; of an office that is not listed nothing is known."""
    office = unit("青禾县教育局办公室", category=Category.INTERNAL)
    mine = account(账号主体=office.name)
    status, fact = worlds.judged(PACK, "HB32", "a", season(mine, units=[unit(), office]))
    assert status == Status.BREACH
    assert office.name in fact
    assert worlds.judged(PACK, "HB32", "a", season(mine)).status == Status.UNKNOWN


def test_the_office_to_file_with_depends_on_the_unit() -> None:
    """A county's department files with the county, the county's government with the city, the province with nobody."""
    offices = ((OFFICE, Level.COUNTY), ("云州市人民政府办公室", Level.CITY))
    county, city = (unit(name, level, category=Category.GOVERNMENT) for name, level in offices)
    for own, office in ((unit(), county), (county, city)):
        facts = season(
            account(sponsor=own.name), units=[unit(), county, city], filings=(filing(filed_with=office.name),)
        )
        found = {rule_id: worlds.judged(PACK, rule_id, "a", facts).status for rule_id in ("HB36", "HB37")}
        assert sorted(found.values()) == [Status.PASS, Status.NOT_APPLICABLE]
    province = unit("冀北省人民政府办公厅", Level.PROVINCE, category=Category.GOVERNMENT)
    facts = season(account(sponsor=province.name), units=[province], filings=(filing(filed_with=province.name),))
    assert worlds.judged(PACK, "HB37", "a", facts).status == Status.NOT_APPLICABLE


def test_a_closure_is_announced() -> None:
    """An account that was closed and filed, but of which the public was not told, breaks the rule though it runs no more."""
    facts = season(account(账号状态="注销"), earlier=(account(),), filings=(filing(Action.CANCEL),))
    assert worlds.judged(PACK, "HB39", "a", facts).status == Status.BREACH
    assert worlds.judged(PACK, "HB35", "a", facts).status == Status.PASS


def test_a_review_is_not_due_before_the_year_is_over() -> None:
    """On 31 December there is time still; without a list of reports nothing is known, and never a pass."""
    new_year = (date(2020, 1, 1), date(2020, 3, 31))
    for rule_id in ("HB73", "HB74"):
        assert worlds.judged(PACK, rule_id, "a", season(account(), reports=())).status == Status.NOT_APPLICABLE
        assert worlds.judged(PACK, rule_id, "a", season(account(), period=new_year)).status == Status.UNKNOWN
        missing = season(account(), period=new_year, reports=())
        assert worlds.judged(PACK, rule_id, "a", missing).status == Status.BREACH


@pytest.mark.parametrize(("grave", "silent"), [(True, {"HB77", "HB78"}), (False, {"HB79"}), (None, set())])
def test_which_clock_runs(grave: bool | None, silent: set[str]) -> None:
    """Nothing was answered: which limits are broken depends on how grave it was; where nobody has told, none is."""
    facts = season(incidents=(Incident("1", "燃气泄漏", BUREAU, HAPPENED, grave),))
    found = {name: worlds.judged(PACK, name, "1", facts).status for name in ("HB77", "HB78", "HB79")}
    assert {name for name, status in found.items() if status == Status.BREACH} == silent
    assert (Status.UNKNOWN in found.values()) == (grave is None)


def test_what_to_do_follows_the_gravest_ground() -> None:
    """A silent account is to be revived; one that failed its review may not run, and is to be closed."""
    quarter = (date(2020, 1, 1), date(2020, 3, 31))
    stale = {number: pushes(quarter[1] - timedelta(days=30)) for number in "ab"}
    reports = [Report(number, "年审报告", 2019, date(2019, 12, 1), number == "a") for number in "ab"]
    facts = season(
        account(), account(number="b", platform="新浪微博"), period=quarter, published=stale, reports=tuple(reports)
    )
    first, second = advise(judge_season(facts, [PACK]))
    assert (first.outcome, second.outcome) == (Disposal.IMPROVE, Disposal.CLOSE)
    assert len(second.reasons) > len(first.reasons) > 0
