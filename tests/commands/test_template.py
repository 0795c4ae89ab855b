"""The command around templates."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from govkit import commands
from govkit.sheets.own import review
from govkit.sheets.template import TEMPLATES


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a template, and no LibreOffice."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(review, "find_office", lambda: None)
    return Path(shutil.copy(TEMPLATES / "网站评分表.xlsx", tmp_path / "网站评分表.xlsx"))


def test_templates_in_use(capsys: pytest.CaptureFixture[str]) -> None:
    """Without words the templates in use are checked, and nothing is written."""
    assert commands.run(["template", "check"]) == 0
    shown = capsys.readouterr()
    assert shown.out.count("可以使用") == 4 + len(list(TEMPLATES.glob("*.docx")))
    assert shown.err == ""


def test_samples(office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Samples are written where one wants them, and it is said where; hints do not keep them away."""
    workbook = load_workbook(office)
    first: Any = workbook.worksheets[0]
    first._print_rows = None
    workbook.save(office)
    assert commands.run(["template", "check", str(office), "--out", str(tmp_path / "样张")]) == 0
    shown = capsys.readouterr()
    assert "请注意" in shown.err
    assert "打印标题" in shown.err
    assert str(tmp_path / "样张") in shown.out
    assert "没有找到 LibreOffice" in shown.out
    assert len(list((tmp_path / "样张").iterdir())) == 3


@pytest.mark.parametrize("columns", [200, 80])
def test_faults(
    columns: int, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong stands in a table, or in paragraphs where the terminal is narrow; the exit status is 2."""
    monkeypatch.setenv("FORCE_COLOR", "1")  # makes the captured stream count as a terminal
    monkeypatch.setenv("COLUMNS", str(columns))
    workbook = load_workbook(office)
    del workbook.defined_names["结论"]
    workbook.defined_names["扣分合计"].attr_text = "'网站评分表'!#REF!"
    workbook.save(office)
    assert commands.run(["template", "check", str(office), "--out", str(tmp_path / "样张")]) == 2
    shown = capsys.readouterr()
    assert "共有 2 个问题" in shown.err
    for word in ("网站评分表.xlsx", "结论", "扣分合计", "#REF!", "请："):
        assert word in shown.err
    assert ("│" in shown.err) == (columns == 200)
    assert "可以使用" not in shown.out
    assert not list(tmp_path.glob("样张/*"))


def test_no_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is no workbook gets a sentence."""
    (tmp_path / "表.xlsx").write_text("表", encoding="utf-8")
    assert commands.run(["template", "check", str(tmp_path / "表.xlsx")]) == 1
    assert "打不开" in capsys.readouterr().err
