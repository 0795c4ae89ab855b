"""The forms on PostgreSQL: the same as on a file, for people at several machines."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from govkit.findings import Outcome, Stage
from govkit.forms import filing
from govkit.forms.workbench import Workbench
from govkit.reading import read_spot_check
from govkit.rubric import load_rubric
from govkit.store import Home, open_home
from tests.forms.browser import Clockwork, click_result, look_at
from tests.forms.conftest import QUARTERS, SAMPLES

SITE, ACCOUNT = "9901230001", "9901230001001001"


@pytest.fixture
def home(tmp_path: Path, new_database: Callable[[], str]) -> Home:
    """A home on a server, with both quarters."""
    made = open_home({"GOVKIT_HOME": str(tmp_path), "GOVKIT_STORE": new_database()})
    for name in QUARTERS:
        check = read_spot_check(SAMPLES / name)
        made.create(check, load_rubric(check.batch.rubric_id), "组织者").close()
    return made


@pytest.fixture
def benches(home: Home) -> Iterator[tuple[Workbench, Workbench]]:
    """Two people at the same object."""
    first, second = (Workbench(home, home.batches(), Clockwork()) for _ in range(2))
    for bench, name in ((first, "王敏"), (second, "李强")):
        bench.box._view_count = 1  # a browser shows it
        bench.who.value = name
    yield first, second
    for bench in (first, second):
        bench.earlier.close()
        bench.desk.store.close()


def test_two_people(benches: tuple[Workbench, Workbench]) -> None:
    """Each sees the other and what the other did; typing, undo and an answer of both go as on a file."""
    first, second = benches
    click_result(first.object_form, SITE, "V1.1", "无法判断")
    first.object_form.details.note.value = "打不开"
    first.object_form.details.note.value = "打不开，稍后再看"
    first.desk.settle()
    click_result(second.object_form, SITE, "V1.2", "未发现")
    click_result(second.object_form, SITE, "V1.1", "发现问题")
    look_at(second.object_form)
    assert second.object_form.clash.box.children, "both answers are shown"
    second.object_form.clash.yes.click()
    assert second.desk.case(SITE).finding("V1.1").outcome == Outcome.FOUND
    first.look_around()
    first.refresh()
    assert "李强" in first.others(SITE)
    assert first.desk.case(SITE).finding("V1.1").outcome == Outcome.FOUND
    second.object_form.undo.click()
    assert second.desk.reload(SITE).finding("V1.1").note == "打不开，稍后再看"
    notes = [entry.value.note for entry in second.desk.store.history(SITE, "V1.1")]  # type: ignore[union-attr]
    assert notes.count("打不开") == 0, "a step of the log is what was typed in the end"


def test_to_filed(benches: tuple[Workbench, Workbench]) -> None:
    """One submits, the other reviews; the version stays readable after a correction."""
    first, second = benches
    first.desk.clear_rest(ACCOUNT, list(first.desk.case(ACCOUNT).judgements))
    filing.submit(first.desk, ACCOUNT)
    assert filing.review(second.desk, ACCOUNT).filing.stage == Stage.REVIEWED
    filing.correct(first.desk, ACCOUNT, "漏看一条")
    first.desk.judge(ACCOUNT, "M1.1", Outcome.FOUND)
    assert second.desk.version(ACCOUNT, 1).finding("M1.1").outcome == Outcome.CLEAR
    assert second.desk.reload(ACCOUNT).filing.version == 2
