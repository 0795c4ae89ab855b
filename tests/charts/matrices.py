"""Matrices of things × rules for tests, as wild as they can be: many rules, long names, nothing broken."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import get_args

from govkit.ledger import Kind, Subject
from govkit.packs import Column, Compliance, Judgement, Pack, Status, Thing, ThingKind
from govkit.packs.model import Severity
from govkit.sampling import Draw, Drawn, Ground
from govkit.season import Season, Unit

SEVERITIES = get_args(Severity)
LONG = "青禾县人民政府办公室政务服务和大数据发展管理中心（县行政审批局、县政务公开领导小组办公室）"


def pack(rules: Sequence[tuple[str, str]], about: ThingKind = ThingKind.UNIT) -> Pack:
    """Return a pack of rules, each given by name and severity, all judged by hand."""
    told = [
        {
            "id": f"X{chr(65 + number // 100)}{number % 100:02}",
            "name": name,
            "article": "一",
            "sentences": [1],
            "text": "要求。",
            "binds": {"about": about},
            "check": {"kind": "hand", "ask": "有吗？", "evidence": "文件"},
            "severity": severity,
            "remedy": "请改正。",
        }
        for number, (name, severity) in enumerate(rules)
    ]
    article = {"clause": "一", "title": "一", "sentences": 1}
    return Pack.model_validate(
        {
            "id": "test",
            "version": "1.0.0",
            "name": "试验",
            "title": "试验",
            "source": "试验",
            "articles": [article],
            "rules": told,
        }
    )


def matrix(
    statuses: Sequence[Sequence[Status]],
    rules: Sequence[tuple[str, str]],
    names: Sequence[str],
    about: ThingKind = ThingKind.UNIT,
) -> Compliance:
    """Return a matrix.

    Args:
        statuses: of each thing under each rule; a row a thing.
        rules: name and severity of each.
        names: of the things, which are their own units.
        about: what kind of things.
    """
    made = pack(rules, about)
    things: Mapping[ThingKind, Sequence[Thing]] = {
        kind: [Thing(kind, name, name, Unit(name)) for name in names] if kind == about else [] for kind in ThingKind
    }
    judgements = [Judgement(status, "事实") for status in Status]
    columns = [
        Column(made, rule, judgements, [row[number] for row in statuses]) for number, rule in enumerate(made.rules)
    ]
    return Compliance(Season((date(2019, 10, 1), date(2019, 12, 31)), ()), things, columns)


def mixed(things: int, rules: int, about: ThingKind = ThingKind.UNIT) -> Compliance:
    """Return a matrix of everything, with long names among the short ones."""
    statuses = [[Status((row * column + row) % 4) for column in range(rules)] for row in range(things)]
    names = [LONG if row == 1 else f"青禾县第{row}号单位" for row in range(things)]
    told = [(LONG if column == 2 else f"每周更新不少于 {column} 次", SEVERITIES[column % 3]) for column in range(rules)]
    return matrix(statuses, told, names, about)


def account(number: int, platform: str) -> Subject:
    """Return an account on a platform."""
    return Subject(f"{number:016}", f"账号{number}", Kind.ACCOUNT, "单位", None, {"账号类型": platform})


def draw(accounts: Sequence[Subject], year: int, quarter: int) -> Draw:
    """Return a draw of these accounts."""
    drawn = tuple(Drawn(each, Ground.DRAWN, "") for each in accounts)
    return Draw("一", (year, quarter), len(accounts), len(accounts), drawn)
