"""`due`: the calendar of a year as a table."""

import pytest

from govkit import commands


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal in which no line breaks."""
    monkeypatch.setenv("COLUMNS", "250")


def test_calendar(capsys: pytest.CaptureFixture[str]) -> None:
    """All packs without a choice, and those that are chosen with one."""
    assert commands.run(["due", "--year", "2020"]) == 0
    told = capsys.readouterr().out
    assert "2020-01-05 │ 2020-01-03 │ 报送2019年政府网站和政务新媒体监管工作年度报告" in told
    assert "河北省 2019" in told
    assert commands.run(["due", "--year", "2020", "--pack", "hebei-2019"]) == 0
    told = capsys.readouterr().out
    assert "丰都县 2019" not in told
    assert "报送2020年年审报告" in told


def test_years_without_anything(capsys: pytest.CaptureFixture[str]) -> None:
    """A year in which nothing is due is told; one whose working days are not known as well."""
    assert commands.run(["due", "--year", "2020", "--pack", "linyi-2019"]) == 0
    assert "2020 年没有" in capsys.readouterr().out
    assert commands.run(["due", "--year", "2050", "--pack", "hebei-2019"]) == 0
    told = capsys.readouterr()
    assert "不知道 2050 年的工作日" in told.err
    assert "2050-12-31 │ 未知" in told.out


def test_mistakes(capsys: pytest.CaptureFixture[str]) -> None:
    """A pack that is none and a year that is none are refused."""
    assert commands.run(["due", "--year", "2020", "--pack", "nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err
    assert commands.run(["due", "--year", "20"]) == 2
