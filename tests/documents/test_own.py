"""Word templates are checked as a whole: every wrong name at once, and a sample of each that can be filled."""

import shutil
from pathlib import Path

import pytest
from docx import Document

from govkit import commands
from govkit.documents import review_documents
from govkit.documents.engine import wrong_names
from govkit.reporting import report_kinds
from govkit.sheets import OutputError
from govkit.sheets.own import review
from govkit.sheets.template import TEMPLATES
from tests.documents.words import paragraphs, tables, template

NAMES = {"通报.docx", "整改通知书.docx", "培训题目.docx", "培训讲义.docx", *(kind.template for kind in report_kinds())}


def changed(folder: Path, *lines: str, name: str = "通报.docx") -> Path:
    """A copy of a template with further paragraphs."""
    document = Document(str(TEMPLATES / name))
    for line in lines:
        document.add_paragraph(line)
    path = folder / f"我县的{name}"
    document.save(str(path))
    return path


def test_templates_in_use() -> None:
    """All Word templates that ship are known, have no wrong name, and their samples are full of words."""
    assert {path.name for path in TEMPLATES.glob("*.docx")} == NAMES
    reviews = review_documents()
    assert {each.file.name for each in reviews} == NAMES
    for each in reviews:
        assert not each.faults
        ((name, content),) = each.samples
        assert name == f"{each.file.stem}-样张.docx"
        office = "某县人民政府办公室" in "\n".join(paragraphs(content)) + str(tables(content))
        assert office or each.file.name.startswith("培训")


def test_all_wrong_names_at_once(tmp_path: Path) -> None:
    """Each name that stands for nothing is told, also within groups and lines; a marked gap is no name."""
    lines = (
        "{{ 组织单味 }}",
        "{{ 网站.检察数 }}",
        "{%p for 行 in 网站.问题清单 %}",
        "{{ 行.名成 }}",
        "{%p endfor %}",
        "【待填：好的做法】",
    )
    (found,) = review_documents(changed(tmp_path, *lines))
    assert [fault.name for fault in found.faults] == ["组织单味", "检察数", "名成"]
    assert not found.is_usable
    assert not found.samples
    assert all("请：" in fault.fix for fault in found.faults)


def test_marks_that_are_wrong(tmp_path: Path) -> None:
    """A mark that is wrong is one fault, with the text around it."""
    (found,) = review_documents(changed(tmp_path, "开头{{ 组织 单位 }}"))
    (fault,) = found.faults
    assert "开头" in fault.text


def test_names_in_lines(tmp_path: Path) -> None:
    """Names of lines are looked at where there is a line."""
    file = template(tmp_path, ["{%p for 行 in 名单 %}", "{{ 行.甲 }}{{ 行.乙 }}", "{%p endfor %}"])
    assert wrong_names(file, {"名单": [{"甲": 1}]}) == ("乙",)
    assert wrong_names(file, {"名单": []}) == ()


def test_files_that_are_none(tmp_path: Path) -> None:
    """A file that is not there, of an unknown name, or that is no document, gets a sentence."""
    with pytest.raises(OutputError, match="没有找到"):
        review_documents(tmp_path / "通报.docx")
    shutil.copy(TEMPLATES / "通报.docx", tmp_path / "别的.docx")
    with pytest.raises(OutputError, match="看不出是哪个模板"):
        review_documents(tmp_path / "别的.docx")
    (tmp_path / "通报.docx").write_bytes(b"PK")
    (found,) = review_documents(tmp_path / "通报.docx")
    assert "打不开" in found.faults[0].text


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`template check` takes a Word template as it takes a workbook, and writes its sample."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(review, "find_office", lambda: None)
    out = tmp_path / "样张"
    assert commands.run(["template", "check", str(changed(tmp_path)), "--out", str(out)]) == 0
    assert [path.name for path in out.iterdir()] == ["我县的通报-样张.docx"]
    capsys.readouterr()
    assert commands.run(["template", "check", str(changed(tmp_path, "{{ 组织单味 }}"))]) == commands.BAD_INPUT
    assert "组织单味" in capsys.readouterr().err
