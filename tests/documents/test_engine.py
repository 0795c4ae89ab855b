"""Word templates are filled so that nothing is made up, nothing breaks, and wrong templates are told in Chinese."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from matplotlib.figure import Figure

from govkit.documents.engine import Facts, Picture, fill
from govkit.messages import say
from govkit.sheets import OutputError
from tests.documents.words import marked, paragraphs, pictures, tables, template

DAY = date(2020, 1, 3)
HOSTILE = [
    "<w:p><w:t>&amp;]]></w:t>",
    "{{ 7 * 7 }}{% for x in y %}{# no #}",
    "{_{ 组织单位 }_}{_% if %_}",
    "&#95;&lt;'\"“”‘’",
    " 前后有空格 ",
    "第一行\n第二行\t表格符",
    "🏛㐀𠀀_x000D_",
    "\\a\\1\\g<0>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_of_people_stand_as_they_were_typed(text: str, tmp_path: Path) -> None:
    """Whatever marks, tags and line ends a text has, the document holds it and nothing else."""
    filled = fill(template(tmp_path, ["前{{ 名称 }}后"]), {"名称": text}, DAY)
    assert paragraphs(filled) == [f"前{text}后"]


def test_control_characters_are_left_out(tmp_path: Path) -> None:
    """What no XML can hold is left out, and starts no paragraph or page; line ends are of one kind."""
    filled = fill(template(tmp_path, ["{{ 名称 }}"]), {"名称": "甲\x00\x07乙\x0c\x1b丙\ud800\ufffe丁\r\n戊\r己"}, DAY)
    assert paragraphs(filled) == ["甲乙丙丁\n戊\n己"]


def test_what_is_not_known_is_a_marked_gap(tmp_path: Path) -> None:
    """A missing fact is named in a gap on yellow ground, which looks as the text around it; the text is not marked."""
    lines = [
        "检查{{ 网站.检查数 }}个，运行{{ 网站.运行数 }}个。",
        "{{ 组织单位 }}",
        "{%p for 行 in 名单 %}",
        "{{ 行.名称 }}",
        "{%p endfor %}",
    ]
    facts: Facts = {"网站": {"检查数": 0, "运行数": None}, "组织单位": None, "名单": [{"名称": None}, {"名称": "乙"}]}
    filled = fill(template(tmp_path, lines), facts, DAY)
    assert paragraphs(filled) == ["检查0个，运行【待填：网站运行数】个。", "【待填：组织单位】", "【待填：名称】", "乙"]
    assert marked(filled) == ["【待填：网站运行数】", "【待填：组织单位】", "【待填：名称】"]
    runs = [run for paragraph in Document(BytesIO(filled)).paragraphs for run in paragraph.runs]
    assert all(run.bold for run in runs if run.text)


def test_a_gap_of_the_template_is_marked_too(tmp_path: Path) -> None:
    """What an office leaves to be written by hand each time stands in its template as a gap."""
    filled = fill(template(tmp_path, ["一、{{ 名称 }}【待填：好的做法】。"]), {"名称": "甲"}, DAY)
    assert paragraphs(filled) == ["一、甲【待填：好的做法】。"]
    assert marked(filled) == ["【待填：好的做法】"]


def test_line_ends_and_gaps_in_one_text(tmp_path: Path) -> None:
    """Breaks stay where they are when a gap stands in the same piece of text."""
    filled = fill(template(tmp_path, ["{{ 名称 }}{{ 单位 }}。"]), {"名称": "甲\n乙\t", "单位": None}, DAY)
    assert paragraphs(filled) == ["甲\n乙\t【待填：单位】。"]


def test_rows_are_repeated(tmp_path: Path) -> None:
    """A row of a table stands once for each line, in order."""
    document = Document()
    table = document.add_table(rows=3, cols=2)
    for row, words in zip(
        table.rows,
        [("{%tr for 行 in 名单 %}", ""), ("{{ 行.序号 }}", "{{ 行.名称 }}"), ("{%tr endfor %}", "")],
        strict=True,
    ):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    document.save(str(tmp_path / "表.docx"))
    facts: Facts = {"名单": [{"序号": 1, "名称": "甲"}, {"序号": 2, "名称": "乙"}]}
    filled = fill(str(tmp_path / "表.docx"), facts, DAY)
    assert tables(filled) == [[["1", "甲"], ["2", "乙"]]]


WRONG = [  # a line of a template, the sentence that it gets, and what that names
    ("{{ 组织单味 }}", "document.no_name", "组织单味"),
    ("{{ 网站.检察数 }}", "document.no_name", "检察数"),
    ("{% for 行 in 名单 %}{{ 行.名成 }}{% endfor %}", "document.no_name", "名成"),
    ("{% if 没有的名称 %}有{% endif %}", "document.no_name", "没有的名称"),
    ("开头{{ 组织 单位 }}", "document.bad_mark", "开头"),
    ("开头{% for 行 in 名单 %}", "document.bad_mark", "开头"),
    ("{{ 组织单位.__class__.__mro__ }}", "document.bad_content", ""),
    ("{{ 组织单位 + 1 }}", "document.bad_content", ""),
]


@pytest.mark.parametrize(("line", "key", "named"), WRONG)
def test_wrong_templates_are_told(line: str, key: str, named: str, tmp_path: Path) -> None:
    """A name or mark that is wrong is told in Chinese with where it stands; no part of Python can be reached."""
    file = template(tmp_path, [line])
    facts: Facts = {"组织单位": "甲", "网站": {"检查数": 1}, "名单": [{"名称": "甲"}]}
    with pytest.raises(OutputError) as caught:
        fill(file, facts, DAY)
    sentence = str(caught.value)
    start = say(key, file=file, name="…", place="…").partition("…")[0]
    assert sentence.startswith(start)
    assert named in sentence


def test_no_template_and_no_document(tmp_path: Path) -> None:
    """A template that is not there, and a file that is no Word document, are told in Chinese."""
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 damaged")
    book = tmp_path / "空.docx"
    with ZipFile(book, "w") as archive:
        archive.writestr("word/other.xml", "<a/>")
    with pytest.raises(OutputError, match="没有找到模板"):
        fill(str(tmp_path / "没有.docx"), {}, DAY)
    for name in ("坏.docx", "空.docx"):
        with pytest.raises(OutputError, match="打不开"):
            fill(str(tmp_path / name), {}, DAY)


def test_the_same_facts_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in the file tells when it was made, or where."""
    file = template(tmp_path, ["{{ 名称 }}"])
    first = fill(file, {"名称": "甲"}, DAY)
    monkeypatch.setattr("time.localtime", lambda *_: (2031, 5, 6, 7, 8, 9, 0, 1, 0))
    assert fill(file, {"名称": "甲"}, DAY) == first
    with ZipFile(BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2020-01-03T00:00:00Z") == 2


def test_who_changed_the_template_is_not_told(tmp_path: Path) -> None:
    """A document does not carry the name of the person who last saved the template."""
    document = Document()
    document.core_properties.last_modified_by = "王敏"
    document.save(str(tmp_path / "模板.docx"))
    filled = Document(BytesIO(fill(str(tmp_path / "模板.docx"), {}, DAY)))
    assert filled.core_properties.last_modified_by == "govkit"


def drawn(width: float, height: float, kind: str = "png") -> bytes:
    """A picture so many inches wide and high."""
    stream = BytesIO()
    Figure(figsize=(width, height), facecolor="0.5").savefig(stream, format=kind)
    return stream.getvalue()


@pytest.mark.parametrize(("size", "shown"), [((4, 2), (100, 50)), ((2, 4), (30, 60)), ((1, 1), (60, 60))])
def test_pictures_are_as_large_as_fits(size: tuple[float, float], shown: tuple[float, float], tmp_path: Path) -> None:
    """A picture keeps its file and its shape within its bounds, and says what it shows; text around it stays."""
    for content in (drawn(*size), drawn(*size, kind="jpg")):
        picture = Picture(content, '图<一>"&{{ }}', 100, 60)
        filled = fill(template(tmp_path, ["前{{ 图 }}后"]), {"图": picture}, DAY)
        (one,) = pictures(filled)
        assert (one.content, one.told) == (content, picture.caption)
        assert (one.width, one.height) == pytest.approx(shown, rel=0.01)
        assert paragraphs(filled) == ["前后"]
        assert fill(template(tmp_path, ["前{{ 图 }}后"]), {"图": picture}, DAY) == filled


def test_several_pictures(tmp_path: Path) -> None:
    """Pictures of lines stand in their order, each told apart by programs; one that is not shown is not kept."""
    lines = ["{%p for 行 in 图 %}", "{{ 行.图 }}", "{%p endfor %}"]
    wide, high = (Picture(drawn(*size), name, 50, 50) for size, name in (((3, 1), "甲"), ((1, 3), "乙")))
    facts: Facts = {"图": [{"图": wide}, {"图": high}, {"图": wide}], "别的": Picture(drawn(5, 5), "丙", 50, 50)}
    filled = fill(template(tmp_path, lines), facts, DAY)
    assert [one.told for one in pictures(filled)] == ["甲", "乙", "甲"]
    with ZipFile(BytesIO(filled)) as archive:
        assert sum(name.startswith("word/media/") for name in archive.namelist()) == 2
        ids = re.findall(r'<wp:docPr id="(\d+)"', archive.read("word/document.xml").decode())
    assert len(set(ids)) == 3


@pytest.mark.parametrize("content", [b"", b"text", drawn(1, 1)[:20], b"\xff\xd8\xff\xe0" + bytes(30), b"GIF89a"])
def test_what_is_no_picture_is_told(content: bytes, tmp_path: Path) -> None:
    """A damaged picture stops no document: a sentence names it."""
    filled = fill(template(tmp_path, ["前{{ 图 }}后"]), {"图": Picture(content, "截图<1>", 50, 50)}, DAY)
    assert paragraphs(filled) == ["前（图片“截图<1>”打不开）后"]
    assert not pictures(filled)
