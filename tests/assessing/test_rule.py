"""The rule of 年度考核: valid data with its source, and whatever is wrong with a file is told in Chinese."""

from pathlib import Path

import pytest

from govkit.assessing import (
    AssessmentRuleError,
    CheckLevel,
    FailedGround,
    load_assessment_rule,
    load_assessment_rule_from,
)
from govkit.assessing.rule import DATA
from govkit.season import Category, Level, Unit

NOTICE = (
    "在国务院办公厅、市政府办公厅开展的抽查中,本单位或本单位下属单位政府网站或政务新媒体因出现严重表述错误被判定为不合格",
    "在国务院办公厅、市政府办公厅开展的抽查中,本单位或本单位下属单位政府网站或政务新媒体被判定为不合格超过(含)1个",
    "在县政府办公室抽查中,本单位及其下属单位政府网站或政务新媒体被判定为不合格超过(含)2个",
    "在政府网站、政务新媒体管理工作中存在弄虚作假行为",
)
FULL_WIDTH = str.maketrans("，（）", ",()")


def test_wording_and_limits() -> None:
    """The grounds are those of the notice in its words, with the numbers that stand there."""
    rule = load_assessment_rule("fengdu-2019")
    assert [ground.text.translate(FULL_WIDTH).removesuffix("。") for ground in rule.grounds] == list(NOTICE)
    limits = {ground.id: ground.at_least for ground in rule.grounds if isinstance(ground, FailedGround)}
    assert limits == {"upper_grave": 1, "upper_failed": 1, "own_failed": 2}
    assert rule.quarterly == (CheckLevel.COUNTY,)
    assert "附件 年度考核说明" in rule.source


@pytest.mark.parametrize(
    ("level", "category", "binds"),
    [
        (Level.COUNTY, Category.DEPARTMENT, True),
        (Level.COUNTY, Category.BRANCH, True),
        (Level.TOWNSHIP, Category.GOVERNMENT, True),
        (Level.TOWNSHIP, Category.BRANCH, True),
        (Level.COUNTY, Category.GOVERNMENT, False),
        (Level.CITY, Category.DEPARTMENT, False),
        (Level.CITY, None, False),
        (None, Category.COMPANY, False),
        (None, Category.DEPARTMENT, None),
        (Level.COUNTY, None, None),
        (None, None, None),
    ],
)
def test_who_is_assessed(level: Level | None, category: Category | None, binds: bool | None) -> None:
    """Townships, streets and departments of the county; what is not known of a unit may leave that open."""
    assert load_assessment_rule("fengdu-2019").binds(Unit("甲", level, category)) is binds


def complaints(tmp_path: Path, old: str, new: str) -> tuple[str, ...]:
    """Return what is said of the rule with something changed."""
    text = (DATA / "fengdu-2019.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "a.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(AssessmentRuleError) as raised:
        load_assessment_rule_from(tmp_path, "a")
    return raised.value.complaints


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "fraud"', 'id = "own_failed"', "own_failed"),
        ("at_least = 2", "at_least = 0", "at_least"),
        ("at_least = 2", "at_least = 2\nmore = 1", "more"),
        ('kind = "fraud"', 'kind = "lie"', "grounds"),
        ('checks = ["县政府办公室"]', 'checks = ["乡政府"]', "checks"),
        ("version =", "version", "TOML"),
    ],
)
def test_bad_rules(tmp_path: Path, old: str, new: str, words: str) -> None:
    """Doubled grounds, limits below one, unknown keys and words, and files that are no TOML are refused."""
    (complaint,) = complaints(tmp_path, old, new)
    assert words in complaint
    assert "请" in complaint


def test_no_rule() -> None:
    """A rule that is not there is refused by its name."""
    with pytest.raises(AssessmentRuleError, match="nowhere-2019"):
        load_assessment_rule("nowhere-2019")
