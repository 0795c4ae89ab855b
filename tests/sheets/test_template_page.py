"""The manual's page on templates: it names what the code asks for, and nothing else."""

import re
from pathlib import Path

import pytest

from govkit.sheets.kindred import DRAFT, TEMPLATE_OF, footer_words
from govkit.sheets.own.names import templates
from govkit.sheets.own.sample import sample_inspection

PAGE = Path(__file__).parents[2] / "docs" / "templates.zh-CN.md"
TEXT = PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("template", templates())
def test_all_names_stand_there_once(template: str) -> None:
    """Each name of a template stands in its table once, with its meaning; those of a row are said to be in it."""
    section = TEXT.split(f"### {template}\n")[1].split("\n#")[0]
    lines = re.findall(r"^\| (`.*`) \| (.+) \|$", section, re.MULTILINE)
    listed = [name for names, _ in lines for name in re.findall(r"`([^`]+)`", names)]
    assert sorted(listed) == sorted(name for form in templates()[template] for name in form.all)
    assert all(meaning.strip() for _, meaning in lines)


def test_what_else_the_code_knows_stands_there() -> None:
    """The templates, the words of footers, and the picture for drafts."""
    season = sample_inspection()
    words = [f"【{word}】" for word in footer_words(season.batch, season.rubric)]
    for word in (*TEMPLATE_OF.values(), *templates(), DRAFT, *words):
        assert f"`{word}`" in TEXT, word


def test_its_picture_exists_and_the_manual_leads_there() -> None:
    """Nobody finds a page that no other names."""
    for target in re.findall(r"\]\(([^)]+)\)", TEXT):
        assert (PAGE.parent / target).exists(), target
    assert "docs/templates.zh-CN.md" in (PAGE.parents[1] / "README.zh-CN.md").read_text(encoding="utf-8")
