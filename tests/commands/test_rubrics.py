"""The commands `rubric …`, run as people run them."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

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


def edited(path: Path, changes: dict[tuple[str, str], str | int]) -> None:
    """Change cells of a workbook: those beside the name of a line."""
    book = load_workbook(path)
    for (sheet, line), value in changes.items():
        cell = next(row[1] for row in book[sheet].iter_rows() if row[0].value == line)
        cell.value = value
    book.save(path)


def test_a_variant_is_made_in_a_workbook(home: Path, tmp_path: Path) -> None:
    """A rubric is exported, edited and imported: it stands in the folder 检查规则, is a small variant, and is used."""
    path = tmp_path / "规则.xlsx"
    exported = run("rubric", "export", "--out", path)
    assert exported.returncode == 0, exported.stderr
    edited(path, {("参数", "合格线"): 75})
    refused = run("rubric", "import", path)
    assert refused.returncode == 2
    assert "G13" in refused.stderr
    assert sorted(file.name for file in (home / RUBRICS).iterdir()) == ["county.toml"]
    edited(path, {("说明", "编号"): "town-2025"})
    imported = run("rubric", "import", path)
    assert imported.returncode == 0, imported.stderr
    assert "只改了参数" in imported.stdout
    text = (home / RUBRICS / "town-2025.toml").read_text(encoding="utf-8")
    assert 'extends = "fengdu-2019"' in text
    book = write(tmp_path / "抽查.xlsx", BATCH.replace("fengdu-2019", "town-2025"), SITES, RECORDS)
    assert run("score", book, "--out", tmp_path / "结果").returncode == 0


def test_import_to_another_place(home: Path, tmp_path: Path) -> None:
    """A file that is written elsewhere must be called as its rubric, and the person is told where it belongs."""
    path = tmp_path / "规则.xlsx"
    run("rubric", "export", "county", "--out", path)
    assert run("rubric", "import", path, "--out", tmp_path / "我的.toml").returncode == 2
    done = run("rubric", "import", path, "--out", tmp_path / "county.toml")
    assert done.returncode == 0, done.stderr
    assert str(home / RUBRICS) in done.stdout
    assert sorted(file.name for file in tmp_path.iterdir()) == ["county.toml", "home", "规则.xlsx"]


def test_a_change_is_rehearsed(home: Path, tmp_path: Path) -> None:
    """`diff` tells what differs between ids, files and workbooks, and what changes in a workbook or batch."""
    book = write(tmp_path / "抽查.xlsx", BATCH, SITES, RECORDS)
    own = home / RUBRICS / "county.toml"
    own.write_text(OWN.replace("pass_line = 70", "pass_line = 100\nbonus_line = 100"), encoding="utf-8")
    done = run("rubric", "diff", "fengdu-2019", "county", "--on", book, "--out", tmp_path / "试算.xlsx")
    assert done.returncode == 0, done.stderr
    assert "参数：合格线由“60”改为“100”。" in done.stdout
    assert "合格率 100.00%（3/3） → 66.67%（2/3）" in done.stdout
    assert "县门户：合格 99.00 分 → 不合格 99.00 分" in done.stdout
    assert (tmp_path / "试算.xlsx").is_file()
    assert run("load", book).returncode == 0
    again = run("rubric", "diff", "fengdu-2019", own, "--batch", "第四季度抽查")
    assert again.stdout == done.stdout[: len(again.stdout)]
    run("rubric", "export", "--out", tmp_path / "规则.xlsx")
    assert "内容相同" in run("rubric", "diff", "fengdu-2019", tmp_path / "规则.xlsx").stdout


@pytest.mark.usefixtures("home")
def test_what_cannot_be_rehearsed__error(tmp_path: Path) -> None:
    """A file that is not there, and a check that was recorded for other rules, are refused."""
    book = write(tmp_path / "抽查.xlsx", BATCH, SITES, RECORDS)
    gone = run("rubric", "diff", "fengdu-2019", tmp_path / "没有.toml")
    assert (gone.returncode, "没有.toml" in gone.stderr.replace("\n", "")) == (2, True)
    other = run("rubric", "diff", "county", "fengdu-2019", "--on", book)
    assert other.returncode == 2
    assert "不是“county”" in other.stderr


def test_unknown_rubric() -> None:
    """An id that is not there is answered with those that are."""
    done = run("rubric", "show", "nothing")
    assert done.returncode == 2
    assert "fengdu-2019-m14" in done.stderr
