"""A class on the page of the training: handed out on sheets and as forms, collected, compared, gone through.

Driven as a browser drives it; a handler that fails makes the test red.
"""

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from govkit.findings import Finding, Outcome
from govkit.forms.training.class_pane import ClassPane
from govkit.forms.training.exercises_pane import Chosen, ExercisesPane
from govkit.forms.training.page import TrainPage
from govkit.organising.lesson import hand_out
from govkit.organising.practice import Practice
from govkit.store import Change, Home
from govkit.training import explained_rubric, load_cases, load_exercises, load_tasks
from tests.filling import Typed, filled
from tests.forms.browser import Clockwork, click_result, html, live, sent_files, words
from tests.forms.test_exporting import files
from tests.organising.test_lesson import right

TODAY = date(2019, 12, 20)
CASE = next(case for case in load_cases() if case.id == "20-sixty-exactly")
EXERCISE = load_exercises()[0]
EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def page(empty_home: Home) -> TrainPage:
    """The page of a home in which nothing is, with a trainer at it."""
    found = TrainPage(empty_home, TODAY, Clockwork())
    found.who.value = "老师"
    return found


def class_pane(page: TrainPage, task_id: str = CASE.id) -> ClassPane:
    """Go to the class, and choose a task."""
    page.tabs.value = "class"
    pane = page.panes["class"]
    assert isinstance(pane, ClassPane)
    pane.task.value = task_id
    return pane


def exercises_pane(page: TrainPage, who: str) -> ExercisesPane:
    """Go to the exercises as somebody."""
    page.who.value = who
    page.tabs.value = "exercises"
    pane = page.panes["exercises"]
    assert isinstance(pane, ExercisesPane)
    return pane


def upload(pane: ClassPane, *files: tuple[str, bytes]) -> None:
    """Choose files in the browser's dialogue."""
    pane.files.upload.value = sent_files(*files)


def packed(pane: ClassPane) -> set[str]:
    """The sheets in the file for the class."""
    (content,) = (content for name, content in files(html(pane.links)).items() if name.endswith(".zip"))
    return set(zipfile.ZipFile(BytesIO(content)).namelist())


def judge(home: Home, who: str, *values: Finding) -> None:
    """Judge what was handed out, in a form."""
    practice = Practice(home)
    with practice.home.open(practice.assigned(who)[CASE.id].key) as store:
        store.write(who, CASE.object.id, [Change(value.item, value, 0) for value in values])


def found_right() -> list[Finding]:
    """The problems that are to be found."""
    return list(CASE.situation().findings.values())


def test_sheets(page: TrainPage) -> None:
    """Sheets go out for every name, as one file to be sent; they come back, and are compared with what is right."""
    pane = class_pane(page)
    pane.people.value = "张三、李四\n\n 王五 \n张三"
    pane.sheets.click()
    assert "写出了 3 份填报表；已有的 0 份没有替换" in words(page.screen.message)
    assert html(pane.links).count("<a ") == 2
    sheets = sorted(pane.desktop.home.rglob("填报表_*.xlsx"))
    assert len(sheets) == 3
    assert packed(pane) == {path.name for path in sheets}
    pane.people.value += "\n赵六"
    pane.sheets.click()
    assert packed(pane) == {"填报表_恰好60.00分_赵六.xlsx"}
    assert "写出了 1 份填报表；已有的 3 份没有替换" in words(page.screen.message)
    lines = {"张三": right(CASE), "李四": {**right(CASE), "D13.1": Typed("发现问题", 1)}}
    for who, own in lines.items():
        path = next(path for path in sheets if who in path.name)
        upload(pane, (path.name, filled(path, {CASE.object.id: own}, who=who).read_bytes()))
    assert "张三" in words(pane.state)
    pane.compare.click()
    assert "2 人，全部答案两两一致：98.88%（88/89）" in words(pane.summary)
    assert "标准答案的结果" in words(pane.summary)
    assert "100.00%（89/89）" in words(pane.list)
    assert "60.00" in words(pane.list)
    written = {path.name for path in pane.desktop.home.rglob("培训结果.xlsx")}
    assert written == {"培训结果.xlsx"}
    pane.view.value = "split"
    assert "发现问题 1 个：李四" in words(pane.list)
    assert "发现问题 1 个：合格" in words(pane.list)
    assert "64.00" in words(pane.list)
    assert "发现问题 2 个：张三" in words(pane.list)
    pane.view.value = "rows"
    assert "Cohen" in words(pane.list)
    pane.view.value = "charts"
    assert all(bytes(image.value).startswith(b"\x89PNG") for image in pane.images)
    pane.view.value = "people"
    pane.person.value = "李四"
    assert "数量不对" in words(pane.told)
    assert "D13.1" in words(pane.told)
    assert "附件" in words(pane.told)
    how = next(each.explanation.how for each in explained_rubric(CASE.rubric) if each.item.code == "D13.1")
    assert how.splitlines()[0] in words(pane.told)


def test_forms(page: TrainPage, empty_home: Home) -> None:
    """Forms go out once to each; who has not begun is told and left out; a late one is taken in when one looks again."""
    pane = class_pane(page)
    pane.forms.click()
    assert "没有写学员姓名" in words(page.screen.message)
    pane.people.value = "甲\n乙\n丙"
    pane.forms.click()
    assert "建了 3 份表单；已有的 0 份没有动" in words(page.screen.message)
    assert "已判 0/89" in words(pane.state)
    pane.compare.click()
    assert "不到两个人的答案" in words(page.screen.message)
    assert "T04" not in words(page.screen.message)
    judge(empty_home, "甲", *found_right())
    judge(empty_home, "乙", Finding(CASE.object.id, "D1.1", Outcome.CLEAR))
    pane.look_again.click()
    assert f"已判 {len(found_right())}/89" in words(pane.state)
    pane.compare.click()
    assert "还没有交：丙。" in words(pane.state)
    assert list(pane.person.options) == ["甲", "乙"]
    pane.forms.click()
    assert "建了 0 份表单；已有的 3 份没有动" in words(page.screen.message)
    assert pane.lesson is None
    assert empty_home.batches() == ()


def test_what_is_handed_out(page: TrainPage, empty_home: Home) -> None:
    """A trainee finds what was handed out first, judges it, and is told nothing of what is right."""
    pane = class_pane(page, EXERCISE.id)
    pane.people.value = "甲"
    pane.forms.click()
    own = exercises_pane(TrainPage(empty_home, TODAY, Clockwork()), "甲")
    assert own.exercise.options[0][0] == f"老师发的题：{EXERCISE.title}"
    assert own.chosen.handed_out
    own.begin.click()
    assert own.bench
    form = own.bench.object_form
    form.go_to("D22.1")
    click_result(form, EXERCISE.object.id, "D22.1", "未发现")
    assert own._below not in own.box.children
    assert "由老师收齐以后讲评" in words(own.box)
    assert "漏判" not in words(own.box)
    own.put_away()
    own.desktop.screen.after()
    assert "1/89" in words(own.progress)
    assert "由老师讲评" in words(own.progress)
    own.exercise.value = Chosen.of(EXERCISE)
    own.begin.click()
    own.bench.object_form.go_to("D22.1")
    click_result(own.bench.object_form, EXERCISE.object.id, "D22.1", "未发现")
    own.desktop.screen.after()
    assert Chosen.of(EXERCISE) in own._there
    assert own.check.disabled
    assert "由老师收齐以后讲评" in words(own.told)
    pane.look_again.click()
    assert "已判 1/89" in words(pane.state)
    other = exercises_pane(TrainPage(empty_home, TODAY, Clockwork()), "乙")
    assert not other.chosen.handed_out
    own.bench.desk.store.close()


def test_case_handed_out_as_a_form(page: TrainPage, empty_home: Home) -> None:
    """A worked case has no pages: its story stands above the form, and its answer nowhere."""
    pane = class_pane(page)
    pane.people.value = "甲"
    pane.forms.click()
    own = exercises_pane(TrainPage(empty_home, TODAY, Clockwork()), "甲")
    assert own.image not in own.box.children
    shown = words(own.box)
    assert all(line in shown for line in CASE.story.splitlines())
    assert CASE.statement in shown
    own.begin.click()
    assert own.bench
    assert own.bench.object_form.subject_id == CASE.object.id
    own.bench.desk.store.close()


def test_name_of_another(page: TrainPage, empty_home: Home) -> None:
    """Where several people have worked lately, the form still goes by the name on the page."""
    for who in ("甲", "乙"):
        pane = exercises_pane(TrainPage(empty_home, TODAY, Clockwork()), who)
        pane.begin.click()
        assert pane.bench
        assert pane.bench.who.value == who
        pane.bench.desk.store.close()
    assert page.who.value == "老师"


def test_files_that_do_not_belong(page: TrainPage, tmp_path: Path) -> None:
    """A sheet of another task is refused, and nothing is kept; put away, a sheet counts no longer."""
    pane = class_pane(page)
    other = next(task for task in load_tasks() if task.id == "07-account-seven-days")
    (_, path) = hand_out(other, ["张三"], tmp_path).files
    upload(pane, (path.name, path.read_bytes()))
    assert "不是题目" in words(page.screen.message)
    assert pane.files.names == []
    (_, path) = hand_out(CASE, ["张三"], tmp_path).files
    upload(pane, (path.name, path.read_bytes()))
    assert pane.files.names == [path.name]
    pane.files.put_away.click()
    assert "还没有收到答案" in words(pane.state)


def test_who_is_in_the_class(page: TrainPage, empty_home: Home) -> None:
    """Only those on the list are compared, so that a second class may judge the task; others are named, and who is missing.

    A trainee does not compare.
    """
    pane = class_pane(page)
    pane.people.value = "甲\n乙"
    pane.forms.click()
    for who in ("甲", "乙"):
        judge(empty_home, who, *found_right())
    pane.people.value = "丙\n丁 一\n丁一"
    pane.forms.click()
    assert "建了 2 份表单" in words(page.screen.message)
    judge(empty_home, "丙", *found_right())
    judge(empty_home, "丁一", *found_right())
    pane.people.value += "\n戊"
    state = words(pane.state)
    assert "不在学员名单里，没有算进去：甲、乙。" in state
    assert "还没有交：戊。" in state
    pane.compare.click()
    assert list(pane.person.options) == ["丙", "丁一"]
    page.who.value = "丙"
    pane.compare.click()
    assert "写的是学员的" in words(page.screen.message)
    assert pane.lesson is None


def test_some_files_cannot_be_used(page: TrainPage, tmp_path: Path) -> None:
    """Of several files those that can be used are kept; what is wrong with another is told, with its name."""
    pane = class_pane(page)
    (_, one, other) = hand_out(CASE, ["张三", "李四"], tmp_path).files
    wrong = filled(other, {CASE.object.id: {"D1.1": Typed("不适用")}}, who="李四")
    upload(pane, (one.name, one.read_bytes()), (wrong.name, wrong.read_bytes()))
    assert pane.files.names == [one.name]
    told = words(page.screen.message)
    assert f"读取 {one.name}" in told
    assert wrong.name in told
    assert "理由" in told


def test_damaged_file(page: TrainPage, empty_home: Home) -> None:
    """A file that somebody has put into the folder, and nobody can read, is told, and can be put away on the page."""
    folder = empty_home.folder / "培训" / CASE.title
    folder.mkdir(parents=True)
    (folder / "坏.xlsx").write_bytes(b"junk")
    pane = class_pane(page)
    assert CASE.story.splitlines()[0] in words(pane.story)
    assert "坏.xlsx" in words(pane.state)
    assert pane.files.put_away in pane._back.children
    pane.compare.click()
    assert "坏.xlsx" in words(page.screen.message)
    pane.files.put_away.click()
    assert "还没有收到答案" in words(pane.state)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk"])
def test_names_saved_by_another_program(empty_home: Home, encoding: str) -> None:
    """The names are read as Notepad saves them, too."""
    folder = empty_home.folder / "培训"
    folder.mkdir()
    (folder / "学员.txt").write_bytes("张三\r\n李四\r\n".encode(encoding))
    assert class_pane(TrainPage(empty_home, TODAY, Clockwork())).people.value == "张三\n李四"


def test_two_inspectors(page: TrainPage, tmp_path: Path) -> None:
    """Without a task nothing is handed out, and sheets are only held against each other."""
    pane = class_pane(page, "")
    assert pane.people not in pane.box.children
    for who, number in (("甲", 1), ("乙", 2)):
        (_, path) = hand_out(CASE, [who], tmp_path / who).files
        answered = filled(path, {CASE.object.id: {"D1.2": Typed("发现问题", number)}}, who="")
        upload(pane, (f"{who}.xlsx", answered.read_bytes()))
    pane.compare.click()
    assert {row for row in ("甲", "乙") if row in words(pane.list)} == {"甲", "乙"}
    pane.view.value = "split"
    assert "发现问题 2 处：乙" in words(pane.list)


def test_names_are_kept_and_harmless(page: TrainPage, empty_home: Home) -> None:
    """The names are there on the next visit; markup in one is text, and the widgets are not made anew."""
    pane = class_pane(page)
    pane.people.value = f"甲\n{EVIL}"
    pane.forms.click()
    before = live()
    judge(empty_home, "甲", *found_right())
    judge(empty_home, EVIL, *found_right())
    pane.compare.click()
    for view in ("people", "split", "rows", "charts"):
        pane.view.value = view
    pane.view.value = "people"
    pane.person.value = EVIL
    assert EVIL not in html(pane.list) + html(pane.told) + html(pane.state)
    assert live() == before
    again = class_pane(TrainPage(empty_home, TODAY, Clockwork()))
    assert again.people.value == pane.people.value
