"""A home with two quarters, desks at one of them, and forms driven as a browser drives them."""

import logging
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import ipywidgets as widgets
import pytest

from govkit.forms.desk import Desk
from govkit.forms.screen import LOG
from govkit.forms.start import Start
from govkit.forms.workbench import Workbench
from govkit.reading import read_spot_check
from govkit.rubric import load_rubric
from govkit.store import Home, Store, open_home
from tests.forms.browser import Clockwork

NOW = datetime(2020, 3, 21, 14, 3, 22)  # noqa: DTZ001 - what is written beside a finding is the clock on the wall
SAMPLES = Path(__file__).parents[2] / "sample_data"
QUARTERS = ("青禾县2019年第四季度.xlsx", "青禾县2020年第一季度.xlsx")

NewDesk = Callable[[str], Desk]


@pytest.fixture(autouse=True)
def failures() -> Iterator[list[str]]:
    """What handlers have failed with. A test in which one fails is red, unless it looks at this list and clears it."""
    found: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(str(record.exc_info[1]) if record.exc_info else record.getMessage())

    keep = Keep(logging.ERROR)
    LOG.addHandler(keep)
    yield found
    for handler in list(LOG.handlers):  # those that forms of this test have added, too
        LOG.removeHandler(handler)
        handler.close()
    widgets.Widget.close_all()
    assert not found


@pytest.fixture(scope="session")
def quarters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with last quarter, inspected, and this quarter, in which nothing is recorded."""
    folder = tmp_path_factory.mktemp("home")
    home = open_home({"GOVKIT_HOME": str(folder)})
    for name in QUARTERS:
        check = read_spot_check(SAMPLES / name)
        home.create(check, load_rubric(check.batch.rubric_id), "组织者").close()
    return folder


@pytest.fixture
def home(quarters: Path, tmp_path: Path) -> Home:
    """A copy of the home for one test; this quarter stands first."""
    return open_home({"GOVKIT_HOME": str(shutil.copytree(quarters, tmp_path / "家"))})


@pytest.fixture
def new_store(home: Home) -> Iterator[Callable[[], Store]]:
    """A function that opens this quarter once more, as another kernel does."""
    stores: list[Store] = []

    def opened() -> Store:
        stores.append(home.open(home.batches()[0].key))
        return stores[-1]

    yield opened
    for store in stores:
        store.close()


@pytest.fixture
def store(new_store: Callable[[], Store]) -> Store:
    """This quarter as it is on the disk, seen from outside of every form."""
    return new_store()


@pytest.fixture
def new_desk(new_store: Callable[[], Store]) -> NewDesk:
    """A function that gives a person a desk, in a kernel of its own."""
    return lambda who: Desk(new_store(), lambda: who, f"{who}的窗口", lambda: NOW)


@pytest.fixture
def desk(new_desk: NewDesk) -> Desk:
    """The desk of 张三."""
    return new_desk("张三")


@pytest.fixture
def clockwork() -> Clockwork:
    """What is to be done later; a test says when."""
    return Clockwork()


@pytest.fixture
def new_bench(home: Home) -> Iterator[Callable[..., Workbench]]:
    """A function that opens the workbench for a person, in a kernel of its own."""
    made: list[Workbench] = []

    def opened(who: str = "张三", clockwork: Clockwork | None = None) -> Workbench:
        (home.folder / "检查人.txt").unlink(missing_ok=True)  # nobody has to say who they are first
        home.set_inspector(who)
        made.append(Workbench(home, home.batches(), clockwork or Clockwork()))
        return made[-1]

    yield opened
    for bench in made:
        bench.earlier.close()
        bench.desk.store.close()


@pytest.fixture
def bench(new_bench: Callable[..., Workbench], clockwork: Clockwork) -> Workbench:
    """The workbench of 张三."""
    return new_bench("张三", clockwork)


@pytest.fixture
def empty_home(tmp_path: Path) -> Home:
    """A home in which nothing is."""
    return open_home({"GOVKIT_HOME": str(tmp_path / "空")})


@pytest.fixture
def start_page(empty_home: Home) -> Start:
    """The start page of an empty home."""
    return Start(empty_home)
