"""A made-up inspection of any number of sites, one by one: 10 to 15 items found at each, with notes of all lengths."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import numpy as np

from benchmarks.scoring import largest_count
from govkit.findings import Batch, Finding, Measurement, Outcome, SpotCheck
from govkit.ledger import Kind, Subject
from govkit.rubric import PartName, load_rubric
from govkit.scoring import ObjectResult, iter_results

RUBRIC = load_rubric("fengdu-2019")
BATCH = Batch(
    "2019年第四季度政府网站检查", date(2019, 12, 20), RUBRIC.id, "某市人民政府办公室", "抽查.xlsx", Outcome.CLEAR
)
_VETO_CHANCE, _NOT_APPLICABLE_CHANCE = 0.05, 0.5  # of a site
_WORDS = (
    *(
        "首页",
        "机构职能",
        "政策文件",
        "办事指南",
        "互动交流",
        "领导信箱",
        "通知公告",
        "数据发布",
        "友情链接",
        "搜索结果",
    ),
    *(
        "未更新",
        "链接打不开",
        "内容空白",
        "与实际不符",
        "无法下载",
        "显示为乱码",
        "缺少联系方式",
        "没有答复",
        "已经过期",
    ),
    *("，", "；", "，截至检查时仍未改正，", "，其中", "，例如", "（已截图）", "2处", "3个栏目", "12月6日", "超过6个月"),
)


def subjects(count: int) -> list[Subject]:
    """The sites, a third of them of units without public services."""
    return [
        Subject(
            f"{9_901_000_000 + number}",
            f"第{number}号单位门户网站",
            Kind.SITE,
            f"第{number}号单位",
            number % 3 > 0,
            {"首页网址": f"http://www.unit{number}.example", "主管单位": BATCH.organiser, "状态": "正常"},
        )
        for number in range(count)
    ]


def results(sites: list[Subject]) -> Iterator[ObjectResult]:
    """Their results, each scored when it is asked for; the same every time."""
    chance = np.random.default_rng(2019)
    rows = RUBRIC.rows_for(Kind.SITE)
    points = [item for row in rows if row.part != PartName.VETO for item in row.items]
    vetoes = [item for row in rows if row.part == PartName.VETO for item in row.items if item.kind == "flag"]
    for site in sites:
        found = [points[at] for at in chance.choice(len(points), chance.integers(10, 16), replace=False)]
        if chance.random() < _VETO_CHANCE:
            found.append(vetoes[chance.integers(len(vetoes))])
        scope = RUBRIC.items_in_scope(site)
        findings = []
        for item in found:
            if item.code in scope:
                most = largest_count(item)
                count = most if item.kind == "tier" else int(chance.integers(1, min(most, 4) + 1))
                findings.append(_finding(site, item.code, Outcome.FOUND, count, chance))
        if chance.random() < _NOT_APPLICABLE_CHANCE:
            left = [item.code for item in points if item not in found and item.code in scope]
            findings.append(_finding(site, left[chance.integers(len(left))], Outcome.NOT_APPLICABLE, None, chance))
        updated = BATCH.as_of - timedelta(days=int(chance.integers(0, 12)))
        measurements = (
            Measurement(site.id, "首页最近更新日期", updated),
            Measurement(site.id, "事项总数", Fraction(int(chance.integers(100, 900)))),
        )
        yield from iter_results(RUBRIC, SpotCheck(BATCH, (site,), tuple(findings), measurements))


def _finding(site: Subject, code: str, outcome: Outcome, count: int | None, chance: np.random.Generator) -> Finding:
    """A finding with a note: half of them short, a few long enough for several rows, and half with an address."""
    words = chance.choice(_WORDS, int(chance.gamma(1.5, 6)) + 1)
    url = f"{site.details['首页网址']}/{code}/{chance.integers(10_000)}.html" if chance.random() < 1 / 2 else ""
    at = datetime(2019, 12, 18, 8, tzinfo=UTC) + timedelta(minutes=int(chance.integers(600)))
    inspector = f"检查{'一二三'[int(site.id) % 3]}组"
    return Finding(site.id, code, outcome, count, "".join(words), url, inspector=inspector, checked_at=at)
