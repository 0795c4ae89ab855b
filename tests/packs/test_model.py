"""What a pack must hold to be one, and whom a rule binds."""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from govkit.complaints import in_chinese
from govkit.packs import Pack, Rule, Status, ThingKind
from govkit.packs.model import Binding
from govkit.packs.things import View
from govkit.season import Category, Level, Unit
from tests.packs import worlds
from tests.packs.packs import a_pack, a_rule

Plain = dict[str, Any]


def complaints(make: Callable[[], object]) -> list[str]:
    """Return what is wrong with a pack."""
    with pytest.raises(ValidationError) as caught:
        make()
    return list(in_chinese(caught.value))


def test_smallest_pack() -> None:
    """One article of one sentence, and the rule that asks it, are a pack."""
    pack = a_pack()
    assert pack.by_id == {"AA01": pack.rules[0]}


def test_everything_that_does_not_fit_is_told_at_once() -> None:
    """Numbers and articles that stand twice, articles, problems and rules that are not there, sentences without a word."""
    signal = {"outcome": "关停", "article": "九", "reason": "长期不更新", "rules": ["AA09"]}
    found = complaints(
        lambda: a_pack(
            rules=[
                a_rule("AA01", sentences=[1, 4]),
                a_rule("AA01", article="八"),
                a_rule("AA02", article="二", problem="不更新", sentences=[2]),
            ],
            articles=[
                {"clause": "一", "title": "任务", "sentences": 3},
                {"clause": "一", "title": "任务", "sentences": 4},
                {
                    "clause": "二",
                    "title": "责任",
                    "sentences": 4,
                    "no_rule": [
                        {"sentences": [1, 2, 3], "about": "目标", "reason": "不能逐个判断"},
                        {"sentences": [3, 7], "about": "目标", "reason": "不能逐个判断"},
                    ],
                },
            ],
            problems=["不发声"],
            signals=[signal],
        )
    )
    assert found == [
        "“一”这一条写了不止一次。请：合并。",
        "规则编号 AA01 重复。请：每条规则用一个编号。",
        "AA01：没有“八”这一条。请：改正 article，或在 articles 里补上。",
        "规则 AA02：problems 里没有“不更新”。请：改正，或在 problems 里补上。",
        "长期不更新：没有“九”这一条。请：改正 article，或在 articles 里补上。",
        "处置依据里的规则 AA09 不存在。请：改正。",
        "“一”的第 2、3 句既没有规则，也没有说明理由。请：补上规则或 no_rule。",
        "“一”没有第 4 句。请：改正 sentences。",
        "“一”的第 2、3 句既没有规则，也没有说明理由。请：补上规则或 no_rule。",
        "“二”的第 4 句既没有规则，也没有说明理由。请：补上规则或 no_rule。",
        "“二”没有第 7 句。请：改正 sentences。",
        "“二”的第 2、3 句说明了不止一次，或既有规则又说没有。请：只留一处。",
    ]


def test_rules_may_share_sentences() -> None:
    """Two rules of one sentence, and one rule of two sentences, are in order."""
    article = {"clause": "一", "title": "任务", "sentences": 2}
    assert a_pack(rules=[a_rule("AA01", sentences=[1, 2]), a_rule("AA02", sentences=[2])], articles=[article])


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"id": "A01"}, "rules.0.id"),
        ({"severity": "很重"}, "rules.0.severity"),
        ({"name": ""}, "rules.0.name"),
        ({"sentences": []}, "rules.0.sentences"),
        ({"remark": "好"}, "rules.0.remark"),
        ({"check": {"kind": "guess"}}, "rules.0.check"),
        ({"check": {"kind": "weekly", "times": 0}}, "rules.0.check.weekly.times"),
        ({"binds": {"about": "person"}}, "rules.0.binds.about"),
        ({"binds": {"about": "unit", "levels": ["国家级"]}}, "rules.0.binds.levels.0"),
    ],
)
def test_fields_are_held(changed: Plain, place: str) -> None:
    """What does not fit a field is named with its place, in Chinese."""
    found = complaints(lambda: a_pack(rules=[{**a_rule("AA01"), **changed}]))
    assert [line for line in found if line.startswith(f"{place}：")]
    assert all("请：" in line for line in found)
    assert all(line.startswith("rules.0.") for line in found), "there is a rule, if a bad one"


def test_what_is_missing_is_told() -> None:
    """Where there is no rule at all, or none of the sentences of one, that is what is wrong."""
    assert complaints(lambda: a_pack(rules=[])) == ["rules：至少要有 1 项。请：补上。"]
    bare = {**a_rule("AA01"), "sentences": []}
    assert complaints(lambda: a_pack(rules=[bare])) == ["rules.0.sentences：至少要有 1 项。请：补上。"]
    also = complaints(lambda: a_pack(rules=[], articles=[{"clause": "一"}]))
    assert "rules：至少要有 1 项。请：补上。" in also
    assert "articles：至少要有 1 项。请：补上。" not in also


def test_checks_judge_what_they_can() -> None:
    """A unit is not updated every week, and a site has no platform."""
    weekly = {**a_rule("AA01"), "binds": {"about": "unit"}, "check": {"kind": "weekly", "times": 3}}
    found = complaints(lambda: a_pack(rules=[weekly]))
    assert found[0] == "rules.0：规则 AA01：weekly 不能用于 unit。请：改正 about 或 kind。"
    assert a_pack(rules=[a_rule(binds={"about": "account", "platforms": ["新浪微博"]})])
    assert a_pack(rules=[a_rule(binds={"about": "site"})])
    on_platforms = {**a_rule("AA01"), "binds": {"about": "site", "platforms": ["新浪微博"]}}
    found = complaints(lambda: a_pack(rules=[on_platforms]))
    assert found[0] == "rules.0：规则 AA01：site 不分平台。请：去掉 platforms。"


@pytest.mark.parametrize(
    "ways",
    [
        {},
        {"column": "粉丝数"},
        {"rules": ["AA01"], "column": "粉丝数", "below": 5},
        {"rules": ["AA01"], "words": ["否"]},
        {"words": ["否"]},
        {"column": "粉丝数", "below": 5, "from": 9},
        {"column": "粉丝数", "below": 5, "words": ["否"]},
        {"check": {"kind": "at_most", "most": 1}, "rules": ["AA01"]},
        {"check": {"kind": "at_most", "most": 1}, "words": ["否"]},
    ],
)
def test_signals_have_one_way(ways: Plain) -> None:
    """A signal is rules, a check, or a column with words or a limit; nothing, half of it and two are none."""
    signal = {"outcome": "关停", "article": "一", "reason": "长期不更新", **ways}
    assert complaints(lambda: a_pack(signals=[signal])) == [
        "signals.0：处置依据只能写 rules、check、column 中的一个；写 column 的，再写 words、below、from 中的一个。请：改正。"
    ]


def test_signals_are_about_accounts() -> None:
    """What speaks for closing an account is seen at accounts."""
    signal = {"outcome": "关停", "article": "一", "reason": "没有账号", "check": {"kind": "exists"}}
    assert complaints(lambda: a_pack(signals=[signal])) == [
        "signals.0：规则 没有账号：exists 不能用于 account。请：改正 about 或 kind。"
    ]


# ---- whom a rule binds


def excuse(binding: Binding, unit: Unit | None = None, platform: str = worlds.WECHAT) -> tuple[Status, str] | None:
    """Return why an account is not bound."""
    facts = worlds.season(worlds.account(platform=platform), units=[unit or worlds.unit()])
    return binding.excuse(View(facts).things[ThingKind.ACCOUNT][0])


def binding(**limits: Any) -> Binding:
    """Return a binding of accounts."""
    return Binding(about=ThingKind.ACCOUNT, **limits)


def test_all_are_bound_where_none_is_named() -> None:
    """A unit of which nothing is known is bound by what binds all."""
    assert excuse(binding(), Unit(worlds.BUREAU), platform="") is None


@pytest.mark.parametrize(
    ("limits", "other", "untold"),
    [
        ({"levels": (Level.COUNTY,)}, {"level": Level.CITY}, {"level": None}),
        ({"categories": (Category.DEPARTMENT,)}, {"category": Category.GOVERNMENT}, {"category": None}),
        ({"unless": ("secret",)}, {"secret": True}, {"secret": None}),
        ({"unless": ("no_public_powers",)}, {"public": False}, {"public": None}),
    ],
)
def test_bound_by_what_the_unit_is(limits: Plain, other: Plain, untold: Plain) -> None:
    """A unit that is meant is bound, another is not, and one of which nobody has told is unknown."""
    assert excuse(binding(**limits)) is None
    assert _status(excuse(binding(**limits), worlds.unit(**other))) == Status.NOT_APPLICABLE
    assert _status(excuse(binding(**limits), worlds.unit(**untold))) == Status.UNKNOWN


def _status(judged: tuple[Status, str] | None) -> Status:
    assert judged is not None
    assert judged[1], "it says why"
    return judged[0]


def test_bound_by_the_platform() -> None:
    """An account on another platform is not bound; one without a platform may be."""
    limits = binding(platforms=(worlds.WECHAT,))
    assert excuse(limits) is None
    assert _status(excuse(limits, platform=worlds.WEIBO)) == Status.NOT_APPLICABLE
    assert _status(excuse(limits, platform="")) == Status.UNKNOWN


def test_one_reason_is_enough() -> None:
    """What is certainly not meant is not bound, whatever else nobody has told; one ground frees, if others do not."""
    limits = binding(
        platforms=(worlds.WECHAT,),
        levels=(Level.COUNTY,),
        categories=(Category.DEPARTMENT,),
        unless=("secret", "no_public_powers"),
    )
    nothing = Unit(worlds.BUREAU)
    assert _status(excuse(limits, nothing)) == Status.UNKNOWN
    assert _status(excuse(limits, nothing, platform=worlds.WEIBO)) == Status.NOT_APPLICABLE
    for known in ({"level": Level.CITY}, {"category": Category.PERSON}, {"secret": True}, {"public": False}):
        assert _status(excuse(limits, Unit(worlds.BUREAU, **known), platform="")) == Status.NOT_APPLICABLE


def test_only_what_a_rule_names_has_to_be_known() -> None:
    """A rule on levels asks for no platform and no kind of unit, and so on."""
    assert excuse(binding(levels=(Level.COUNTY,)), Unit(worlds.BUREAU, Level.COUNTY), platform="") is None
    department = Unit(worlds.BUREAU, category=Category.DEPARTMENT)
    assert excuse(binding(categories=(Category.DEPARTMENT,)), department, platform="") is None
    assert excuse(binding(platforms=(worlds.WECHAT,)), Unit(worlds.BUREAU)) is None
    assert excuse(binding(unless=("secret",)), Unit(worlds.BUREAU, secret=False), platform="") is None
    half_told = Unit(worlds.BUREAU, secret=False)
    assert _status(excuse(binding(unless=("secret", "no_public_powers")), half_told)) == Status.UNKNOWN


def test_rule_is_plain_data() -> None:
    """A rule goes out as data and comes back the same."""
    rule = a_pack().rules[0]
    assert Rule.model_validate(rule.model_dump()) == rule
    assert Pack.model_validate(a_pack().model_dump(by_alias=True)) == a_pack()
