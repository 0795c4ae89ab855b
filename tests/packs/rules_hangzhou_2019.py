"""The rules of 杭州市 2019, each with facts that pass and facts that break it."""

from govkit.season import Category, Level
from tests.packs import pairs, worlds

_CITY_DEPARTMENT = worlds.unit(level=Level.CITY)
_COUNTY = worlds.unit("青禾县人民政府", category=Category.GOVERNMENT)

CASES: dict[str, pairs.Pair] = {
    "HZ01": pairs.not_opened_by(Category.COMPANY),
    "HZ09": pairs.answered("published", 5, grave=True),
    "HZ10": pairs.answered("responded", 48, grave=False),
    "HZ19": pairs.exists(_CITY_DEPARTMENT),
    "HZ20": pairs.exists(_COUNTY),
    "HZ22": pairs.filed(),
    "HZ23": pairs.at_most_one(worlds.WEIBO),
    "HZ24": pairs.at_most_one(worlds.WECHAT, _CITY_DEPARTMENT),
    "HZ25": pairs.same_name(),
    "HZ26": pairs.owner_is_sponsor(),
    "HZ27": pairs.follows_renaming(),
    "HZ28": pairs.sponsor_announced(),
    "HZ47": pairs.alive(14),
}
