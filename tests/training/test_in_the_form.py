"""An exercise in the real form: its answers are recorded, judged and kept like those of an inspection."""

from datetime import datetime
from pathlib import Path

import pytest

from govkit.findings import Measurement, Outcome
from govkit.forms.desk import Desk
from govkit.forms.quantities import DAILY, fields_of, shown
from govkit.scoring import ObjectResult
from govkit.store import Home, open_home
from govkit.training import Exercise, Remark, load_exercises

NOW = datetime(2020, 3, 21, 14, 3, 22)  # noqa: DTZ001 - the clock on the wall


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home."""
    return open_home({"GOVKIT_HOME": str(tmp_path)})


def begun(home: Home, exercise: Exercise) -> Desk:
    """A trainee's desk at an exercise that was just handed out."""
    return Desk(home.create(exercise.spot_check(), exercise.rubric, "培训"), lambda: "学员", "s", lambda: NOW)


def answered(desk: Desk, exercise: Exercise) -> ObjectResult:
    """What has been answered so far."""
    return desk.reload(exercise.object.id).result()


@pytest.mark.parametrize("exercise", load_exercises(), ids=lambda exercise: exercise.id)
def test_right_answers_can_be_given_in_the_form(home: Home, exercise: Exercise) -> None:
    """Typed and judged item by item, the right answers are all right, also after the batch was opened again."""
    desk, subject_id = begun(home, exercise), exercise.object.id
    readings: dict[str, list[Measurement]] = {}
    for measurement in exercise.situation().measurements:
        readings.setdefault(measurement.quantity, []).append(measurement)
    for code, item in exercise.rubric.items_in_scope(exercise.object.subject()).items():
        for field in fields_of(item):
            names = item.measure.quantities_read if field == DAILY and item.measure else (field,)
            known = [measurement for name in names for measurement in readings.get(name, ())]
            if known:
                desk.measure(subject_id, code, field, shown(item, field, known))
    for answer in exercise.answers:
        if answer.note:
            desk.type_text(subject_id, answer.item, note=answer.note)
        outcome = answer.outcome(exercise.rubric)
        assert outcome is not None
        desk.judge(subject_id, answer.item, outcome, answer.count)
    desk.clear_rest(subject_id, list(exercise.rubric.items))
    assert exercise.feedback(answered(desk, exercise)).differences == ()
    desk.store.close()
    with home.open(home.batches()[0].key) as again:
        kept = answered(Desk(again, lambda: "学员", "t", lambda: NOW), exercise)
    assert exercise.feedback(kept).differences == ()


def test_wrong_answer_in_the_form(home: Home) -> None:
    """A wrong number is told while the rest is not judged yet, and what is judged rightly is right."""
    exercise = load_exercises()[0]
    desk, subject_id = begun(home, exercise), exercise.object.id
    desk.judge(subject_id, "D22.1", Outcome.FOUND, 3)
    desk.judge(subject_id, "D8.1", Outcome.FOUND, 1)
    told = {each.item.code: each.remark for each in exercise.feedback(answered(desk, exercise)).items}
    assert (told["D22.1"], told["D8.1"], told["D8.2"]) == (Remark.WRONG_COUNT, Remark.RIGHT, Remark.LEFT_OPEN)
    desk.store.close()
