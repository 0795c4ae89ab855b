"""Small packs for tests."""

from typing import Any

from govkit.packs import Pack


def a_rule(number: str = "AA01", **changed: Any) -> dict[str, Any]:
    """Return a rule as a file has it: accounts are updated, the last time at most fourteen days ago."""
    return {
        "id": number,
        "name": "及时更新",
        "article": "一",
        "sentences": [1],
        "text": "及时更新内容。",
        "binds": {"about": "account"},
        "check": {"kind": "alive", "days": 14},
        "severity": "一般",
        "remedy": "恢复更新，或申请关停。",
        **changed,
    }


def by_hand(number: str = "AA02", **changed: Any) -> dict[str, Any]:
    """Return a rule that a person judges."""
    check = {"kind": "hand", "ask": "发布前有人审核吗？", "evidence": "审核记录"}
    return a_rule(number, name="先审后发", text="先审后发。", check=check, remedy="建立审核制度。", **changed)


def a_pack(**changed: Any) -> Pack:
    """Return a pack of one article and one rule, or what is given instead."""
    plain = {
        "id": "test-2019",
        "version": "1.0.0",
        "name": "某县2019",
        "title": "某县政务新媒体管理通知",
        "source": "某县〔2019〕1号",
        "articles": [{"clause": "一", "title": "内容保障", "sentences": 1}],
        "rules": [a_rule()],
        **changed,
    }
    return Pack.model_validate(plain)
