"""备案 and 公告: whether accounts and their changes were filed, with whom, and announced."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from govkit.ledger import Action, ChangeKind, FilingRecord, Subject
from govkit.packs.checks.filing import Changed, Filed, FiledWith
from govkit.packs.judgement import Judgement, Status
from govkit.season import Category, Level
from tests.packs import worlds
from tests.packs.checks import ask

FILED = Filed(kind="filed")
FIRST, LAST = worlds.PERIOD
PROVINCE, CITY, COUNTY = "青原省人民政府办公厅", "青原市人民政府办公室", worlds.OFFICE


# ---- filed at all


def test_filed_by_a_record() -> None:
    """A record of the opening proves it, also one from before the period; another record, or a later one, does not."""
    account = worlds.account(开设日期="2019-11-01")
    for day, want in ((date(2017, 5, 1), Status.PASS), (LAST, Status.PASS), (date(2020, 1, 1), Status.BREACH)):
        assert ask(FILED, worlds.season(account, filings=(worlds.filing(day=day),))).status == want
    for other in (worlds.filing(Action.ALTER), worlds.filing(number="b")):
        assert ask(FILED, worlds.season(account, filings=(other,))).status == Status.BREACH


@pytest.mark.parametrize(("word", "want"), [("是", Status.PASS), ("否", Status.BREACH), ("", Status.UNKNOWN)])
def test_filed_by_the_ledger(word: str, want: Status) -> None:
    """The ledger's word counts where there is no record; a blank is unknown."""
    assert ask(FILED, worlds.season(worlds.account(备案=word))).status == want


def test_record_outdoes_the_ledger() -> None:
    """A ledger that says 否 is out of date where the record is there."""
    assert ask(FILED, worlds.season(worlds.account(备案="否"), filings=(worlds.filing(),))).status == Status.PASS


@pytest.mark.parametrize(
    ("opened", "filings", "want"),
    [
        (FIRST, (), Status.BREACH),
        (date(2019, 9, 30), (), Status.UNKNOWN),
        (FIRST, None, Status.UNKNOWN),
        (None, (), Status.UNKNOWN),
    ],
)
def test_silence_of_the_records(opened: date | None, filings: tuple[FilingRecord, ...] | None, want: Status) -> None:
    """Records that do not name an account opened in the period prove a breach; of an older one they say nothing."""
    account = worlds.account(开设日期=opened.isoformat()) if opened else worlds.account()
    assert ask(FILED, worlds.season(account, filings=filings)).status == want


# ---- filed with the right office


def filed_with(*records: FilingRecord, own: Level | None = Level.COUNTY, **parameters: Any) -> Judgement:
    """Return what is said of filings of one account of a unit."""
    levels = {PROVINCE: Level.PROVINCE, CITY: Level.CITY, COUNTY: Level.COUNTY}
    offices = [worlds.unit(name, level, category=Category.GOVERNMENT) for name, level in levels.items()]
    others = [worlds.unit("某办", None, category=None), worlds.unit("青原市公安局", Level.CITY)]
    facts = worlds.season(worlds.account(), units=[worlds.unit(level=own), *offices, *others], filings=records)
    return ask(FiledWith(kind="filed_with", **parameters), facts)


def test_nothing_filed_in_the_period() -> None:
    """Without records it is unknown; with none of this account, action and period it does not apply."""
    check = FiledWith(kind="filed_with", actions=(Action.OPEN,), approved=True)
    assert ask(check, worlds.season(worlds.account())).status == Status.UNKNOWN
    for record in (
        worlds.filing(number="b"),
        worlds.filing(Action.CLOSE),
        worlds.filing(day=date(2019, 9, 30)),
        worlds.filing(day=date(2020, 1, 1)),
    ):
        assert ask(check, worlds.season(worlds.account(), filings=(record,))).status == Status.NOT_APPLICABLE
    for day in worlds.PERIOD:
        judged = ask(check, worlds.season(worlds.account(), filings=(worlds.filing(day=day),)))
        assert judged.status == Status.BREACH


def test_consent() -> None:
    """Who consented has to be named."""
    assert filed_with(worlds.filing(approved_by="局长"), approved=True).status == Status.PASS
    judged = filed_with(worlds.filing(), approved=True)
    assert judged == (Status.BREACH, "2019-11-04 的开设备案没有写批准人")
    assert filed_with(worlds.filing()).status == Status.PASS, "not every rule asks for it"


def test_offices_by_their_words() -> None:
    """Each office must be among those filed with, by one of its names."""
    wanted = ("政府办公室", ("网信办", "互联网信息办公室"))
    for second in ("青禾县委网信办", "青禾县互联网信息办公室"):
        assert filed_with(worlds.filing(filed_with=f"{COUNTY}、{second}"), offices=wanted).status == Status.PASS
    judged = filed_with(worlds.filing(filed_with=COUNTY), offices=wanted)
    assert judged == (Status.BREACH, f"2019-11-04 的开设备案报“{COUNTY}”，没有报网信办")


@pytest.mark.parametrize(
    ("own", "level", "office", "want"),
    [
        (Level.COUNTY, "same", COUNTY, Status.PASS),
        (Level.COUNTY, "same", CITY, Status.BREACH),
        (Level.COUNTY, "above", CITY, Status.PASS),
        (Level.COUNTY, "above", COUNTY, Status.BREACH),
        (Level.COUNTY, "above", PROVINCE, Status.BREACH),
        (Level.COUNTY, "above", f"{COUNTY}、{CITY}", Status.PASS),
        (Level.COUNTY, "above", f"{COUNTY}、不在名录的单位", Status.UNKNOWN),
        (Level.COUNTY, "above", "某办", Status.UNKNOWN),
        (Level.COUNTY, "above", "青原市公安局", Status.BREACH),
        (Level.COUNTY, "same", worlds.BUREAU, Status.BREACH),
        (Level.PROVINCE, "above", PROVINCE, Status.PASS),
        (Level.CITY, "above", COUNTY, Status.BREACH),
        (Level.CITY, "above", PROVINCE, Status.PASS),
        (None, "above", CITY, Status.UNKNOWN),
        (None, "same", PROVINCE, Status.UNKNOWN),
    ],
)
def test_level_of_the_office(own: Level | None, level: str, office: str, want: Status) -> None:
    """One's own level, or one level up, above which a province has none; an office of unknown level may be it."""
    assert filed_with(worlds.filing(filed_with=office), own=own, level=level).status == want


def test_wrong_level_says_what_it_is() -> None:
    """The fact names the levels of the offices, from the highest, and the one that is wanted."""
    judged = filed_with(worlds.filing(filed_with=f"{COUNTY}、{PROVINCE}"), level="above")
    assert judged.fact == f"2019-11-04 的开设备案报省级、县级“{COUNTY}、{PROVINCE}”，应报市级"
    judged = filed_with(worlds.filing(filed_with="青原市公安局"), level="above")
    assert judged.fact == "2019-11-04 的开设备案报“青原市公安局”，不是市级政务公开主管部门（政府办公厅、办公室）"


def test_office_has_not_to_file_with_itself() -> None:
    """The county's office is asked to file with the others only."""
    own = worlds.account(sponsor=COUNTY)
    check = FiledWith(kind="filed_with", offices=("县人民政府办公室", "网信办"))
    for office, want in (("青禾县委网信办", Status.PASS), ("青禾县公安局", Status.BREACH)):
        facts = worlds.season(own, filings=(worlds.filing(filed_with=office),))
        assert ask(check, facts).status == want


def test_rows_of_one_filing() -> None:
    """A row an office is one filing; alterations on two days are two."""
    rows = [worlds.filing(filed_with=office, approved_by=who) for office, who in ((COUNTY, "局长"), ("县委网信办", ""))]
    wanted: dict[str, Any] = {"offices": ("政府办公室", "网信办"), "approved": True}
    assert filed_with(*rows, **wanted).status == Status.PASS
    altered = [replace(row, action=Action.ALTER, filed=FIRST + n * timedelta(days=1)) for n, row in enumerate(rows)]
    assert filed_with(*altered, **wanted).status == Status.BREACH


def test_opening_filed_before_the_period() -> None:
    """What was opened in the period is judged by its filing, however early that was; what is older is not."""
    early = worlds.filing(day=date(2019, 6, 1))
    check = FiledWith(kind="filed_with", approved=True)
    for opened, want in (("2019-10-08", Status.BREACH), ("2019-06-03", Status.NOT_APPLICABLE)):
        assert ask(check, worlds.season(worlds.account(开设日期=opened), filings=(early,))).status == want


def test_whom_filing_is_asked_of() -> None:
    """From a day on only what was opened since; or by a day, before which only what is new in the period."""
    since, by = Filed(kind="filed", opened_from=date(2019, 7, 10)), Filed(kind="filed", by=date(2020, 1, 31))
    for check, opened, want in (
        (since, "2019-07-09", Status.NOT_APPLICABLE),
        (since, "2019-07-10", Status.BREACH),
        (since, "", Status.UNKNOWN),
        (by, "2019-09-30", Status.NOT_APPLICABLE),
        (by, "2019-10-01", Status.BREACH),
        (FILED, "2019-07-09", Status.BREACH),
    ):
        assert ask(check, worlds.season(worlds.account(备案="否", 开设日期=opened))).status == want


def test_office_that_nobody_told() -> None:
    """A filing that does not say with whom proves nothing of the office."""
    for parameters in ({"level": "same"}, {"offices": ("网信办",)}):
        judged = filed_with(worlds.filing(), **parameters)
        assert judged == (Status.UNKNOWN, "2019-11-04 的开设备案没有写报给哪个单位")


def test_columns_that_nobody_told() -> None:
    """What a filing cannot say, as its sheet lacks the column, is unknown; it hides nothing that is wrong beside it."""
    bare = worlds.filing(untold=frozenset({"approved_by", "filed_with"}))
    assert filed_with(bare, approved=True) == (
        Status.UNKNOWN,
        "2019-11-04 的开设备案：备案记录没有“批准人”一列，或写为“未知”",
    )
    assert filed_with(bare, level="same") == (
        Status.UNKNOWN,
        "2019-11-04 的开设备案：备案记录没有“备案单位”一列，或写为“未知”",
    )
    assert filed_with(bare).status == Status.PASS, "nothing of it was asked for"
    wrong = worlds.filing(filed_with=CITY, untold=frozenset({"approved_by"}))
    assert filed_with(wrong, approved=True, level="same").status == Status.BREACH
    other = worlds.filing(filed_with=COUNTY, untold=frozenset({"announced"}))
    assert filed_with(other, approved=True).status == Status.BREACH, "another column lacks"


def test_worst_filing_decides() -> None:
    """Of several filings, one that is wrong makes the breach, then one that is unknown the doubt; the first is named."""
    good = worlds.filing(Action.ALTER, filed_with=COUNTY, approved_by="局长")
    untold = worlds.filing(Action.OPEN, filed_with="", approved_by="局长")
    wrong = [worlds.filing(action, filed_with=CITY, approved_by="局长") for action in (Action.CLOSE, Action.CANCEL)]
    assert filed_with(good, untold, level="same").status == Status.UNKNOWN
    judged = filed_with(good, untold, *wrong, level="same")
    assert judged.status == Status.BREACH
    assert "关停备案" in judged.fact


# ---- changes


def changed(
    before: tuple[Subject, ...] | None,
    after: tuple[Subject, ...],
    records: tuple[FilingRecord, ...] | None,
    want: str = "filed",
    kinds: tuple[ChangeKind, ...] = tuple(ChangeKind),
) -> Judgement:
    """Return what is said of the change of one account."""
    check = Changed.model_validate({"kind": "changed", "changes": kinds, "want": want})
    return ask(check, worlds.season(*after, earlier=before, filings=records))


NOW, OTHER = worlds.account(), worlds.account("青禾招生", number="b")
CHANGES = {
    ChangeKind.OPENED: ((OTHER,), (NOW, OTHER), Action.OPEN),
    ChangeKind.CLOSED: ((NOW, OTHER), (worlds.account(账号状态="注销"), OTHER), Action.CANCEL),
    ChangeKind.RENAMED: ((worlds.account("青禾发布"),), (NOW,), Action.ALTER),
    ChangeKind.SPONSOR: ((worlds.account(sponsor=worlds.OFFICE),), (NOW,), Action.ALTER),
    ChangeKind.OWNER: ((worlds.account(账号主体="青禾传媒"),), (NOW,), Action.ALTER),
}


@pytest.mark.parametrize("kind", ChangeKind)
def test_each_change(kind: ChangeKind) -> None:
    """A change is a breach until it is filed, and where the public must be told, until it was announced."""
    before, after, action = CHANGES[kind]
    filed, told = (worlds.filing(action, announced=day) for day in (None, date(2019, 11, 5)))
    kinds = (kind,)
    assert changed(before, after, (), kinds=kinds).status == Status.BREACH
    assert changed(before, after, None, kinds=kinds).status == Status.UNKNOWN
    assert changed(before, after, (filed,), kinds=kinds).status == Status.PASS
    assert changed(before, after, (filed,), "announced", kinds).status == Status.BREACH
    assert changed(before, after, (told,), "announced", kinds).status == Status.PASS
    assert changed(before, after, (), "announced", kinds).status == Status.UNKNOWN, "it may have been announced"
    others = tuple(other for other in CHANGES if other not in {kind, ChangeKind.SPONSOR, ChangeKind.OWNER})
    assert changed(before, after, (), kinds=others).status == Status.NOT_APPLICABLE


def test_opening_that_is_filed_otherwise() -> None:
    """What was opened may have been filed before the period, or the ledger says that it was."""
    before, after, _ = CHANGES[ChangeKind.OPENED]
    assert changed(before, after, (worlds.filing(day=date(2019, 6, 1)),)).status == Status.PASS
    listed = (worlds.account(备案="是"), OTHER)
    assert changed(before, listed, ()).status == Status.PASS
    assert changed(before, listed, (), "announced").status == Status.UNKNOWN


def test_units_that_one_ledger_lacks() -> None:
    """Where one ledger has nothing of a unit, it may only be without its file: nothing was opened or closed by that."""
    other = worlds.account("青禾民政", number="c", sponsor="青禾县民政局")
    for before, after in (((other,), (NOW, other)), ((NOW, other), (other,))):
        assert changed(before, after, ()).status == Status.UNKNOWN
    assert changed((NOW, other), (NOW, OTHER, other), ()).status == Status.NOT_APPLICABLE
    check = Changed.model_validate({"kind": "changed", "changes": [ChangeKind.OPENED], "want": "filed"})
    facts = worlds.season(NOW, OTHER, other, earlier=(NOW, other), filings=())
    assert ask(check, facts, OTHER.id).status == Status.BREACH


def test_several_changes_all_have_to_be_filed() -> None:
    """A filing of the closing is none of the renaming."""
    before = (worlds.account("青禾发布", sponsor=worlds.OFFICE),)
    assert changed(before, (NOW,), (worlds.filing(Action.CLOSE),)).status == Status.BREACH
    assert changed(before, (NOW,), (worlds.filing(Action.ALTER),)).status == Status.PASS


def test_announcement_that_nobody_told() -> None:
    """Where the records lack 公告日期, nobody knows whether a change was announced; one that was not is a breach."""
    bare = worlds.filing(Action.ALTER, untold=frozenset({"announced"}))
    before, after, _ = CHANGES[ChangeKind.RENAMED]
    judged = changed(before, after, (bare,), "announced")
    assert judged == (Status.UNKNOWN, "2019-11-04 的变更备案：备案记录没有“公告日期”一列，或写为“未知”")
    assert changed(before, after, (bare,)).status == Status.PASS
    other = worlds.filing(Action.ALTER, untold=frozenset({"approved_by", "filed_with"}))
    assert changed(before, after, (other,), "announced").status == Status.BREACH


def test_nothing_changed() -> None:
    """The same ledger twice asks nothing; what was closed in both is no change."""
    closed = worlds.account(账号状态="关停")
    assert changed((NOW,), (NOW,), ()).status == Status.NOT_APPLICABLE
    assert changed((closed,), (closed,), ()).status == Status.NOT_APPLICABLE


def test_without_an_earlier_ledger() -> None:
    """No ledger of the quarter before, or one of sites only, tells nothing of accounts: nothing was opened by that."""
    assert changed(None, (NOW,), ()) == (Status.UNKNOWN, "没有上一季度的台账")
    assert changed((), (NOW,), ()).status == Status.UNKNOWN
    assert changed((worlds.site(),), (NOW, worlds.site()), ()).status == Status.UNKNOWN


def test_what_the_ledger_no_longer_lists() -> None:
    """An account that is gone was closed, and is judged as one; a ledger of sites only makes none of them gone."""
    assert changed((NOW, OTHER), (OTHER,), ()) == (Status.BREACH, "关停、注销或不再列入台账，没有备案")
    assert changed((NOW, OTHER), (OTHER,), (worlds.filing(Action.CLOSE),)).status == Status.PASS
    with pytest.raises(IndexError):
        changed((NOW, worlds.site()), (worlds.site(),), ())
