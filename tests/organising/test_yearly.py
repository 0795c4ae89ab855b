"""A year of an office: what lies in it, what counts, and what is kept of that."""

from datetime import date
from pathlib import Path

import pytest

from govkit.assessing import Standing
from govkit.organising import OfficeYear, QuarterFiles, office_years
from govkit.problems import ProblemsError
from govkit.quarters import Quarter
from govkit.store import Home, open_home
from tests.organising.quarters import LATER, SITES, quarter_file
from tests.organising.years import FRAUDS, OUTSIDE, UNITS, add_quarter, name_of, year_book


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with the four quarters of 2019."""
    home = open_home({"GOVKIT_HOME": str(tmp_path / "家")})
    for number in range(1, 5):
        add_quarter(home, tmp_path, number)
    return home


def standing(year: OfficeYear, unit: str) -> Standing:
    """The verdict on a unit."""
    return next(each.standing for each in year.assess(lambda _, __: None).assessment.units if each.unit.name == unit)


def test_years(home: Home, tmp_path: Path) -> None:
    """Years with batches, with files of a quarter, or with files of their own; folders of other programs are none."""
    assert office_years(home) == [2019]
    QuarterFiles(home.folder, Quarter(2020, 1)).take_in(quarter_file(tmp_path, SITES, LATER))
    OfficeYear(home, 2018).files.take_in(year_book(tmp_path, UNITS))
    (home.folder / "年度资料" / ".ipynb_checkpoints").mkdir()
    assert office_years(home) == [2020, 2019, 2018]


def test_batches_of_a_year(home: Home) -> None:
    """The batches whose 监测时间点 lies in the year, the earliest first."""
    assert [batch.as_of for batch in OfficeYear(home, 2019).batches()] == [
        date(2019, month, 20) for month in (3, 6, 9, 12)
    ]
    assert OfficeYear(home, 2020).batches() == ()


def test_what_is_left_out(home: Home, tmp_path: Path) -> None:
    """A batch that was left out does not count, for this year only, until somebody has it count again."""
    year = OfficeYear(home, 2019)
    year.files.take_in(year_book(tmp_path))
    assert standing(year, "县教委") == Standing.FAIL
    year.leave_out([name_of(3)])
    assert OfficeYear(home, 2019).left_out() == {name_of(3)}
    assert OfficeYear(home, 2018).left_out() == frozenset()
    assert standing(year, "县教委") == Standing.OPEN
    year.leave_out([])
    assert standing(year, "县教委") == Standing.FAIL


def test_progress(home: Home) -> None:
    """Each check is told when it is scored."""
    told: list[tuple[int, int]] = []
    OfficeYear(home, 2019).assess(lambda done, of: told.append((done, of)))
    assert told == [(number, 4) for number in range(1, 5)]


def test_objects_of_batches_are_known_to_files(home: Home, tmp_path: Path) -> None:
    """A code that has lost its zeros is pointed out, as the batches have the object; nothing is kept of the file."""
    files = OfficeYear(home, 2019).files
    lost = OUTSIDE.replace("bm64130001", "#500230001")
    with pytest.raises(ProblemsError) as refused:
        files.take_in(year_book(tmp_path, lost, FRAUDS))
    assert "0500230001" in str(refused.value)
    assert files.paths == ()
