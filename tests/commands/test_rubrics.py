"""The commands `rubric …`, run as people run them."""

import json
from pathlib import Path

import pytest

from govkit.store import RUBRICS
from tests.commands.test_commands import run
from tests.rubric.test_rubrics import OWN
from tests.workbooks import BATCH, RECORDS, SITES, write


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of an office with a rubric of its own."""
    folder = tmp_path / "home"
    (folder / RUBRICS).mkdir(parents=True)
    (folder / RUBRICS / "county.toml").write_text(OWN, encoding="utf-8")
    monkeypatch.setenv("GOVKIT_HOME", str(folder))
    return folder


def test_own_rubric_is_listed_shown_and_used(home: Path, tmp_path: Path) -> None:
    """An own rubric is listed and shown; a workbook that names it is checked, scored and kept by it."""
    (home / RUBRICS / "broken.toml").write_text("[[", encoding="utf-8")
    listed = run("rubric", "list")
    assert listed.returncode == 0
    assert "本县检查指标" in listed.stdout
    assert "broken" in listed.stderr
    assert run("rubric", "show", "county").stdout.startswith("# 本县检查指标")
    book = write(tmp_path / "抽查.xlsx", BATCH.replace("fengdu-2019", "county"), SITES, RECORDS)
    assert run("check", book).returncode == 0
    done = run("score", book, "--out", tmp_path / "结果")
    assert done.returncode == 0, done.stderr
    rubric = json.loads((tmp_path / "结果" / "results.json").read_text(encoding="utf-8"))["rubric"]
    assert (rubric["id"], rubric["version"]) == ("county", "1.0.0")
    assert run("load", book).returncode == 0
    exported = run("export", "--out", tmp_path / "再出.xlsx")
    assert exported.returncode == 0, exported.stderr
    (home / RUBRICS / "county.toml").write_text(OWN.replace("70", "170"), encoding="utf-8")
    broken = run("check", book)
    assert broken.returncode == 2
    assert "合格线" in broken.stderr


def test_unknown_rubric() -> None:
    """An id that is not there is answered with those that are."""
    done = run("rubric", "show", "nothing")
    assert done.returncode == 2
    assert "fengdu-2019-m14" in done.stderr
