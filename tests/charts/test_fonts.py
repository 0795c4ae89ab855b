"""Chinese text has its glyphs on any machine."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from matplotlib import font_manager
from noto_cjk_sans_otc import FONT_PATH

from govkit.charts import png
from govkit.charts.fonts import BUNDLED, SYMBOLS, families
from govkit.charts.looks import drawing, nothing
from tests.charts.pictures import CHARTS

PACKAGE = Path(__file__).parents[2] / "govkit"
_OWN = [entry for entry in font_manager.fontManager.ttflist if entry.name == SYMBOLS]
_LINE = 60


def have(monkeypatch: pytest.MonkeyPatch, entries: Iterable[font_manager.FontEntry]) -> None:
    """Let the machine have these fonts, and what comes with matplotlib."""
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [*_OWN, *entries])


def named(*names: str, weight: int = 400) -> Sequence[font_manager.FontEntry]:
    """Return fonts of these names."""
    return [replace(_OWN[0], name=name, weight=weight, style="normal") for name in names]


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without any Chinese font."""
    have(monkeypatch, [])


@pytest.mark.usefixtures("bare")
def test_font_that_comes_along() -> None:
    """Without a font of the system, the one that comes along is used: its face for simplified Chinese."""
    assert families() == (BUNDLED, SYMBOLS)
    found = font_manager.fontManager.findfont(BUNDLED, fallback_to_default=False)
    assert Path(found) == Path(str(FONT_PATH)).resolve()
    assert font_manager.get_font(found).family_name == "Noto Sans CJK SC"


def test_font_of_the_system_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's own font is preferred; what it lacks is taken from the one that comes along."""
    have(monkeypatch, named("SimHei", "Microsoft YaHei"))
    assert families() == ("Microsoft YaHei", BUNDLED, SYMBOLS)


def test_thin_fonts_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """A family without a regular face is passed over."""
    have(monkeypatch, [*named("Microsoft YaHei", weight=100), *named("SimHei")])
    assert families()[0] == "SimHei"


@pytest.mark.usefixtures("bare")
def test_asked_twice() -> None:
    """The font is made known once, however many charts there are."""
    families()
    number = len(font_manager.fontManager.ttflist)
    families()
    assert len(font_manager.fontManager.ttflist) == number


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("name", CHARTS)
def test_charts_on_a_bare_machine(name: str) -> None:
    """No chart lacks a glyph; matplotlib warns of one, and warnings fail."""
    png(CHARTS[name]())


@pytest.mark.usefixtures("bare")
def test_every_character_of_the_data() -> None:
    """Whatever stands in rules, messages and packs can be written."""
    text = "".join(file.read_text(encoding="utf-8") for file in sorted(PACKAGE.rglob("*.toml")))
    characters = "".join(sorted({character for character in text if character.isprintable()}))
    lines = [characters[start : start + _LINE] for start in range(0, len(characters), _LINE)]
    with drawing():
        figure = nothing("字", *lines)
    png(figure)


@pytest.mark.usefixtures("bare")
def test_missing_glyph_is_noticed() -> None:
    """A character that no font has is a warning, so that the tests above can fail."""
    with drawing():
        figure = nothing("\ue123")
    with pytest.warns(UserWarning, match="missing from font"):
        png(figure)
