"""Pictures of pages: all that the data says can be read in them, and nothing leaves its cell."""

import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from govkit.charts import page_picture
from govkit.training import Exercise, load_exercises
from govkit.training.pages import Page, Table
from tests.charts.pictures import WILD

EXERCISES = load_exercises()


def written(figure: Figure) -> list[str]:
    """Everything written in a picture, line by line."""
    return [text.get_text() for text in figure.findobj(Text) if isinstance(text, Text) and text.get_text()]


@pytest.mark.parametrize("exercise", EXERCISES, ids=[exercise.id for exercise in EXERCISES])
def test_everything_can_be_read(exercise: Exercise) -> None:
    """The name, and every word of every page, stand in its picture."""
    for page in exercise.pages:
        text = "".join(written(page_picture(exercise.object.name, page))).replace(" ", "")
        assert exercise.object.name in text
        for line in page.lines():
            for piece in line.split(" | "):
                for half in piece.split("：", 1) if piece not in text else [piece]:
                    assert half.replace(" ", "") in text, (page.id, piece)


def test_missing_stays_missing() -> None:
    """What the site lacks does not appear: the footer has no 公安机关备案标识."""
    exercise = next(each for each in EXERCISES if each.id == "e1-with-services")
    home = written(page_picture(exercise.object.name, exercise.pages[0]))
    assert "ICP备案编号" in home
    assert "公安机关备案标识" not in home


def test_long_cells_stay_in_their_columns() -> None:
    """A cell with much in it is wrapped: no line reaches into the next column, or below its row."""
    rows = ((WILD * 4, "一", "很长的内容" * 20), ("x", "", "y"))
    page = Page(id="p", title="页", blocks=(Table(kind="table", columns=("甲", "乙", "丙"), rows=rows),))
    figure = page_picture("站", page)
    figure.draw_without_rendering()
    boxes = [patch.get_window_extent() for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]
    for text in figure.findobj(Text):
        if isinstance(text, Text) and text.get_text() and text.get_text() != "页":
            own = text.get_window_extent()
            around = [box for box in boxes if box.x0 - 1 <= own.x0 and box.y0 - 1 <= own.y0]
            assert any(own.x1 <= box.x1 + 1 and own.y1 <= box.y1 + 1 for box in around), text.get_text()
