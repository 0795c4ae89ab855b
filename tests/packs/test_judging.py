"""Things × rules: which things there are, what people say of them, and what comes out."""

from dataclasses import replace
from datetime import date

import pytest

from govkit.findings import Finding, Outcome
from govkit.packs import Breach, Compliance, Status, ThingKind, judge_season
from govkit.packs.things import View
from govkit.season import Incident, Season, Unit
from govkit.workdays import UnknownYearError
from tests.packs import worlds
from tests.packs.packs import a_pack, a_rule, by_hand

AT_MOST = a_rule("AA03", binds={"about": "unit"}, check={"kind": "at_most", "most": 1})
CHANGED = a_rule("AA04", check={"kind": "changed", "changes": ["closed"], "want": "filed"})
PACK = a_pack(rules=[a_rule(), by_hand()])
FRESH = {"最近更新日期": "2019-12-30"}
STALE = {"最近更新日期": "2019-08-30"}


def statuses(compliance: Compliance, number: int = 0) -> list[Status]:
    """Return where the things of one rule stand, in their order."""
    column = compliance.columns[number]
    return [column[n].status for n in range(len(compliance.things[column.rule.binds.about]))]


def checked(facts: Season, *findings: Finding) -> Season:
    """Return a season in which people have judged something."""
    return replace(facts, checked={(finding.subject_id, finding.item): finding for finding in findings})


def test_things_stand_in_the_order_of_their_lists() -> None:
    """Accounts and sites as the ledger has them; units of the directory, then sponsors and those of incidents."""
    facts = worlds.season(
        worlds.site(sponsor="青禾县水利局"),
        worlds.account(number="b"),
        worlds.account(number="a", sponsor=""),
        units=[worlds.unit(worlds.OFFICE), worlds.unit()],
        incidents=(Incident("2", "暴雨", "青禾县应急局", worlds.HAPPENED),),
    )
    things = View(facts).things
    assert [thing.id for thing in things[ThingKind.ACCOUNT]] == ["b", "a"]
    assert [thing.id for thing in things[ThingKind.SITE]] == ["9901230003"]
    assert [thing.id for thing in things[ThingKind.INCIDENT]] == ["2"]
    names = [thing.name for thing in things[ThingKind.UNIT]]
    assert names == [worlds.OFFICE, worlds.BUREAU, "青禾县水利局", "青禾县应急局"]
    assert things[ThingKind.UNIT][2].unit == Unit("青禾县水利局"), (
        "of a sponsor that no directory has, the name is known"
    )
    assert things[ThingKind.INCIDENT][0].unit == Unit("青禾县应急局")
    assert things[ThingKind.ACCOUNT][1].unit == Unit("")


def test_every_thing_has_every_rule_of_its_kind() -> None:
    """The columns stand in the order of packs and rules, each with as many judgements as there are such things."""
    other = a_pack(id="other-2019", rules=[AT_MOST])
    facts = worlds.season(worlds.account(**FRESH), worlds.account(number="b", **STALE), worlds.site())
    compliance = judge_season(facts, [other, PACK])
    assert [(column.pack.id, column.rule.id) for column in compliance.columns] == [
        ("other-2019", "AA03"),
        ("test-2019", "AA01"),
        ("test-2019", "AA02"),
    ]
    assert [statuses(compliance, n) for n in range(3)] == [
        [Status.BREACH],
        [Status.PASS, Status.BREACH],
        [Status.UNKNOWN, Status.UNKNOWN],
    ]
    assert compliance.season is facts


def test_counts() -> None:
    """Each status has its number, none included."""
    facts = worlds.season(
        *(worlds.account(number=str(n), **FRESH) for n in range(3)),
        *(worlds.account(number=f"s{n}", 最近更新日期=f"2019-08-0{n + 1}") for n in range(2)),
        worlds.account(number="u"),
    )
    column = judge_season(facts, [PACK]).columns[0]
    assert column.counts == {Status.PASS: 3, Status.BREACH: 2, Status.UNKNOWN: 1, Status.NOT_APPLICABLE: 0}


def test_breaches() -> None:
    """All breaches come rule by rule, each with its thing, rule and fact; nothing else does."""
    facts = worlds.season(
        worlds.account(number="b", **STALE), worlds.account(number="a", **FRESH), worlds.account(number="c", **STALE)
    )
    finding = Finding("a", "AA02", Outcome.FOUND, note="没有审核记录。", inspector="王明")
    compliance = judge_season(checked(facts, finding), [PACK])
    found = list(compliance.breaches())
    assert [(breach.rule.id, breach.thing.id) for breach in found] == [("AA01", "b"), ("AA01", "c"), ("AA02", "a")]
    stale = "台账写明最近更新日期是 2019-08-30，距今 123 天，超过 14 天"
    assert found[0] == Breach(compliance.things[ThingKind.ACCOUNT][0], PACK, PACK.rules[0], stale)
    assert found[2].fact == "没有审核记录。"


def test_closed_accounts_are_asked_nothing() -> None:
    """What the ledger calls closed, or no longer lists, does not apply; unless the rule is about closing."""
    closed = worlds.account(number="b", 账号状态="注销", **STALE)
    gone, stays = worlds.account(number="c", **STALE), worlds.account(**STALE)
    before = (stays, worlds.account(number="b"), gone)
    facts = worlds.season(stays, closed, earlier=before, filings=())
    compliance = judge_season(facts, [a_pack(rules=[a_rule(), CHANGED])])
    assert [thing.id for thing in compliance.things[ThingKind.ACCOUNT]] == ["a", "b", "c"]
    assert [thing.runs for thing in compliance.things[ThingKind.ACCOUNT]] == [True, False, False]
    assert statuses(compliance) == [Status.BREACH, Status.NOT_APPLICABLE, Status.NOT_APPLICABLE]
    assert statuses(compliance, 1) == [Status.NOT_APPLICABLE, Status.BREACH, Status.BREACH]


def test_what_was_closed_before_is_no_thing() -> None:
    """A closed account that was dropped from the ledger, and one that came back under a new code, are not gone."""
    before = (worlds.account(number="b", 账号状态="关停"), worlds.account(number="c", 主页地址="weibo.example/1"))
    now = worlds.account(number="d", 主页地址="weibo.example/1")
    things = View(worlds.season(now, earlier=before)).things[ThingKind.ACCOUNT]
    assert [thing.id for thing in things] == ["d"]


def test_excuse_comes_before_the_check() -> None:
    """What is not bound is not judged, whatever the facts."""
    facts = worlds.season(worlds.account(**STALE))
    rule = a_rule(binds={"about": "account", "platforms": [worlds.APP]})
    assert statuses(judge_season(facts, [a_pack(rules=[rule])])) == [Status.NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("outcome", "want"),
    [
        (Outcome.CLEAR, Status.PASS),
        (Outcome.FOUND, Status.BREACH),
        (Outcome.NOT_APPLICABLE, Status.NOT_APPLICABLE),
        (Outcome.CANNOT_TELL, Status.UNKNOWN),
    ],
)
@pytest.mark.parametrize("details", [FRESH, STALE, {}])
def test_what_a_person_says_counts(outcome: Outcome, want: Status, details: dict[str, str]) -> None:
    """Against the program as without it; where it says something else, that stands beside."""
    facts = worlds.season(worlds.account(**details))
    alone = judge_season(facts, [PACK]).columns[0][0]
    finding = Finding("a", "AA01", outcome, note="已电话核实。", inspector="王明")
    status, fact = judge_season(checked(facts, finding), [PACK]).columns[0][0]
    assert status == want
    if alone.status in (want, Status.UNKNOWN):
        assert fact == "已电话核实。"
    elif alone.status == Status.PASS:
        assert fact == "已电话核实。（程序判断：符合）"
    else:
        assert fact == f"已电话核实。（程序判断：不符合 {alone.fact}）"


def test_rule_by_hand_has_no_word_of_the_program() -> None:
    """Where a rule by hand does not bind, and a person has looked all the same, only the person's word stands."""
    closed = worlds.season(worlds.account(账号状态="注销"))
    finding = Finding("a", "AA02", Outcome.FOUND, note="没有审核记录。", inspector="王明")
    assert judge_season(closed, [PACK]).columns[1][0].status == Status.NOT_APPLICABLE
    assert judge_season(checked(closed, finding), [PACK]).columns[1][0] == (Status.BREACH, "没有审核记录。")


def test_without_a_directory_only_names_are_known() -> None:
    """Nobody told anything of units: sponsors are units of which all else is unknown."""
    facts = replace(worlds.season(worlds.account()), units=None)
    assert [thing.unit for thing in View(facts).things[ThingKind.UNIT]] == [Unit(worlds.BUREAU)]
    rule = a_rule(binds={"about": "account", "levels": ["县级"]})
    assert statuses(judge_season(facts, [a_pack(rules=[rule])])) == [Status.UNKNOWN]


def test_person_without_a_note() -> None:
    """Who judged is told instead."""
    facts = worlds.season(worlds.account())
    finding = Finding("a", "AA02", Outcome.CLEAR, inspector="王明")
    assert judge_season(checked(facts, finding), [PACK]).columns[1][0] == (Status.PASS, "由王明判定")


def test_unchecked_is_no_judgement() -> None:
    """An answer that was taken back leaves the program's word."""
    facts = worlds.season(worlds.account(**STALE))
    finding = Finding("a", "AA01", Outcome.UNCHECKED, inspector="王明")
    assert statuses(judge_season(checked(facts, finding), [PACK])) == [Status.BREACH]


def test_answers_belong_to_one_thing_and_one_rule() -> None:
    """An answer to another account or another rule changes nothing."""
    facts = worlds.season(worlds.account(**STALE), worlds.account(number="b", **STALE))
    others = (
        Finding("b", "AA01", Outcome.CLEAR, inspector="王明"),
        Finding("a", "AA02", Outcome.CLEAR, inspector="王明"),
    )
    compliance = judge_season(checked(facts, *others), [PACK])
    assert [statuses(compliance, n) for n in (0, 1)] == [
        [Status.BREACH, Status.PASS],
        [Status.PASS, Status.UNKNOWN],
    ]


def test_equal_judgements_are_kept_once() -> None:
    """Of a thousand accounts alike, one judgement is kept, and a number of a few bytes for each."""
    facts = worlds.season(*(worlds.account(number=str(n), **(FRESH if n % 2 else STALE)) for n in range(1000)))
    column = judge_season(facts, [PACK]).columns[0]
    assert len(column.judgements) == 2
    assert len(column.codes) == 1000
    assert memoryview(column.codes).nbytes <= 8 * 1000  # type: ignore[arg-type]
    assert column.counts[Status.PASS] == 500


def test_progress() -> None:
    """Each rule is told of when it is done."""
    told: list[tuple[int, int]] = []
    judge_season(worlds.season(worlds.account()), [PACK], lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]


def test_year_without_a_calendar() -> None:
    """A rule on working days of a year that is not known ends the judging with a sentence, and no guess."""
    rule = a_rule(check={"kind": "every_day", "days": "working"})
    facts = worlds.season(
        worlds.account(), period=(date(2031, 1, 1), date(2031, 3, 31)), published={"a": worlds.pushes()}
    )
    with pytest.raises(UnknownYearError, match="请："):
        judge_season(facts, [a_pack(rules=[rule])])


def test_nothing_to_judge() -> None:
    """No things, and no packs, make an empty matrix."""
    compliance = judge_season(worlds.season(units=()), [PACK])
    assert [len(column.codes) for column in compliance.columns] == [0, 0]
    assert sum(compliance.columns[0].counts.values()) == 0
    assert not list(compliance.breaches())
    assert judge_season(worlds.season(worlds.account()), []).columns == []


def test_notices_younger_than_the_period() -> None:
    """Where a notice was issued within the period, that is said; an older one needs no word."""
    young, old = a_pack(dated="2019-12-18"), a_pack(dated="2019-03-12")
    assert judge_season(worlds.season(), [old]).notices == []
    (notice,) = judge_season(worlds.season(), [young, old]).notices
    assert "2019-12-18" in notice
