"""What trainees judge in the form: apart from inspections and from each other, on either database."""

from pathlib import Path

import pytest

from govkit.findings import Finding, Outcome
from govkit.organising.practice import Practice
from govkit.store import Change, Home, open_home
from govkit.training import load_exercises, load_tasks

EXERCISE = load_exercises()[0]
CASE = next(task for task in load_tasks() if task.id == "20-sixty-exactly")


@pytest.fixture(params=["sqlite", "postgresql"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """A home on either database."""
    named = {"GOVKIT_HOME": str(tmp_path / "家")}
    if request.param == "postgresql":
        named["GOVKIT_STORE"] = request.getfixturevalue("new_database")()
    return open_home(named)


def judge(practice: Practice, who: str, key: str, code: str) -> None:
    """Judge one item as somebody."""
    with practice.home.open(key) as store:
        subject_id = store.subjects[0].id
        value = Finding(subject_id, code, Outcome.CLEAR)
        store.write(who, subject_id, [Change(code, value, store.record(subject_id).revision(code))])


def test_exercises_of_ones_own(home: Home) -> None:
    """An exercise is begun once and found again; another person begins anew, and an office sees nothing of it."""
    practice = Practice(home)
    assert practice.begun("张三") == practice.begun("") == {}
    mine = practice.begin(EXERCISE, "张三")
    judge(practice, "张三", mine.key, "D22.1")
    assert practice.begin(EXERCISE, "张三") == mine
    assert practice.begun("张三") == {EXERCISE.id: mine}
    assert practice.begin(EXERCISE, "李四").key != mine.key
    assert practice.answered(mine).judged == 1
    assert practice.answered(practice.begun("李四")[EXERCISE.id]).judged == 0
    assert home.batches() == ()


def test_handed_out(home: Home) -> None:
    """What is handed out is there for each person once, beside what they do by themselves; who came first, first."""
    practice = Practice(home)
    own = practice.begin(EXERCISE, "张三")
    assert practice.assign(EXERCISE, ["张三", "李四", "张三"], "老师") == ("张三", "李四")
    assert practice.assign(EXERCISE, ["王五", "李四"], "老师") == ("王五",)
    practice.assign(CASE, ["张三"], "老师")
    assert set(practice.assigned("张三")) == {EXERCISE.id, CASE.id}
    assert set(practice.assigned("王五")) == {EXERCISE.id}
    assert practice.assigned("") == {}
    given = practice.assigned("张三")[EXERCISE.id]
    assert given.key != own.key
    judge(practice, "张三", given.key, "D22.1")
    practice.assign(EXERCISE, ["张三"], "老师")
    answers = practice.answers(EXERCISE)
    assert list(answers) == ["张三", "李四", "王五"]
    assert [each.judged for each in answers.values()] == [1, 0, 0]
    assert list(practice.answers(CASE)) == ["张三"]
    assert practice.answered(own).judged == 0


def test_another_edition(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was judged by an earlier edition of the rules is none any more: one begins anew, and it is handed out anew."""
    practice = Practice(home)
    before = practice.begin(EXERCISE, "张三")
    practice.assign(EXERCISE, ["张三"], "老师")
    newer = EXERCISE.rubric.model_copy(update={"sha256": "0" * 64})
    monkeypatch.setattr("govkit.training.exercises.rubric_of", lambda _: newer)
    assert practice.begun("张三") == practice.assigned("张三") == practice.people(EXERCISE) == {}
    assert practice.begin(EXERCISE, "张三").key != before.key
    assert practice.assign(EXERCISE, ["张三"], "老师") == ("张三",)
    assert list(practice.people(EXERCISE)) == ["张三"]
    assert len(practice.home.batches()) == 4


def test_names_that_files_take_for_one(tmp_path: Path) -> None:
    """Names that a system cannot tell apart as files still have forms of their own; blanks around a name do not count."""
    practice = Practice(open_home({"GOVKIT_HOME": str(tmp_path)}))
    people = ["张/三", "张:三", "Li", "li", "a" * 200 + "1", "a" * 200 + "2"]
    assert practice.assign(EXERCISE, [*people, " li ", ""], "老师") == tuple(people)
    assert list(practice.people(EXERCISE)) == people
    assert len({practice.assigned(who)[EXERCISE.id].key for who in people}) == len(people)


@pytest.mark.parametrize("who", ["张三（一组）", "../李四", "a" * 200, "（）"])
def test_strange_names(tmp_path: Path, who: str) -> None:
    """Whatever somebody is called, what they were handed out is theirs, and the name comes back as it is."""
    practice = Practice(open_home({"GOVKIT_HOME": str(tmp_path)}))
    practice.assign(EXERCISE, [who, "张三"], "老师")
    assert list(practice.people(EXERCISE)) == [who, "张三"]
    assert set(practice.assigned(who)) == {EXERCISE.id}
