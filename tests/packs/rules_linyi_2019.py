"""The rules of 临沂市 2019, each with facts that pass and facts that break it."""

from datetime import date

from govkit.season import Category, Level
from tests.packs import pairs, worlds

_CITY_DEPARTMENT = worlds.unit(level=Level.CITY)
_COUNTY = worlds.unit("青禾县人民政府", category=Category.GOVERNMENT)
_REPORT, _YEAR, _DEADLINE = "政务新媒体运行整改落实情况", 2019, date(2019, 3, 18)

CASES: dict[str, pairs.Pair] = {
    "LY01": pairs.not_opened_by(Category.PERSON),
    "LY09": pairs.answered("published", 5, grave=True),
    "LY10": pairs.answered("responded", 48, grave=False),
    "LY16": pairs.exists(_CITY_DEPARTMENT),
    "LY17": pairs.at_most_one(worlds.WECHAT),
    "LY19": pairs.exists(_COUNTY),
    "LY20": pairs.same_name(),
    "LY21": pairs.filed(),
    "LY22": pairs.renaming_filed(),
    "LY24": pairs.alive(14),
    "LY45": pairs.longest_gap(14),
    "LY53": pairs.reported(_REPORT, _YEAR, _DEADLINE, _COUNTY),
    "LY54": pairs.reported(_REPORT, _YEAR, _DEADLINE, _CITY_DEPARTMENT),
}
