"""Which accounts a unit has."""

from dataclasses import replace
from datetime import date

import pytest

from govkit.ledger import Subject
from govkit.packs.checks.having import OTHER_PLATFORM, AtMost, Exists, NotOpenedBy, SameName
from govkit.packs.judgement import Status
from govkit.packs.things import ThingKind, View
from govkit.season import Category, Unit
from tests.packs import worlds
from tests.packs.checks import ask

ONE = AtMost(kind="at_most", most=1)
BOTH = Exists(kind="exists", platforms=(worlds.WECHAT, worlds.WEIBO))
ANY = Exists(kind="exists")
SAME = SameName(kind="same_name")
BARRED = NotOpenedBy(kind="not_opened_by", categories=(Category.INTERNAL, Category.PERSON))


def accounts(*platforms: str, **details: str) -> list[Subject]:
    """Return accounts of one unit on these platforms."""
    return [worlds.account(platform=each, number=f"a{n}", **details) for n, each in enumerate(platforms)]


@pytest.mark.parametrize("check", [ONE, BOTH, ANY, SAME])
def test_without_a_ledger_of_accounts(check: AtMost | Exists | SameName) -> None:
    """A season with sites only does not tell which accounts there are."""
    assert ask(check, worlds.season(worlds.site()), worlds.BUREAU) == (Status.UNKNOWN, "没有账号台账")


# ---- at most


def test_at_most_counts_each_platform_by_itself() -> None:
    """One account on each platform passes; a second on one of them is a breach that names both."""
    one_each = accounts(worlds.WECHAT, worlds.WEIBO)
    assert ask(ONE, worlds.season(*one_each), worlds.BUREAU).status == Status.PASS
    second = worlds.account("青禾招生", number="b")
    judged = ask(ONE, worlds.season(*one_each, second), worlds.BUREAU)
    assert judged == (Status.BREACH, "微信公众号上有 2 个账号：青禾教育、青禾招生")


@pytest.mark.parametrize(("number", "want"), [(2, Status.PASS), (3, Status.BREACH)])
def test_at_most_at_its_limit(number: int, want: Status) -> None:
    """As many as are allowed pass."""
    facts = worlds.season(*accounts(*[worlds.WECHAT] * number))
    assert ask(AtMost(kind="at_most", most=2), facts, worlds.BUREAU).status == want


def test_at_most_on_some_platforms_only() -> None:
    """Other platforms do not count; a unit with nothing on those that do is not concerned."""
    check = AtMost(kind="at_most", most=1, platforms=(worlds.APP,))
    wechats = accounts(worlds.WECHAT, worlds.WECHAT)
    assert ask(check, worlds.season(*wechats), worlds.BUREAU).status == Status.NOT_APPLICABLE
    app = worlds.account(platform=worlds.APP, number="b")
    assert ask(check, worlds.season(*wechats, app), worlds.BUREAU).status == Status.PASS


def test_at_most_of_a_unit_without_accounts() -> None:
    """A unit of the directory that has no account is not concerned, whatever others have."""
    facts = worlds.season(*accounts(worlds.WECHAT), units=[worlds.unit(), worlds.unit(worlds.OFFICE)])
    assert ask(ONE, facts, worlds.OFFICE).status == Status.NOT_APPLICABLE


@pytest.mark.parametrize("state", ["关停", "注销", "迁移", "删除", "已发关停公告"])
def test_closed_accounts_do_not_count(state: str) -> None:
    """What the ledger calls closed is no second account, and none that is there."""
    closed = worlds.account(number="b", 账号状态=state)
    facts = worlds.season(*accounts(worlds.WECHAT), closed)
    assert ask(ONE, facts, worlds.BUREAU).status == Status.PASS
    assert ask(ANY, worlds.season(closed), worlds.BUREAU).status == Status.BREACH
    assert ask(SAME, facts, worlds.BUREAU).status == Status.NOT_APPLICABLE


def test_frozen_accounts_count() -> None:
    """冻结期 is no closing."""
    frozen = worlds.account(number="b", 账号状态="冻结期")
    assert ask(ONE, worlds.season(*accounts(worlds.WECHAT), frozen), worlds.BUREAU).status == Status.BREACH


def test_at_most_with_unknown_platforms() -> None:
    """An account without a platform may be the second one; alone, it is at most one wherever it is."""
    assert ask(ONE, worlds.season(*accounts("")), worlds.BUREAU).status == Status.PASS
    for platforms in ((worlds.WECHAT, ""), ("", "")):
        judged = ask(ONE, worlds.season(*accounts(*platforms)), worlds.BUREAU)
        assert judged == (Status.UNKNOWN, f"有 {platforms.count('')} 个账号没有写账号类型")
    at_most_two = AtMost(kind="at_most", most=2)
    fullest = accounts(worlds.WECHAT, worlds.WECHAT, worlds.WEIBO, "")
    assert ask(at_most_two, worlds.season(*fullest), worlds.BUREAU).status == Status.UNKNOWN, "it may be on the fullest"
    two = accounts(worlds.WECHAT, worlds.WECHAT, "")
    assert ask(ONE, worlds.season(*two), worlds.BUREAU).status == Status.BREACH, "there are two in any case"


def test_other_platforms_may_be_any() -> None:
    """Two accounts under 其他 may be on two platforms: that is unknown; one alone passes."""
    assert ask(ONE, worlds.season(*accounts("其他")), worlds.BUREAU).status == Status.PASS
    assert ask(ONE, worlds.season(*accounts("其他", "其他")), worlds.BUREAU).status == Status.UNKNOWN
    on_wechat = AtMost(kind="at_most", most=1, platforms=(worlds.WECHAT,))
    assert ask(on_wechat, worlds.season(*accounts("其他", "其他")), worlds.BUREAU).status == Status.NOT_APPLICABLE


# ---- exists


def test_exists_on_each_platform() -> None:
    """Both platforms pass; the one that lacks is named."""
    assert ask(BOTH, worlds.season(*accounts(worlds.WECHAT, worlds.WEIBO)), worlds.BUREAU).status == Status.PASS
    judged = ask(BOTH, worlds.season(*accounts(worlds.WECHAT)), worlds.BUREAU)
    assert judged == (Status.BREACH, "没有开设：新浪微博")


def test_exists_with_unknown_platforms() -> None:
    """As many as lack a platform may be on those that are missing, and no more."""
    one = ask(BOTH, worlds.season(*accounts(worlds.WECHAT, "")), worlds.BUREAU)
    assert one == (Status.UNKNOWN, "有 1 个账号没有写账号类型")
    assert ask(BOTH, worlds.season(*accounts("", "")), worlds.BUREAU).status == Status.UNKNOWN
    assert ask(BOTH, worlds.season(*accounts("")), worlds.BUREAU).status == Status.BREACH


def test_exists_anywhere() -> None:
    """Any account is enough, also one without a platform; none is a breach, others' do not count."""
    for platform in (worlds.APP, ""):
        assert ask(ANY, worlds.season(*accounts(platform)), worlds.BUREAU).status == Status.PASS
    facts = worlds.season(*accounts(worlds.WECHAT), units=[worlds.unit(), worlds.unit(worlds.OFFICE)])
    assert ask(ANY, facts, worlds.OFFICE) == (Status.BREACH, "没有开设政务新媒体")


def test_exists_by_a_day() -> None:
    """Before the day nothing is asked; on the day it is."""
    for day, want in ((worlds.PERIOD[1], Status.BREACH), (date(2020, 1, 1), Status.NOT_APPLICABLE)):
        check = Exists(kind="exists", platforms=(worlds.APP,), by=day)
        assert ask(check, worlds.season(*accounts(worlds.WECHAT)), worlds.BUREAU).status == want


# ---- one name, and who may not open


def test_same_name_on_all_platforms() -> None:
    """Names are compared as people read them; one account has nothing to differ from."""
    first = worlds.account("青禾教育A")
    alike, other = worlds.account("青禾教育Ａ ", worlds.WEIBO, "b"), worlds.account("青禾学校", worlds.WEIBO, "c")
    assert ask(SAME, worlds.season(first), worlds.BUREAU).status == Status.NOT_APPLICABLE
    assert ask(SAME, worlds.season(first, alike), worlds.BUREAU).status == Status.PASS
    judged = ask(SAME, worlds.season(first, other), worlds.BUREAU)
    assert judged == (Status.BREACH, "名称不一致：青禾教育A（微信公众号）、青禾学校（新浪微博）")


def test_one_name_on_all_platforms_is_enough() -> None:
    """Two accounts on one platform are the matter of another rule; where none of their names is everywhere, it is ours."""
    here = [worlds.account("青禾教育"), worlds.account("青禾招生", number="b")]
    assert ask(SAME, worlds.season(*here), worlds.BUREAU).status == Status.NOT_APPLICABLE
    there = worlds.account("青禾教育", worlds.WEIBO, "c")
    assert ask(SAME, worlds.season(*here, there), worlds.BUREAU).status == Status.PASS
    elsewhere = worlds.account("青禾学校", worlds.WEIBO, "c")
    assert ask(SAME, worlds.season(*here, elsewhere), worlds.BUREAU).status == Status.BREACH
    nowhere = [worlds.account("青禾教育", ""), worlds.account("青禾招生", "", "b")]
    assert ask(SAME, worlds.season(*nowhere), worlds.BUREAU).status == Status.UNKNOWN


@pytest.mark.parametrize(
    ("account", "want"),
    [
        (worlds.account(), Status.BREACH),
        (worlds.account(platform=worlds.WEIBO), Status.PASS),
        (worlds.account(platform=""), Status.UNKNOWN),
        (worlds.account(sponsor=""), Status.UNKNOWN),
        (worlds.account(sponsor="青禾县民政局"), Status.PASS),
        (worlds.account(platform=OTHER_PLATFORM), Status.UNKNOWN),
    ],
)
def test_one_of_too_many(account: Subject, want: Status) -> None:
    """Of an account it is said whether it is one of too many of its unit on its own platform."""
    others = [worlds.account("又一个", platform, f"o{n}") for n, platform in enumerate((worlds.WECHAT, OTHER_PLATFORM))]
    check = AtMost(kind="at_most", most=1)
    assert ask(check, worlds.season(account, *others), account.id).status == want


@pytest.mark.parametrize(
    ("category", "want"),
    [
        (Category.DEPARTMENT, Status.PASS),
        (Category.INTERNAL, Status.BREACH),
        (Category.PERSON, Status.BREACH),
        (None, Status.UNKNOWN),
    ],
)
def test_not_opened_by(category: Category | None, want: Status) -> None:
    """Sponsors of the kinds named are barred; a sponsor of whom nobody tells the kind is unknown."""
    facts = worlds.season(worlds.account(), units=[worlds.unit(category=category)])
    judged = ask(BARRED, facts)
    assert judged.status == want
    if category == Category.INTERNAL:
        assert judged.fact == f"主办单位“{worlds.BUREAU}”属于内设机构"


def test_not_certified_as_one_who_is_barred() -> None:
    """An account of a department that is certified as its internal office is the office's."""
    office = worlds.unit("青禾县教育局宣传股", category=Category.INTERNAL)
    account = worlds.account(账号主体=office.name)
    assert ask(BARRED, worlds.season(account, units=[worlds.unit(), office])).status == Status.BREACH
    unlisted = ask(BARRED, worlds.season(account, units=[worlds.unit()]))
    assert unlisted == (Status.UNKNOWN, "单位名录没有写账号主体“青禾县教育局宣传股”是什么单位")
    assert ask(BARRED, worlds.season(worlds.account(账号主体=""))).status == Status.UNKNOWN
    assert ask(BARRED, worlds.season(worlds.site()), worlds.site().id).status == Status.PASS


def test_what_is_on_no_platform() -> None:
    """Two apps are not two accounts on a platform, where the rule says so."""
    check = AtMost(kind="at_most", most=1, apart=(worlds.APP,))
    two = accounts(worlds.APP, worlds.APP)
    assert ask(check, worlds.season(*two), worlds.BUREAU).status == Status.NOT_APPLICABLE
    assert ask(check, worlds.season(*two), "a0").status == Status.NOT_APPLICABLE
    assert ask(ONE, worlds.season(*two), worlds.BUREAU).status == Status.BREACH


def test_short_names_of_units() -> None:
    """A sponsor written with a short name that only one unit has is that unit; one that two have is neither."""
    two = [worlds.account("青禾招生", sponsor="县教育局"), worlds.account("青禾教育", number="b")]
    bureau = worlds.unit(short_names=("县教育局",))
    facts = worlds.season(*two, units=[bureau])
    assert ask(ONE, facts, worlds.BUREAU).status == Status.BREACH
    assert [thing.id for thing in View(facts).things[ThingKind.UNIT]] == [worlds.BUREAU]
    rival = worlds.unit("青禾县教育考试院", short_names=("县教育局",))
    facts = worlds.season(*two, units=[bureau, rival])
    assert ask(ONE, facts, worlds.BUREAU).status == Status.PASS


def test_persons_are_no_units() -> None:
    """A person in the directory is there to be known as one, not to be asked what units are asked."""
    person = worlds.unit("王小禾", category=Category.PERSON)
    facts = worlds.season(worlds.account(), units=[worlds.unit(), person])
    assert [thing.id for thing in View(facts).things[ThingKind.UNIT]] == [worlds.BUREAU]


# ---- units in other spellings


def test_unit_in_another_spelling() -> None:
    """Full-width characters make no other unit: its accounts count together, under what the directory says of it."""
    two = [
        worlds.account("青禾招生", number="a", sponsor="青禾县教育局(本级)"),
        worlds.account("青禾教育", number="b", sponsor="青禾县教育局（本级）"),
    ]
    listed = Unit("青禾县教育局（本级）", category=Category.INTERNAL)
    facts = replace(worlds.season(*two), units={listed.name: listed})
    assert ask(ONE, facts, listed.name).status == Status.BREACH
    assert [thing.id for thing in View(facts).things[ThingKind.UNIT]] == [listed.name]
    for account in two:
        assert ask(BARRED, facts, account.id).status == Status.BREACH
