"""The coverage of a year's draws: each account counts once, of those that there are."""

from matplotlib.figure import Figure

from govkit.charts import coverage_of_sampling
from tests.charts.matrices import account, draw
from tests.charts.pictures import axes_of, texts

WECHAT, WEIBO = "微信公众号", "新浪微博"
ACCOUNTS = [account(number, WEIBO if number < 2 else WECHAT) for number in range(6)]


def bars(figure: Figure) -> list[tuple[float, float, float]]:
    """Return quarter, lower end and height of each part of a bar that has a height."""
    found = []
    for container in axes_of(figure).containers:
        for bar in container:
            middle = bar.get_x() + bar.get_width() / 2
            found.append((round(middle), round(bar.get_y(), 2), round(bar.get_height(), 2)))
    return [each for each in found if each[2]]


def test_shares_add_up() -> None:
    """Whoever was drawn before counts once; the most frequent platform stands below."""
    draws = [draw(ACCOUNTS[:3], 2026, 1), draw([*ACCOUNTS[2:4], *ACCOUNTS[2:3]], 2026, 2)]
    figure = coverage_of_sampling(ACCOUNTS, draws, 2026)
    assert bars(figure) == [(1, 0, 16.67), (1, 16.67, 33.33), (2, 0, 33.33), (2, 33.33, 33.33)]
    assert [text.get_text() for text in axes_of(figure).texts] == [
        "50.00%（3/6）",
        "66.67%（4/6）",
        "未抽取",
        "未抽取",
    ]
    assert [text.get_text() for text in figure.legends[0].get_texts()] == [WECHAT, WEIBO]


def test_draws_in_any_order_and_of_other_years() -> None:
    """The order of the draws does not matter, and another year's count for nothing."""
    draws = [draw(ACCOUNTS[3:], 2026, 2), draw(ACCOUNTS[:3], 2026, 1)]
    expected = bars(coverage_of_sampling(ACCOUNTS, draws, 2026))
    assert bars(coverage_of_sampling(ACCOUNTS, [*reversed(draws), draw(ACCOUNTS, 2025, 1)], 2026)) == expected
    assert "100.00%（6/6）" in texts(coverage_of_sampling(ACCOUNTS, draws, 2026))


def test_accounts_that_are_gone() -> None:
    """What was drawn and is no longer in the ledger does not count."""
    figure = coverage_of_sampling(ACCOUNTS[:2], [draw(ACCOUNTS[1:], 2026, 1)], 2026)
    assert "50.00%（1/2）" in texts(figure)


def test_many_platforms() -> None:
    """The rare ones stand together where there are more than shades; who has none is called so."""
    accounts = [account(number, f"平台{number % 10}") for number in range(40)]
    legend = coverage_of_sampling(accounts, [], 2026).legends[0].get_texts()
    assert [text.get_text() for text in legend] == [*(f"平台{number}" for number in range(7)), "其余平台"]
    assert "平台未知" in texts(coverage_of_sampling([account(1, "")], [], 2026))


def test_no_accounts() -> None:
    """An empty ledger has no share."""
    assert "台账里没有政务新媒体。" in texts(coverage_of_sampling([], [], 2026))
