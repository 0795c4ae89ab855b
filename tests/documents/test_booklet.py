"""培训讲义 says everything that is known of each item and case, in the order of the annex."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from govkit import commands
from govkit.documents import booklet
from govkit.documents.booklet import TEMPLATE, facts
from govkit.documents.engine import Fact
from govkit.rubric import load_rubric
from govkit.scoring import reason
from govkit.sheets.template import TEMPLATES
from govkit.training import explained_rubric, load_cases
from tests.documents.words import marked, paragraphs, tables

DAY = date(2020, 1, 3)
RUBRIC = load_rubric("fengdu-2019")


def test_each_item_is_explained() -> None:
    """Code, official wording, what to look at, and both examples of all items, one after the other; no gap is left."""
    content = booklet(RUBRIC, DAY)
    lines = paragraphs(content)
    places = []
    for each in explained_rubric(RUBRIC):
        place = lines.index(f"{each.item.code}　{each.wording}")
        told = each.explanation
        assert lines[place + 1] == f"怎么看：{told.how}"
        assert lines[place + 2].endswith(f"：{told.right}")
        assert lines[place + 3].endswith(f"：{told.wrong}")
        places.append(place)
    assert places == sorted(places)
    assert len(places) == len(RUBRIC.items)
    assert not marked(content)
    assert f"共{len(RUBRIC.rows)}项指标、{len(RUBRIC.items)}条细则" in lines[1]


def test_each_case_has_its_result() -> None:
    """The result of each case is the one that the engine gives; cases of other rules are left out."""
    lines = paragraphs(booklet(RUBRIC, DAY))
    own = [case for case in load_cases() if case.rubric_id == RUBRIC.id]
    assert len(own) < len(load_cases())
    for number, case in enumerate(own, 1):
        place = lines.index(f"{number}．{case.title}（{case.level}）")
        story = [line for line in case.story.splitlines() if line.strip()]
        assert lines[place + 2 : place + 2 + len(story)] == story
        assert lines[place + 2 + len(story)] == f"结果：{reason(case.situation().result().score, case.rubric)}"


def test_nothing_stands_alone() -> None:
    """Whatever leads something in stands on the page of what follows it; a heading is never the last line of a page."""
    document = Document(BytesIO(booklet(RUBRIC, DAY)))
    told = [paragraph for paragraph in document.paragraphs if paragraph.text]
    codes = {f"{each.item.code}　{each.wording}" for each in explained_rubric(RUBRIC)}
    leading = ("怎么看：", "检查对象：", "结果：", "计算：")
    found = set()
    for paragraph in told:
        style: Any = paragraph.style
        kept = paragraph.paragraph_format.keep_with_next or style.paragraph_format.keep_with_next
        start = paragraph.text.split("：")[0] + "："
        if paragraph.text in codes or start in leading or style.name.startswith("Heading"):
            assert kept, paragraph.text
            found.add(start if start in leading else style.name)
        elif style.name == "Normal":
            assert not kept, paragraph.text
    assert found == {*leading, "Heading 1", "Heading 2", "Normal"}


def test_looks() -> None:
    """Text is of a size for reading in class, with larger headings; pages are numbered, broken lines not stretched."""
    document = Document(BytesIO(booklet(RUBRIC, DAY)))
    styles: Any = document.styles
    sizes = [styles[name].font.size.pt for name in ("Title", "Heading 1", "Heading 2", "Normal")]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == len(sizes)
    assert sizes[-1] == 12
    assert "PAGE" in document.sections[0].footer._element.xml
    assert document.settings.element.find(f"{qn('w:compat')}/{qn('w:doNotExpandShiftReturn')}") is not None


def test_every_name_is_used() -> None:
    """What is known stands somewhere in the template that ships."""
    content = (TEMPLATES / TEMPLATE).read_bytes()
    text = "\n".join(paragraphs(content)) + str(tables(content))

    def names(told: Fact) -> set[str]:
        if isinstance(told, Mapping):
            return {*told, *(name for value in told.values() for name in names(value))}
        return {name for line in told for name in names(line)} if isinstance(told, list) else set()

    assert all(name in text for name in names(facts(RUBRIC)))


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`class booklet` writes it, for a variant as well; rules that are not there get a sentence."""
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "家"))
    assert commands.run(["class", "booklet", "--out", str(tmp_path), "--rubric", "fengdu-2019-m14"]) == 0
    assert (tmp_path / "培训讲义_fengdu-2019-m14.docx").exists()
    assert commands.run(["class", "booklet", "--out", str(tmp_path), "--rubric", "nothing"]) == commands.BAD_INPUT
    assert "fengdu-2019" in capsys.readouterr().err
