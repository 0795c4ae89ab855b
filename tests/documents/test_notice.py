"""整改通知书 tells a unit its problems with their clauses, the deadline, and how to object; gaps are marked."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from govkit.documents import Notice, notice, write_notice
from govkit.documents.notice import TEMPLATE, facts
from govkit.sheets import OutputError
from govkit.sheets.template import TEMPLATES
from govkit.workdays import UnknownYearError
from tests.documents.test_engine import drawn
from tests.documents.words import marked, paragraphs, pictures, tables
from tests.rectifying.cases import ISSUE

OTHER = replace(
    ISSUE, source="2019年第四季度 fengdu-2019", item="FD01", what="", url="", screenshots=(), severity="严重"
)
TOLD = Notice("县教委", (ISSUE, OTHER), "县政府办公室", date(2020, 1, 3), 15, "张三，电话 1")


def test_what_a_unit_is_told() -> None:
    """Who tells whom of how many problems from where, the deadline in working days, and how to object."""
    lines = paragraphs(notice(TOLD))
    assert lines[0] == "县政府办公室"
    assert "县教委：" in lines
    text = "\n".join(lines)
    assert "在第四季度抽查、2019年第四季度 fengdu-2019中" in text
    assert "2个问题" in text
    assert "15个工作日内（截至2020年1月23日）" in text  # Sunday 19 January was worked
    for word in ("误报", "核减", "申诉理由", "张三，电话 1"):
        assert word in text
    assert lines[lines.index("附件") - 1] == "2020年1月3日"


def test_problems_stand_in_a_table() -> None:
    """Each problem with its number, object, indicator, words, page, pictures and clause."""
    ((head, one, other),) = tables(notice(TOLD))
    assert head == ["序号", "问题编号", "检查对象", "指标/规则", "问题及证据", "依据"]
    what = "发现1处。\n邮编有误\n网址：http://a.example/1\n截图：图.png"
    assert one == ["1", ISSUE.id, "县门户", "内容准确（D1.2，扣分）", what, "存在错误（D1.2）"]
    assert other == ["2", OTHER.id, "县门户", "内容准确（FD01，严重）", "【待填：问题】", "存在错误（D1.2）"]


def test_what_nobody_knows_is_marked() -> None:
    """Nothing is made up: each unknown fact is a gap; the number of the document always is one."""
    assert marked(notice(TOLD)) == ["【待填：文号】", "【待填：问题】"]
    bare = set(marked(notice(Notice("", (ISSUE,)))))
    names = ("文号", "组织单位", "整改单位", "整改天数", "整改期限", "印发日期", "联系方式")
    assert bare == {f"【待填：{name}】" for name in names}
    assert "【待填：整改期限】" in marked(notice(replace(TOLD, days=None)))


def test_what_cannot_be_told() -> None:
    """A notice of no problem, or a term in a year of unknown working days, is none."""
    with pytest.raises(ValueError, match="县教委"):
        notice(replace(TOLD, issues=()))
    with pytest.raises(UnknownYearError):
        notice(replace(TOLD, issued=date(2060, 1, 3)))


def test_writing(tmp_path: Path) -> None:
    """The same facts give the same bytes; one that is there is not replaced; what cannot be written is said."""
    write_notice(TOLD, tmp_path / "整改通知书.docx")
    assert (tmp_path / "整改通知书.docx").read_bytes() == notice(TOLD)
    with pytest.raises(OutputError, match="没有替换"):
        write_notice(replace(TOLD, unit="别的"), tmp_path / "整改通知书.docx")
    assert (tmp_path / "整改通知书.docx").read_bytes() == notice(TOLD)
    with pytest.raises(OutputError):
        write_notice(TOLD, tmp_path / "整改通知书.docx" / "整改通知书.docx")


def test_every_name_is_used() -> None:
    """What is known stands somewhere in the document that ships."""
    content = (TEMPLATES / TEMPLATE).read_bytes()
    text = "\n".join(paragraphs(content)) + str(tables(content))
    assert all(name in text for name in facts(TOLD))


def test_screenshots_stand_beside_their_problem() -> None:
    """The first three pictures that are there are shown within the column, the others are named."""
    names = ("一.png", "没有.png", "二.png", "三.png", "四.png")
    told = replace(
        TOLD,
        issues=(OTHER, replace(ISSUE, screenshots=names)),
        pictures={name: drawn(4, number + 1) for number, name in enumerate(names) if name != "没有.png"},
    )
    content = notice(told)
    shown = pictures(content)
    assert [one.content for one in shown] == [told.pictures[name] for name in ("一.png", "二.png", "三.png")]
    assert all(one.width <= 55.1 and one.height <= 70.1 for one in shown)
    assert all(ISSUE.id in one.told for one in shown)
    ((_, other, one),) = tables(content)
    assert one[4].strip() == "发现1处。\n邮编有误\n网址：http://a.example/1\n截图：没有.png、四.png"
    assert "截图" not in other[4]
