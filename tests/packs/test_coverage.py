"""What is generated from the packs is committed as it is generated now, and leaves out nothing."""

from pathlib import Path

import pytest

from govkit.messages import say
from govkit.packs import Pack, load_pack, pack_ids
from govkit.packs.coverage import coverage
from tests.packs.packs import a_pack, a_rule, by_hand

DOC = Path(__file__).parents[2] / "docs" / "rules.zh-CN.md"
PACKS = [load_pack(pack_id) for pack_id in pack_ids()]


def rows(text: str, columns: int) -> list[list[str]]:
    """Return the cells of all tables of so many columns, without their headings."""
    lines = [line.removeprefix("| ").removesuffix(" |").split(" | ") for line in text.split("\n") if line[:2] == "| "]
    return [cells for cells in lines if len(cells) == columns and cells[0] not in {"条款", "编号", "处置建议"}]


def described(rule: dict[str, object]) -> list[str]:
    """Return the row of one rule."""
    (row,) = rows(coverage([a_pack(rules=[rule])]), 7)
    return row


def test_document_is_current() -> None:
    """`docs/rules.zh-CN.md` is what `govkit rules coverage` prints."""
    assert DOC.read_text(encoding="utf-8") == coverage(PACKS)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_every_sentence_has_its_row(pack: Pack) -> None:
    """Each sentence of each article stands once, in order, with all rules that ask it, or the reason why none does."""
    found = [row for row in rows(coverage([pack]), 3) if row[1].isdigit()]
    wanted = [
        (f"{article.clause} {article.title}", str(number))
        for article in pack.articles
        for number in range(1, article.sentences + 1)
    ]
    assert [(clause, number) for clause, number, _ in found] == wanted
    told = {(clause, int(number)): text for clause, number, text in found}
    for article in pack.articles:
        named = f"{article.clause} {article.title}"
        for none in article.no_rule:
            for number in none.sentences:
                assert none.about in told[named, number]
                assert none.reason in told[named, number]
        for rule in (rule for rule in pack.rules if rule.article == article.clause):
            way = "自动" if rule.check.automatic else "人工"
            assert all(f"{rule.id} {rule.name}（{way}）" in told[named, number] for number in rule.sentences)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_every_rule_has_its_row(pack: Pack) -> None:
    """Each rule stands once, in order, with what it asks, how grave a breach is, and what to do about one."""
    found = rows(coverage([pack]), 7)
    assert [row[0] for row in found] == [f"{rule.id} {rule.name}" for rule in pack.rules]
    for rule, row in zip(pack.rules, found, strict=True):
        assert (row[3], row[5], row[6]) == (rule.text, rule.severity, rule.remedy)
        assert all(row)


def test_head_of_a_pack() -> None:
    """Title, source, version and numbers stand above the tables."""
    article = {"clause": "一", "title": "内容保障", "sentences": 3}
    none = [{"sentences": [2, 3], "about": "目标", "reason": "不能逐个判断"}]
    pack = a_pack(articles=[{**article, "no_rule": none}], rules=[a_rule(), by_hand()])
    text = coverage([pack])
    assert "\n## 某县2019\n" in text
    assert "《某县政务新媒体管理通知》" in text
    assert "来源：某县〔2019〕1号" in text
    assert "规则包 `test-2019`，版本 1.0.0" in text
    assert "共 1 条、3 句：1 句有规则，2 句不作规则。规则 2 条：自动 1 条，人工 1 条。" in text
    assert "| 一 内容保障 | 1 | AA01 及时更新（自动）；AA02 先审后发（人工） |" in text
    assert "| 一 内容保障 | 3 | 不作规则：目标。理由：不能逐个判断 |" in text


def test_rule_by_hand_is_told_with_its_question() -> None:
    """What to look at, and what shows it."""
    assert described(by_hand())[4] == "人工：发布前有人审核吗？佐证：审核记录"


@pytest.mark.parametrize(
    ("binds", "words"),
    [
        ({"about": "account"}, "政务新媒体"),
        ({"about": "account", "platforms": ["新浪微博", "移动客户端"]}, "政务新媒体；平台：新浪微博、移动客户端"),
        (
            {
                "about": "account",
                "levels": ["市级", "县级"],
                "categories": ["部门"],
                "unless": ["secret", "no_public_powers"],
            },
            "政务新媒体；层级：市级、县级；单位类别：部门；除外：涉密单位、不对外行使公共管理职能的单位",
        ),
    ],
)
def test_whom_a_rule_binds(binds: dict[str, object], words: str) -> None:
    """All limits stand in words."""
    assert described(a_rule(binds=binds))[2] == words


DUE = {"first_year": 2019, "month": 12, "day": 31}


@pytest.mark.parametrize(
    ("about", "check", "words"),
    [
        ("account", {"kind": "alive", "days": 14}, "到时段最后一天，最近一次更新不超过 14 天（发布记录和台账里的最近更新日期，取晚的）"),
        ("incident", {"kind": "answered", "step": "published", "hours": 5, "grave": True}, "特别重大的事件，得知后 5 小时内有权威信息发布"),
        ("incident", {"kind": "answered", "step": "responded", "hours": 48, "grave": False}, "其他的事件，得知后 48 小时内有回应"),
        ("unit", {"kind": "at_most", "most": 1}, "单位正在运行的账号，每个平台最多 1 个"),
        ("unit", {"kind": "at_most", "most": 2, "platforms": ["移动客户端"]}, "单位正在运行的账号，移动客户端最多 2 个"),
        ("unit", {"kind": "at_most", "most": 1, "apart": ["移动客户端"]}, "单位正在运行的账号，每个平台最多 1 个（移动客户端不算）"),
        ("account", {"kind": "changed", "changes": ["closed", "renamed"], "want": "announced"}, "与上一季度的台账相比，关停、注销或不再列入台账、更名的，有备案记录，并写明公告日期"),
        ("account", {"kind": "every_day", "days": "working"}, "发布记录里每个工作日（按国务院办公厅公布的放假和调休安排）都有更新；开设当天不算"),
        ("site", {"kind": "every_day", "days": "all"}, "发布记录里每天都有更新；开设当天不算"),
        ("unit", {"kind": "exists"}, "单位有正在运行的账号：平台不限"),
        ("unit", {"kind": "exists", "platforms": ["新浪微博", "微信公众号"], "by": "2019-12-31"}, "单位有正在运行的账号：新浪微博、微信公众号（2019-12-31 起要求）"),
        ("account", {"kind": "filed"}, "有开设的备案记录，或台账写明已备案"),
        ("account", {"kind": "filed", "opened_from": "2019-07-10", "by": "2019-12-31"}, "有开设的备案记录，或台账写明已备案（2019-07-10 起开设的）（原有的账号 2019-12-31 起要求）"),
        ("account", {"kind": "filed_with", "actions": ["开设"], "approved": True, "level": "above"}, "时段内的开设备案（时段内开设的，备案再早也算）：写明批准人；报给上一级的单位"),
        ("account", {"kind": "filed_with", "level": "same", "offices": ["网信办", ["县政府办", "府办"]]}, "时段内的开设、变更、关停、注销备案（时段内开设的，备案再早也算）：报给同级的单位；报给网信办；报给县政府办（或写作府办）"),
        ("account", {"kind": "follows_renaming"}, "单位更名或主办单位变化后，账号名称和账号主体里没有旧名"),
        ("account", {"kind": "longest_gap", "days": 14}, "没有连续超过 14 天不更新"),
        ("account", {"kind": "name_shows_unit"}, "账号名称里有主办单位的名称或简称"),
        ("account", {"kind": "not_opened_by", "categories": ["内设机构", "个人"]}, "主办单位、账号主体都不是内设机构、个人"),
        ("account", {"kind": "owner_is_sponsor"}, "账号主体就是主办单位"),
        ("account", {"kind": "reported", "matter": "年审报告", "due": DUE, "want": "accepted"}, "从 2019 年起每年（当年 12 月 31 日前）的年审报告，审查合格"),
        ("unit", {"kind": "reported", "matter": "年度报告", "due": {**DUE, "years_later": 1}, "want": "in_time"}, "从 2019 年起每年（次年 12 月 31 日前）的年度报告，按期报送"),
        ("unit", {"kind": "reported", "matter": "年度报告", "due": DUE, "want": "in_time", "sponsors_only": True}, "从 2019 年起每年（当年 12 月 31 日前）的年度报告，按期报送（没有网站和账号的单位不要求）"),
        ("unit", {"kind": "reported", "matter": "整改情况", "due": {**DUE, "last_year": 2019}, "want": "in_time"}, "2019 年 12 月 31 日前的整改情况，按期报送"),
        ("unit", {"kind": "same_name"}, "单位有一个名称在各平台都用"),
        ("account", {"kind": "weekly", "times": 3}, "发布记录里每个完整的周（周一至周日）更新不少于 3 次；同一时刻发出的算一次"),
    ],
)  # fmt: skip
def test_how_a_rule_is_judged(about: str, check: dict[str, object], words: str) -> None:
    """Every check stands in words with its parameters."""
    assert described(a_rule(binds={"about": about}, check=check))[4] == f"自动：{words}"


def test_grounds_for_suggestions() -> None:
    """What speaks for closing or keeping an account is told too."""
    common = {"article": "一", "reason": "理由"}
    signals = [
        {"outcome": "关停", "rules": ["AA01"], **common},
        {"outcome": "整合", "check": {"kind": "at_most", "most": 1}, **common},
        {"outcome": "整合", "column": "功能相近", "words": ["是", "有"], **common},
        {"outcome": "整合", "column": "关注人数", "below": 500, **common},
        {"outcome": "提升", "column": "关注人数", "from": 0, **common},
    ]
    assert rows(coverage([a_pack(signals=signals)]), 3)[1:] == [
        ["关停", "理由（不符合规则 AA01）", "一"],
        ["整合", f"理由（不符合：{say('how.at_most', platforms=say('how.each_platform'), most=1, apart='')}）", "一"],
        ["整合", "理由（台账“功能相近”为是、有）", "一"],
        ["整合", "理由（台账“关注人数”小于 500）", "一"],
        ["提升", "理由（台账“关注人数”不小于 0）", "一"],
    ]


def test_bars_do_not_break_the_table() -> None:
    """A bar within a cell is written so that it ends none."""
    assert "恢复\\|更新" in coverage([a_pack(rules=[a_rule(remedy="恢复|更新")])])
