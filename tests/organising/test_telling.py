"""Units are told: problems are kept before files are written, and the same once more is nothing new."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from govkit.organising import Telling, tell_units
from govkit.sheets import OutputError
from govkit.store import Home, open_home
from govkit.workdays import UnknownYearError
from tests.documents.test_engine import drawn
from tests.documents.words import pictures, tables
from tests.rectifying.cases import ISSUE
from tests.sheets.season.cells import sheets_of, table_of

TELLING = Telling(date(2020, 1, 3), 10, "县政府办公室", "张三 1234567")
OTHER = replace(ISSUE, item="V1.1", sponsor="县教委", name="教委网", subject_id="5002300002")
SEEN = replace(OTHER, source="第三季度抽查")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home without anything in it."""
    return open_home({"GOVKIT_HOME": str(tmp_path / "家")})


def test_each_unit_gets_its_own(home: Home, tmp_path: Path) -> None:
    """A notice with the new problems, and a sheet with all of the same inspections; other inspections stay apart."""
    with home.register() as register:
        tell_units(register, "组织者", [SEEN], TELLING, tmp_path / "三季度")
        told = tell_units(register, "组织者", [ISSUE, OTHER], TELLING, tmp_path / "四季度")
        assert (told.new, told.known) == (2, 0)
        assert set(told.files) == {"县政府办", "县教委"}
        later = replace(TELLING, day=date(2020, 2, 3))
        more = replace(OTHER, item="V2.1")
        again = tell_units(register, "组织者", [ISSUE, OTHER, more], later, tmp_path / "补发")
    assert (again.new, again.known, set(again.files)) == (1, 2, {"县教委"})
    document, sheet = again.files["县教委"]
    assert [row[0] for row in tables(document.read_bytes())[0]][1:] == ["1"]
    listed = [row["问题编号"] for row in table_of(sheets_of(sheet)["整改台账"]) if row["问题编号"]]
    assert listed == [OTHER.id, more.id]


def test_a_folder_in_use(home: Home, tmp_path: Path) -> None:
    """Where notices or sheets lie already, nothing is kept and nothing is written."""
    out = tmp_path / "出"
    out.mkdir()
    (out / "整改台账_旧.xlsx").write_bytes(b"")
    with home.register() as register:
        with pytest.raises(OutputError, match="整改台账_旧"):
            tell_units(register, "组织者", [ISSUE], TELLING, out)
        assert register.rectifications() == ()
    assert [path.name for path in out.iterdir()] == ["整改台账_旧.xlsx"]


def test_unknown_working_days(home: Home, tmp_path: Path) -> None:
    """Where the deadline cannot be worked out, nothing is kept."""
    with home.register() as register:
        with pytest.raises(UnknownYearError):
            tell_units(register, "组织者", [ISSUE], replace(TELLING, day=date(2060, 1, 3)), tmp_path / "出")
        assert register.rectifications() == ()


def test_after_a_break_down(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where files could not be written, the same once more writes them, with the deadline that was kept."""

    def broken(*_: object) -> bytes:
        raise OutputError

    with home.register() as register:
        with monkeypatch.context() as patched:
            patched.setattr("govkit.organising.telling.notice", broken)
            with pytest.raises(OutputError):
                tell_units(register, "组织者", [ISSUE], TELLING, tmp_path / "出")
        assert len(register.rectifications()) == 1
        told = tell_units(register, "组织者", [ISSUE], TELLING, tmp_path / "出")
    assert (told.new, told.known) == (0, 1)
    assert all(path.exists() for path in told.files["县政府办"])


def test_screenshots_and_pdf(home: Home, tmp_path: Path, soffice: str) -> None:
    """The notice shows the screenshots that are given; as PDF, it stands beside the document, and each unit has one."""
    del soffice  # it is looked for by the program
    shot = drawn(2, 1)
    telling = replace(TELLING, pdf=True)
    with home.register() as register:
        told = tell_units(register, "组织者", [ISSUE, OTHER], telling, tmp_path / "出", {"图.png": shot})
    document, _, printed = told.files["县政府办"]
    assert [one.content for one in pictures(document.read_bytes())] == [shot]
    assert all(path.read_bytes().startswith(b"%PDF") for path in (printed, told.files["县教委"][2]))
