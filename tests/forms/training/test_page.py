"""The page of the training: the rubric is looked up, a score is taken apart, and worked cases keep their answers back.

Driven as a browser drives it; a handler that fails makes the test red.
"""

from datetime import date
from pathlib import Path

import pytest

from govkit.findings import Outcome
from govkit.forms.training import card
from govkit.forms.training.cases_pane import CasesPane
from govkit.forms.training.exercises_pane import Chosen, ExercisesPane
from govkit.forms.training.explore_pane import ExplorePane
from govkit.forms.training.page import TrainPage, train
from govkit.forms.training.play_pane import PlayPane
from govkit.organising.practice import Answered, Practice
from govkit.rubric import PartName, load_rubric
from govkit.scoring import Ground, explain
from govkit.store import BatchInfo, Home
from govkit.training import explained_rubric, load_cases, load_exercises
from tests.forms.browser import Clockwork, click_result, html, live, parsed, words

TODAY = date(2019, 12, 20)
STARTS = {case.id for case in load_cases()}
EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def page(empty_home: Home) -> TrainPage:
    """The page of a home in which nothing is."""
    return TrainPage(empty_home, TODAY, Clockwork())


def explore_pane(page: TrainPage) -> ExplorePane:
    """Go to the first pane."""
    page.tabs.value = "explore"
    pane = page.panes["explore"]
    assert isinstance(pane, ExplorePane)
    return pane


def play_pane(page: TrainPage, start: str = "") -> PlayPane:
    """Go to the second pane, and begin with an object."""
    page.tabs.value = "play"
    pane = page.panes["play"]
    assert isinstance(pane, PlayPane)
    if start:
        pane.start.value = start if start in STARTS else f"fengdu-2019 {start}"
    return pane


def cases_pane(page: TrainPage) -> CasesPane:
    """Go to the third pane."""
    page.tabs.value = "cases"
    pane = page.panes["cases"]
    assert isinstance(pane, CasesPane)
    return pane


def exercises_pane(page: TrainPage, who: str = "学员") -> ExercisesPane:
    """Go to the last pane as somebody."""
    page.who.value = who
    page.tabs.value = "exercises"
    pane = page.panes["exercises"]
    assert isinstance(pane, ExercisesPane)
    return pane


def change(pane: PlayPane, code: str, result: str, number: str = "") -> None:
    """Give an item another result."""
    pane.item.value = code
    pane.result.index = pane.result.options.index(result)
    pane.number.value = number
    pane.change.click()


def rows_of(pane: PlayPane) -> list[str]:
    """The steps, a line each: what became of it, before, after."""
    body = html(pane.steps).split("<tr>")[2:]
    return ["|".join(parsed(cell)[1] for cell in row.split("</td><td>")) for row in body]


def test_every_item_has_a_card() -> None:
    """Each item of each rubric is told with its wording, points, explanation and both examples."""
    for rubric in map(load_rubric, ("fengdu-2019", "fengdu-2019-m14")):
        for each in explained_rubric(rubric):
            text = parsed(card.item_card(rubric, each))[1]
            said = each.explanation
            for told in (each.wording, *said.how.splitlines(), *said.right.splitlines(), *said.wrong.splitlines()):
                assert told in text
            assert each.warning in text
            assert ("没有分值" in text) == (each.part == PartName.VETO)
            assert all(f"{level.points} 分：{level.text}" in text for level in each.item.levels)
            assert not each.item.sample or f"抽查数为 {each.item.sample}，" in text
            assert ("只查有对外服务职能的" in text) == each.row.services_only


def test_explore(page: TrainPage) -> None:
    """Part, group and words each narrow the list; what is found last is shown, and nothing found is told."""
    pane = explore_pane(page)
    everything = len(pane.list.options)
    assert f"{everything} 条（共 {everything} 条）" in words(pane.found)
    assert "严重表述错误" in words(pane.card)
    pane.part.value = PartName.DEDUCTION
    assert {code[0] for _, code in pane.list.options} == {"D"}
    pane.group.value = pane.group.options[-1][1]
    in_group = len(pane.list.options)
    assert 0 < in_group < everything
    pane.part.value = PartName.VETO
    assert pane.group.value == ""
    assert {code[0] for _, code in pane.list.options} == {"V", "M"}
    pane.part.value = None
    pane.search.value = "首页 ICP"
    assert [code for _, code in pane.list.options] == ["D21.1"]
    assert "缺一项" in words(pane.card)
    pane.search.value = EVIL
    assert "没有这样的细则" in words(pane.found)
    assert words(pane.card) == ""


def test_explore_another_rubric(page: TrainPage) -> None:
    """A variant shows its own limits, and the chosen item stays chosen."""
    pane = explore_pane(page)
    pane.search.value, pane.list.value = "", "M2.1"
    first = words(pane.card)
    pane.rubric.index = 1
    assert pane.list.value == "M2.1"
    assert words(pane.card) != first


def test_play_by_another_rubric(page: TrainPage) -> None:
    """One can begin by every rubric at hand; its own limit decides."""
    verdicts = {}
    for rubric_id in ("fengdu-2019", "fengdu-2019-m14"):
        pane = play_pane(page)
        pane.start.value = f"{rubric_id} account"
        pane.quantity.value = "最近更新日期"
        pane.value.value = "2019-12-10"
        pane.measure.click()
        verdicts[rubric_id] = pane.now.result().score.ground
    assert verdicts == {"fengdu-2019": Ground.VETO, "fengdu-2019-m14": Ground.CLEAN}


def test_play_a_cap(page: TrainPage) -> None:
    """More than a row can lose is capped: its step is new, the sum changes, and what has not changed says so."""
    pane = play_pane(page, "site")
    assert "100.00" in words(pane.told)
    change(pane, "D21.1", "发现问题", "2")
    assert "99.00" in words(pane.told)
    change(pane, "D22.1", "发现问题", "9")
    steps = rows_of(pane)
    assert "新增||D22 可用性：合计 1.8 分，超过本项分值，按 1 分计" in steps
    assert any(step.startswith("不变|D21.1") for step in steps)
    assert "变了|扣分指标：100 − 1 = 99 分|扣分指标：100 − 2 = 98 分" in steps
    assert "改了 D22.1。" in words(pane.told)
    pane.against.value = "start"
    assert "改了 D21.1、D22.1。" in words(pane.told)
    assert any(step.startswith("新增||D21.1") for step in rows_of(pane))


def test_play_a_veto(page: TrainPage) -> None:
    """A veto ends the score: the steps of points are gone, and come back with one step back."""
    pane = play_pane(page, "site")
    change(pane, "V1.1", "发现问题")
    assert "不合格（单项否决）" in words(pane.told)
    assert any(step.startswith("没有了|扣分指标") for step in rows_of(pane))
    assert all(bytes(image.value).startswith(b"\x89PNG") for image in pane.images)
    assert pane.images[0].value != pane.images[1].value
    pane.back.click()
    assert "最后得分 100.00" in words(pane.told)
    assert pane.back.disabled


@pytest.mark.parametrize(
    ("case_id", "item", "result", "number", "ground"),
    [
        ("20-sixty-exactly", "D22.2", "发现问题", "1", Ground.BELOW),
        ("22-eighty-exactly", "D10.1", "未发现", "", Ground.BONUS),
        ("25-scaled-sixty", "D22.2", "发现问题", "1", Ground.BELOW),
    ],
)
def test_play_the_lines(page: TrainPage, case_id: str, item: str, result: str, number: str, ground: Ground) -> None:
    """One finding more or less crosses the lines of 60 and 80, also after ×4/3; each step is the engine's own."""
    pane = play_pane(page, case_id)
    change(pane, item, result, number)
    score = pane.now.result().score
    assert score.ground == ground
    told = [row.split("|")[2] for row in rows_of(pane) if row.split("|")[2]]
    assert sorted(told) == sorted(explain(step, pane.now.rubric) for step in score.steps)


def test_play_a_measured_quantity(page: TrainPage) -> None:
    """A measured date decides an account; away with it, nothing is measured; what is no date is told."""
    pane = play_pane(page, "account")
    pane.quantity.value = "最近更新日期"
    pane.value.value = "2019-11-01"
    pane.measure.click()
    assert "不合格（单项否决）" in words(pane.told)
    pane.value.value = "昨天"
    pane.measure.click()
    assert "不是日期" in words(page.screen.message)
    assert len(pane.history) == 2
    pane.value.value = ""
    pane.measure.click()
    assert "合格：未发现单项否决情形" in words(pane.told)


def test_play_what_nobody_has_checked(page: TrainPage) -> None:
    """An item that is taken back to 未检查 leaves the result open."""
    pane = play_pane(page, "site")
    change(pane, "D1.2", "未检查")
    assert pane.now.result().score.ground == Ground.OPEN
    assert "未检查" in words(pane.found)
    change(pane, "D1.2", "未发现")
    assert pane.now.result().score.ground == Ground.BONUS


def test_play_what_is_measured_by_day(page: TrainPage) -> None:
    """What is measured by day is typed as the sum of its days, and decides at its limit: 5% of 140 visits are 7."""
    pane = play_pane(page, "site_without")
    for name, number in (("访问次数", "140"), ("超时次数", "7")):
        pane.quantity.value = name
        assert pane.value.description == "7天合计"
        pane.value.value = number
        pane.measure.click()
    assert "不合格（单项否决）" in words(pane.told)
    assert pane.value.value == "7"
    pane.value.value = "6"
    pane.measure.click()
    assert pane.now.result().score.ground == Ground.BONUS
    case = play_pane(page, next(case.id for case in load_cases() if case.id.startswith("15-")))
    assert case.now.result().score.ground == Ground.VETO
    case.quantity.value = "超时次数"
    case.value.value = "6"
    case.measure.click()
    assert case.now.result().score.ground == Ground.BONUS


@pytest.mark.parametrize(("number", "hint"), [("0", "请："), ("99", "请："), ("二", "不是整数"), ("-1", "不是整数")])
def test_play_refuses(page: TrainPage, number: str, hint: str) -> None:
    """A number that the form would refuse is refused with the same sentence, and nothing changes."""
    pane = play_pane(page, "site")
    change(pane, "B2.1", "符合", number)
    assert hint in words(page.screen.message)
    assert len(pane.history) == 1


def test_play_what_contradicts_a_measurement(page: TrainPage) -> None:
    """A finding against what was measured is refused as the form refuses it."""
    pane = play_pane(page, "07-account-seven-days")
    pane.quantity.value = "最近更新日期"
    code = next(item.code for item in pane.now.rubric.quantities["最近更新日期"])
    change(pane, code, "发现问题")
    assert "请：" in words(page.screen.message)
    assert len(pane.history) == 1


def test_not_applicable_and_levels(page: TrainPage) -> None:
    """不适用 has its reason, a level its points, and each result is shown when one comes back to its item."""
    pane = play_pane(page, "site")
    change(pane, "D1.2", "不适用")
    assert "假设不适用" in words(pane.found)
    change(pane, "D12.2", "扣2分")
    pane.item.value = "D1.2"
    assert pane.result.options[pane.result.index] == "不适用"
    pane.item.value = "D12.2"
    assert pane.result.options[pane.result.index] == "扣2分"
    pane.again.click()
    assert len(pane.history) == 1
    assert words(pane.found) == ""


def test_cases_keep_their_answers_back(page: TrainPage) -> None:
    """Of every case the story stands alone until one asks; then there is the answer; another case hides it again."""
    pane = cases_pane(page)
    of = {case.id: case for case in load_cases()}
    assert [of[name].level for _, name in pane.case.options] == sorted(
        (case.level for case in of.values()), key="易中难".index
    )
    for _, name in pane.case.options:
        case = of[name]
        pane.case.value = name
        story = words(pane.box)
        assert all(line in story for line in case.story.splitlines())
        assert case.trap not in story
        assert case.arithmetic not in story
        assert pane.answer not in pane.box.children


def test_case_answered(page: TrainPage) -> None:
    """The answer has the findings, the engine's steps, the arithmetic, the trap, and the wrong way with its result."""
    pane = cases_pane(page)
    case = next(case for case in load_cases() if case.mistake)
    pane.case.value = case.id
    pane.ask.click()
    shown = words(pane.box)
    result = case.situation().result()
    for told in (case.trap, *(explain(step, case.rubric) for step in result.score.steps)):
        assert told in shown
    assert case.mistake
    assert case.mistake.what in shown
    assert all(answer.item in shown for answer in case.findings)
    assert bytes(pane.image.value).startswith(b"\x89PNG")
    pane.level.value = "难"
    assert {label[0] for label, _ in pane.case.options} == {"难"}
    pane.level.value = ""
    pane.case.value = load_cases()[-1].id
    assert pane.answer not in pane.box.children


def test_case_in_play(page: TrainPage) -> None:
    """A case opens where one changes findings, as its answer stands, whatever was played before."""
    play = play_pane(page, "20-sixty-exactly")
    change(play, "V1.1", "发现问题")
    pane = cases_pane(page)
    pane.case.value = "20-sixty-exactly"
    pane.open.click()
    assert page.tabs.value == "play"
    assert len(play.history) == 1
    assert "最后得分 60.00" in words(page.box)


def test_exercise_is_described(page: TrainPage) -> None:
    """Every page of every exercise is shown as a picture and as text; no answer is among it."""
    pane = exercises_pane(page)
    for exercise in load_exercises():
        pane.exercise.value = Chosen.of(exercise)
        assert exercise.statement in words(pane.story)
        for index, described in enumerate(exercise.pages):
            pane.page.index = index
            assert all(line in parsed(html(pane.text))[1] for line in described.lines())
            assert bytes(pane.image.value).startswith(b"\x89PNG")
        assert words(pane.told) == ""


def test_exercise_in_the_real_form(page: TrainPage, empty_home: Home) -> None:
    """What is judged in the form is kept apart from inspections, compared item by item, and there for the next visit."""
    pane = exercises_pane(page)
    exercise = load_exercises()[0]
    assert pane.check.disabled
    pane.begin.click()
    assert pane.bench
    form, subject = pane.bench.object_form, exercise.object.id
    form.go_to("D22.1")
    click_result(form, subject, "D22.1", "未发现")
    pane.check.click()
    table = words(pane.told)
    assert "漏判" in table
    assert "没有判定" in table
    assert any(passage in table for passage in exercise.passages["D22.1"])
    assert "附件 二、扣分指标" in table
    # Of what nobody has judged yet, neither the right answers nor the right result are given away.
    others = [passage for code, told in exercise.passages.items() if code != "D22.1" for passage in told]
    assert others
    assert not any(passage in table for passage in others)
    assert "正确的结果" not in table
    assert "合格" not in table
    assert empty_home.batches() == ()
    before = words(pane.progress)
    again = exercises_pane(TrainPage(empty_home, TODAY, Clockwork()))
    assert words(again.progress) == before
    again.begin.click()
    assert again.bench
    assert again.bench.desk.reload(subject).finding("D22.1").outcome == Outcome.CLEAR
    for each in (pane, again):
        assert each.bench
        each.bench.desk.store.close()


def test_turning_pages(page: TrainPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Turning the pages reads nothing of what is kept; the next click does again."""
    pane = exercises_pane(page, "甲")
    pane.begin.click()
    read, answered = list[BatchInfo](), Practice.answered

    def noted(practice: Practice, info: BatchInfo) -> Answered:
        read.append(info)
        return answered(practice, info)

    monkeypatch.setattr(Practice, "answered", noted)
    pane.page.index = 1
    assert not read
    assert pane.chosen.pages[1].lines()[0] in parsed(html(pane.text))[1]
    pane.check.click()
    assert read
    assert pane.bench
    pane.bench.desk.store.close()


def test_feedback_is_for_whom_it_was_made(page: TrainPage) -> None:
    """What was told of one trainee's answers is not shown to the next one, and is there again for the first."""
    pane = exercises_pane(page, "甲")
    pane.begin.click()
    assert pane.bench
    pane.bench.object_form.go_to("D22.1")
    click_result(pane.bench.object_form, pane.chosen.task.object.id, "D22.1", "未发现")
    pane.check.click()
    assert "漏判" in words(pane.told)
    page.who.value = "乙"
    assert words(pane.told) == ""
    pane.begin.click()
    assert words(pane.told) == ""
    page.who.value = "甲"
    assert "漏判" in words(pane.told)
    pane.bench.desk.store.close()


def test_two_trainees(page: TrainPage, empty_home: Home) -> None:
    """Each has answers of their own; without a name nothing begins."""
    pane = exercises_pane(page, "")
    pane.begin.click()
    assert "姓名" in words(page.screen.message)
    for who in ("甲", "乙"):
        page.who.value = who
        assert "写上姓名" in words(pane.progress)
        pane.begin.click()
        assert pane.bench
        assert pane.bench.who.value == who
        assert pane.begin.disabled
    pane.exercise.value = Chosen.of(load_exercises()[3])
    pane.begin.click()
    assert pane.bench
    assert pane.bench.object_form.subject_id == load_exercises()[3].object.id
    assert len(Practice(empty_home).home.batches()) == 3
    pane.bench.desk.store.close()


def test_widgets_are_not_made_anew(page: TrainPage) -> None:
    """Going through panes, items and cases makes no more widgets than there were."""
    before = live()
    explore_pane(page).search.value = "附件"
    change(play_pane(page, "site"), "D1.2", "发现问题", "1")
    cases_pane(page).ask.click()
    assert live() == before


def test_train(tmp_path: Path, empty_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """`train` shows the page of the home that the environment names, or says what to do."""
    monkeypatch.delenv("GOVKIT_STORE", raising=False)
    monkeypatch.setenv("GOVKIT_HOME", str(empty_home.folder))
    assert "严重表述错误" in words(train())
    (tmp_path / "文件").write_text("", encoding="utf-8")
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "文件"))
    assert "请：" in words(train())
