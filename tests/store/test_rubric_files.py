"""An office's own rubrics stand in the folder 检查规则 of its data folder, and are used like those of govkit."""

from dataclasses import replace
from pathlib import Path

import pytest

from govkit.reading import read_spot_check
from govkit.rubric import rubric_ids
from govkit.sheets import write_spot_check
from govkit.store import RUBRICS, open_home, open_rubrics
from tests.rubric.test_rubrics import OWN
from tests.workbooks import BATCH, RECORDS, SITES, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a rubric of its own."""
    (tmp_path / RUBRICS).mkdir()
    (tmp_path / RUBRICS / "county.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / RUBRICS / "._county.toml").write_bytes(b"\x00\x05")  # what a Mac leaves on a stick
    return tmp_path


def test_own_rubrics_are_found(folder: Path) -> None:
    """They are at hand with and without opening the home; where there is no folder, those of govkit are."""
    environ = {"GOVKIT_HOME": str(folder)}
    assert open_rubrics(environ).ids == open_home(environ).rubrics().ids == (*rubric_ids(), "county")
    assert open_rubrics({"GOVKIT_HOME": str(folder / "nowhere")}).ids == rubric_ids()
    assert not (folder / "nowhere").exists()


def test_a_batch_by_an_own_rubric(folder: Path) -> None:
    """A batch pins its rubric with id, version and hash, and can be written and read by it, also when the file is gone."""
    home = open_home({"GOVKIT_HOME": str(folder)})
    rubric = home.rubrics().load("county")
    check = read_spot_check(write(folder / "原.xlsx", BATCH, SITES, RECORDS))
    check = replace(check, batch=replace(check.batch, rubric_id="county"))
    home.create(check, rubric, "组织者").close()
    (folder / RUBRICS / "county.toml").unlink()
    with home.open(home.batches()[0].key) as store:
        pinned = store.rubric
        assert (pinned.id, pinned.version, pinned.sha256) == ("county", "1.0.0", rubric.sha256)
        write_spot_check(store.spot_check(), folder / "抽查.xlsx", {}, pinned)
    read = read_spot_check(folder / "抽查.xlsx", rubrics=home.rubrics().also(pinned))
    assert read.batch.rubric_id == "county"
    assert len(read.findings) == len(check.findings)
