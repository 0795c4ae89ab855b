"""Measured quantities: every limit one below, exactly on it and one above; and when they say nothing."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest

from govkit.findings import Measurement, Outcome
from govkit.rubric import Reading, load_rubric
from govkit.scoring import group_readings

RUBRIC = load_rubric("fengdu-2019")
AS_OF = date(2019, 12, 20)
FOUND, CLEAR, CANNOT = Outcome.FOUND, Outcome.CLEAR, Outcome.CANNOT_TELL


def read(code: str, quantities: Mapping[str, int | date], rubric_id: str = "fengdu-2019") -> Reading | None:
    """What some quantities say of an item."""
    measured = [
        Measurement("1", name, value if isinstance(value, date) else Fraction(value))
        for name, value in quantities.items()
    ]
    rubric = load_rubric(rubric_id)
    return rubric.read(rubric.items[code], group_readings(measured), AS_OF)


def before(days: int) -> date:
    """A day before the 监测时间点."""
    return AS_OF - timedelta(days=days)


LIMITS = [
    ("V3.1", "fengdu-2019", {"首页最近更新日期": before(13)}, CLEAR, True),
    ("V3.1", "fengdu-2019", {"首页最近更新日期": before(14)}, CLEAR, True),
    ("V3.1", "fengdu-2019", {"首页最近更新日期": before(15)}, FOUND, False),
    ("V3.1", "fengdu-2019", {"首页最近更新日期": before(9)}, CLEAR, False),
    ("V3.1", "fengdu-2019", {"首页最近更新日期": before(10)}, CLEAR, True),
    ("M2.1", "fengdu-2019", {"最近更新日期": before(6)}, CLEAR, True),
    ("M2.1", "fengdu-2019", {"最近更新日期": before(7)}, CLEAR, True),
    ("M2.1", "fengdu-2019", {"最近更新日期": before(8)}, FOUND, False),
    ("M2.1", "fengdu-2019", {"最近更新日期": before(4)}, CLEAR, False),
    ("M2.1", "fengdu-2019-m14", {"最近更新日期": before(14)}, CLEAR, True),
    ("M2.1", "fengdu-2019-m14", {"最近更新日期": before(15)}, FOUND, False),
    ("V4.1", "fengdu-2019", {"未更新动态要闻类栏目数": 1, "未更新通知公告政策文件类栏目数": 1}, CLEAR, False),
    ("V4.1", "fengdu-2019", {"未更新动态要闻类栏目数": 2, "未更新通知公告政策文件类栏目数": 2}, CLEAR, True),
    ("V4.1", "fengdu-2019", {"未更新动态要闻类栏目数": 2, "未更新通知公告政策文件类栏目数": 3}, FOUND, False),
    ("V4.1", "fengdu-2019", {"未更新动态要闻类栏目数": 0, "未更新通知公告政策文件类栏目数": 6}, FOUND, False),
    ("V4.2", "fengdu-2019", {"长期未更新栏目数": 9}, CLEAR, True),
    ("V4.2", "fengdu-2019", {"长期未更新栏目数": 10}, FOUND, False),
    ("V4.2", "fengdu-2019", {"长期未更新栏目数": 11}, FOUND, False),
    ("V4.3", "fengdu-2019", {"空白栏目数": 4}, CLEAR, True),
    ("V4.3", "fengdu-2019", {"空白栏目数": 5}, FOUND, False),
    ("V4.3", "fengdu-2019", {"空白栏目数": 6}, FOUND, False),
    ("V6.2", "fengdu-2019", {"要素缺失4类以上事项数": 4}, CLEAR, True),
    ("V6.2", "fengdu-2019", {"要素缺失4类以上事项数": 5}, FOUND, False),
    ("V6.2", "fengdu-2019", {"要素缺失4类以上事项数": 6}, FOUND, False),
    ("V6.3", "fengdu-2019", {"事项总数": 4, "要素缺失4类以上事项数": 4}, FOUND, False),
    ("V6.3", "fengdu-2019", {"事项总数": 4, "要素缺失4类以上事项数": 3}, CLEAR, True),
    ("V6.3", "fengdu-2019", {"事项总数": 5, "要素缺失4类以上事项数": 5}, CLEAR, False),
    ("V6.3", "fengdu-2019", {"事项总数": 1, "要素缺失4类以上事项数": 1}, FOUND, False),
    ("V6.3", "fengdu-2019", {"事项总数": 0, "要素缺失4类以上事项数": 0}, CLEAR, False),
    ("V6.3", "fengdu-2019", {"事项总数": 5}, CLEAR, False),
    ("V6.1", "fengdu-2019", {"事项总数": 0}, FOUND, False),
]


@pytest.mark.parametrize(("code", "rubric_id", "quantities", "outcome", "near"), LIMITS)
def test_limit(code: str, rubric_id: str, quantities: dict[str, int | date], outcome: Outcome, near: bool) -> None:
    """Inside, exactly on the limit, beyond; and near, which never scores."""
    reading = read(code, quantities, rubric_id)
    assert reading is not None
    assert (reading.outcome, reading.near) == (outcome, near)
    assert all(str(value) in reading.fact for value in quantities.values())


@pytest.mark.parametrize(
    ("code", "quantities"),
    [
        ("V3.1", {}),
        ("V4.1", {"未更新动态要闻类栏目数": 4}),
        ("V6.3", {"要素缺失4类以上事项数": 2}),
        ("V6.3", {"事项总数": 2}),
        ("V6.1", {"事项总数": 1}),
        ("D1.1", {"事项总数": 1}),
    ],
)
def test_says_nothing(code: str, quantities: dict[str, int | date]) -> None:
    """Where a quantity is missing, or decides only one way, a person must judge."""
    assert read(code, quantities) is None


def test_part_of_a_sum_can_be_enough() -> None:
    """Five columns of one sort are five, whatever the other sort has."""
    reading = read("V4.1", {"未更新动态要闻类栏目数": 5})
    assert reading is not None
    assert reading.outcome == FOUND


def visits(*days: tuple[int, int]) -> Reading | None:
    """What visits and timeouts on some days say of the site."""
    measured = []
    for number, (whole, part) in enumerate(days):
        at = datetime(2019, 12, 1) + timedelta(days=number)  # noqa: DTZ001
        measured += [
            Measurement("1", "访问次数", Fraction(whole), at),
            Measurement("1", "超时次数", Fraction(part), at),
        ]
    return RUBRIC.read(RUBRIC.items["V2.1"], group_readings(measured), AS_OF)


@pytest.mark.parametrize(
    ("days", "outcome", "near"),
    [
        ([(20, 1)] * 7, FOUND, False),
        ([(20, 1)] * 6 + [(20, 0)], CLEAR, True),
        ([(20, 1)] * 6 + [(21, 1)], CLEAR, True),
        ([(20, 1)] * 6 + [(20, 2)], FOUND, False),
        ([(100, 3)] * 7, CLEAR, True),
        ([(100, 3)] * 6 + [(100, 2)], CLEAR, False),
        ([(20, 20)] * 6, CANNOT, False),
        ([(20, 20)] * 6 + [(19, 0)], CANNOT, False),
        ([(20, 0)] * 7 + [(19, 0)], CANNOT, False),
        ([(20, 0)] * 8, CLEAR, False),
    ],
)
def test_share_of_timeouts(days: list[tuple[int, int]], outcome: Outcome, near: bool) -> None:
    """5 % and more is a problem, over at least 7 days with at least 20 visits on each; else nobody can tell."""
    reading = visits(*days)
    assert reading is not None
    assert (reading.outcome, reading.near) == (outcome, near)


def test_visits_without_days_cannot_tell() -> None:
    """A sum that names no days does not show seven of them; nor do visits without timeouts beside them."""
    total = [Measurement("1", "访问次数", Fraction(200)), Measurement("1", "超时次数", Fraction(50))]
    no_timeouts = [
        Measurement("1", "访问次数", Fraction(20), datetime(2019, 12, day))  # noqa: DTZ001
        for day in range(1, 9)
    ]
    for measured in (total, no_timeouts):
        reading = RUBRIC.read(RUBRIC.items["V2.1"], group_readings(measured), AS_OF)
        assert reading is not None
        assert reading.outcome == CANNOT


def test_visits_of_no_day_beside_seven_days_cannot_tell() -> None:
    """Visits that name no day may belong to any: nobody can tell then whether each day had enough."""
    measured = []
    for at in [*(datetime(2019, 12, day) for day in range(1, 8)), None]:  # noqa: DTZ001
        measured += [Measurement("1", "访问次数", Fraction(20), at), Measurement("1", "超时次数", Fraction(0), at)]
    reading = RUBRIC.read(RUBRIC.items["V2.1"], group_readings(measured), AS_OF)
    assert reading is not None
    assert reading.outcome == CANNOT


def test_several_rounds_on_a_day_add_up() -> None:
    """Visits counted in the morning and in the afternoon are visits of one day."""
    measured = []
    for day in range(1, 8):
        for hour in (9, 15):
            at = datetime(2019, 12, day, hour)  # noqa: DTZ001
            measured += [Measurement("1", "访问次数", Fraction(10), at), Measurement("1", "超时次数", Fraction(0), at)]
    reading = RUBRIC.read(RUBRIC.items["V2.1"], group_readings(measured), AS_OF)
    assert reading is not None
    assert reading.outcome == CLEAR
