"""Every chart becomes a picture: complete, readable, always the same, and without a trace in matplotlib's settings."""

from io import BytesIO
from itertools import pairwise

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from govkit.charts import png
from tests.charts.pictures import CHARTS, WILD, rows_of, texts


@pytest.fixture(params=CHARTS)
def figure(request: pytest.FixtureRequest) -> Figure:
    """Every chart, with much and with little in it."""
    return CHARTS[request.param]()


def test_picture(figure: Figure) -> None:
    """It is a PNG of the size of the figure; a missing glyph is a warning, and fails."""
    picture = Image.open(BytesIO(png(figure)))
    assert picture.format == "PNG"
    assert picture.size == pytest.approx(tuple(150 * figure.get_size_inches()), abs=1)


def test_nothing_is_cut_off(figure: Figure) -> None:
    """Whatever is written stands within the picture."""
    figure.draw_without_rendering()
    width, height = figure.bbox.size
    for text in figure.findobj(Text):
        if isinstance(text, Text) and text.get_text() and text.get_visible():
            box = text.get_window_extent()
            assert box.x0 >= -1, text
            assert box.y0 >= -1, text
            assert box.x1 <= width + 1, text
            assert box.y1 <= height + 1, text


def test_title_and_legend_do_not_overlap(figure: Figure) -> None:
    """They share a line, and each has its part of it."""
    figure.draw_without_rendering()
    title = figure.findobj(lambda artist: isinstance(artist, Text) and artist.get_text() == figure.get_suptitle())[0]
    for legend in figure.legends:
        assert not legend.get_window_extent().overlaps(title.get_window_extent())


def test_texts_of_columns_do_not_overlap(figure: Figure) -> None:
    """What stands under one mark does not run into the next."""
    figure.draw_without_rendering()
    for axes in figure.axes:
        if axes.axison:
            boxes = sorted((text.get_window_extent() for text in axes.get_xticklabels()), key=lambda box: box.x0)
            for left, right in pairwise(boxes):
                assert left.x1 <= right.x0 + 1


def test_texts_of_rows_do_not_overlap(figure: Figure) -> None:
    """Names of two lines have room beside each other."""
    figure.draw_without_rendering()
    for axes in figure.axes:
        if axes.axison:
            boxes = sorted((text.get_window_extent() for text in axes.get_yticklabels()), key=lambda box: box.y0)
            for lower, upper in pairwise(boxes):
                assert lower.y1 <= upper.y0 + 1


@pytest.mark.parametrize("name", CHARTS)
def test_same_bytes(name: str) -> None:
    """The same figures make the same file."""
    assert png(CHARTS[name]()) == png(CHARTS[name]())


@pytest.mark.parametrize("name", CHARTS)
def test_settings_stay(name: str) -> None:
    """Whoever draws something of their own beside it finds matplotlib as they left it."""
    before = dict(mpl.rcParams)
    png(CHARTS[name]())
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("name", ["one rule", "one cell", "one loss of a unit"])
def test_names_are_no_formulas(name: str) -> None:
    """A name with dollar signs is written as it is, on one line."""
    figure = CHARTS[name]()
    assert any("$x^{2}$ 与 50% 的 单位_一" in text.replace("\n", "") for text in texts(figure))
    assert WILD not in texts(figure)
    assert rows_of(figure)
    assert not any(text.get_parse_math() for text in figure.findobj(Text) if isinstance(text, Text))
