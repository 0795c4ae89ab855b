"""The form of one object, driven as a browser drives it; what counts is what is on the disk afterwards."""

from collections.abc import Callable

import pytest

from govkit.findings import Finding, Outcome
from govkit.forms.object_form import ObjectForm
from govkit.forms.panes import Filter
from govkit.forms.workbench import Workbench
from govkit.store import Store
from tests.forms.browser import Clockwork, click_result, live, look_at, open_details, parsed, row_of, words
from tests.forms.conftest import NewDesk

SITE, OTHER, WITHOUT, ACCOUNT = "9901230001", "9901230002", "9901230006", "9901230001001001"


@pytest.fixture
def form(bench: Workbench) -> ObjectForm:
    """The form of the first object, as the workbench shows it."""
    return bench.object_form


def go_to(form: ObjectForm, pane: str) -> None:
    """Click on a tab."""
    form.tabs.index = form.tabs.options.index(pane)


def test_one_click(form: ObjectForm, store: Store) -> None:
    """A click on a result is recorded, the row and the bar say so, and the score moves."""
    go_to(form, "发布解读")
    click_result(form, SITE, "D1.1", "发现问题")
    assert store.record(SITE).findings["D1.1"].outcome == Outcome.FOUND
    row = row_of(form, SITE, "D1.1")
    assert "扣 2（本项最多 2）" in words(row.words)
    assert row.result.index == 1
    bar = words(form.bar)
    assert "已判 1/89" in bar
    assert "可能得分" in bar
    click_result(form, SITE, "D1.1", "未发现")
    assert "扣 2" not in words(row.words)
    assert store.record(SITE).findings["D1.1"].outcome == Outcome.CLEAR


def test_what_an_item_shows(form: ObjectForm, store: Store) -> None:
    """An item has its official wording and its points; the row before its first item says what the indicator has lost."""
    go_to(form, "发布解读")
    rubric = store.rubric
    text = words(row_of(form, SITE, "D5.1").words)
    assert rubric.wording(rubric.items["D5.1"]) in text
    assert "D5 " in text
    assert "分值 5，已扣 0" in text


def test_level(form: ObjectForm, store: Store) -> None:
    """The levels of a tier are buttons of their own."""
    go_to(form, "办事服务")
    click_result(form, SITE, "D12.2", "扣2分")
    finding = store.record(SITE).findings["D12.2"]
    assert (finding.outcome, finding.count) == (Outcome.FOUND, 2)
    assert row_of(form, SITE, "D12.2").result.index == 2


def test_not_fresh(form: ObjectForm, store: Store) -> None:
    """A click that was made before the browser shows the new content is not taken, and the button springs back."""
    look_at(form)
    form.open(OTHER)
    row = row_of(form, OTHER, "V1.1")
    row.result.index = 1
    assert row.result.index is None
    assert "没有记录" in words(form.screen.message)
    row.more.click()
    assert form.details.target is None
    assert not list(store.history())
    click_result(form, OTHER, "V1.1", "发现问题")
    assert store.record(OTHER).findings["V1.1"].outcome == Outcome.FOUND


def test_rest(form: ObjectForm, store: Store) -> None:
    """“其余未发现” asks first and names what it takes; “取消” does nothing, “确认” marks the pane, and undo takes it back."""
    click_result(form, SITE, "V1.1", "无法判断")
    form.rest.click()
    assert "这 15 条" in words(form.confirm.box)
    assert "V1.2" in words(form.confirm.box)
    form.confirm.no.click()
    assert list(store.record(SITE).findings) == ["V1.1"]
    form.rest.click()
    form.confirm.yes.click()
    findings = store.record(SITE).findings
    assert {code for code, f in findings.items() if f.outcome == Outcome.CLEAR} == set(form._panes[0].codes) - {"V1.1"}
    form.rest.click()
    assert "没有" in words(form.screen.message) or "请" in words(form.screen.message)
    assert not form.confirm.box.children
    assert form.undo.description == "撤销 15 条"
    form.undo.click()
    assert list(store.record(SITE).findings) == ["V1.1"]


def test_question_goes_with_its_pane(form: ObjectForm, store: Store) -> None:
    """A question that is left unanswered is withdrawn with its pane and its object."""
    form.rest.click()
    go_to(form, "加分")
    assert not form.confirm.box.children
    form.rest.click()
    form.open(OTHER)
    assert not form.confirm.box.children
    form.confirm.yes.click()
    assert not list(store.history())


def test_no_services(form: ObjectForm) -> None:
    """办事服务 is absent for a unit without services, and the head says why; an account has vetoes only."""
    form.open(WITHOUT)
    assert "办事服务" not in form.tabs.options
    assert "没有对外服务职能" in words(form.head)
    form.open(ACCOUNT)
    assert form.tabs.options == ("单项否决", "结论")
    assert "没有对外服务职能" not in words(form.head)
    form.open(SITE)
    assert "办事服务" in form.tabs.options
    assert "没有对外服务职能" not in words(form.head)


def test_after_a_veto(form: ObjectForm, store: Store) -> None:
    """After a veto the later panes say that they are not scored, and keep what was entered, also for more."""
    go_to(form, "发布解读")
    click_result(form, SITE, "D1.1", "发现问题")
    go_to(form, "单项否决")
    click_result(form, SITE, "V1.1", "发现问题")
    assert not words(form.banner)
    assert "不合格" in words(form.bar)
    go_to(form, "发布解读")
    assert "不再评分" in words(form.banner)
    assert "V1.1" in words(form.banner)
    assert "不评分" in words(row_of(form, SITE, "D1.1").words)
    assert row_of(form, SITE, "D1.1").result.index == 1
    click_result(form, SITE, "D1.2", "发现问题")
    assert store.record(SITE).findings["D1.2"].outcome == Outcome.FOUND
    go_to(form, "单项否决")
    click_result(form, SITE, "V1.1", "未发现")
    go_to(form, "发布解读")
    assert not words(form.banner)
    assert "扣 2" in words(row_of(form, SITE, "D1.1").words)


def test_filters(form: ObjectForm) -> None:
    """Filters list what is open, a problem, or cannot be told; one that lists nothing shows no rows, and harms nothing."""
    go_to(form, "发布解读")
    click_result(form, SITE, "D1.1", "发现问题")
    click_result(form, SITE, "D2.1", "无法判断")
    assert form.rows
    form.filter.value = Filter.PROBLEM
    assert [target.code for target in form.rows.targets] == ["D1.1"]
    form.filter.value = Filter.CANNOT_TELL
    assert [target.code for target in form.rows.targets] == ["D2.1"]
    form.filter.value = Filter.OPEN
    assert "D1.1" not in [target.code for target in form.rows.targets]
    go_to(form, "互动交流")
    form.filter.value = Filter.PROBLEM
    assert form.rows.targets == ()
    assert not words(form.screen.message)
    form.filter.value = Filter.ALL
    assert len(form.rows.targets) == len(form._panes[3].codes)


def test_row_that_was_filtered(form: ObjectForm, store: Store) -> None:
    """A row stands for the item that is listed there now, not for the one that was there before the filter."""
    go_to(form, "发布解读")
    click_result(form, SITE, "D5.1", "发现问题")
    form.filter.value = Filter.PROBLEM
    row = row_of(form, SITE, "D5.1")
    look_at(form)
    row.result.index = row.result.options.index("未发现")
    assert store.record(SITE).findings["D5.1"].outcome == Outcome.CLEAR
    assert list(store.record(SITE).findings) == ["D5.1"]


def test_bar(form: ObjectForm) -> None:
    """The bar has verdict, range, progress, what is near a veto, and when it was saved, to the second."""
    assert "未完成" in words(form.bar)
    assert "还没有内容" in words(form.bar)
    open_details(form, SITE, "V3.1")
    form.details.measured[0].value = "2020-03-09"
    tags, text = parsed(form.bar.value)
    assert "接近否决 V3.1" in text
    assert "11 天" in text
    saved = form.desk.saved(SITE)
    assert saved
    assert f"已保存 {saved.astimezone():%H:%M:%S}" in text
    assert "单项否决 1/16" in text
    assert any("gk-near" in str(attributes.get("class")) for _, attributes in tags)


def test_total(form: ObjectForm) -> None:
    """An object of which everything is judged has its total in the bar."""
    for pane in form._panes:
        go_to(form, pane.name)
        form.rest.click()
        form.confirm.yes.click()
    assert "合格" in words(form.bar)
    assert "最后得分 100.00" in words(form.bar)
    assert "已判 89/89" in words(form.bar)


def test_last_quarter(form: ObjectForm) -> None:
    """What was found at the same object last quarter stands in the row, also where this quarter has its own answer."""
    form.open("9901230010")
    text = words(row_of(form, "9901230010", "V1.1").words)
    assert "上次（青禾县2019年第四季度政府网站与政务新媒体检查）：发现问题" in text
    assert "劳记使命" in text
    click_result(form, "9901230010", "V1.1", "未发现")
    assert "劳记使命" in words(row_of(form, "9901230010", "V1.1").words)


def test_someone_else_is_here(new_bench: Callable[..., Workbench]) -> None:
    """An object at which another person works says so; it says nothing of oneself, nor at other objects."""
    mine = new_bench("张三")
    clockwork = Clockwork()
    other = new_bench("李四", clockwork)
    assert "张三也在检查这个对象" in words(other.object_form.head)
    mine.forth.click()
    clockwork.run(5)
    assert "也在检查" not in words(other.object_form.head)
    assert "也在检查" not in words(mine.object_form.head)


def test_others_come_in(new_desk: NewDesk, new_bench: Callable[..., Workbench]) -> None:
    """What another person answers at the object comes onto the screen by itself, and can then be changed."""
    clockwork = Clockwork()
    form = new_bench("张三", clockwork).object_form
    new_desk("李四").judge(SITE, "V1.1", Outcome.FOUND)
    assert row_of(form, SITE, "V1.1").result.index is None
    clockwork.run(5)
    assert row_of(form, SITE, "V1.1").result.index == 1
    click_result(form, SITE, "V1.1", "未发现")
    assert form.desk.reload(SITE).finding("V1.1").inspector == "张三"


@pytest.mark.parametrize("mine", [True, False])
def test_clash(form: ObjectForm, new_desk: NewDesk, store: Store, *, mine: bool) -> None:
    """Two answers to one item stand side by side, with who gave the other; the person takes one of them."""
    look_at(form)
    new_desk("李四").judge(SITE, "V1.1", Outcome.FOUND)
    click_result(form, SITE, "V1.1", "未发现")
    text = words(form.clash.box)
    assert "李四" in text
    assert "发现问题" in text
    assert "您：未发现" in text
    assert row_of(form, SITE, "V1.1").result.index == 1
    (form.clash.yes if mine else form.clash.no).click()
    assert store.record(SITE).findings["V1.1"].outcome == (Outcome.CLEAR if mine else Outcome.FOUND)
    assert not form.clash.box.children
    assert row_of(form, SITE, "V1.1").result.index == (0 if mine else 1)


def test_clash_on_the_way_out(bench: Workbench, new_desk: NewDesk, store: Store) -> None:
    """Whoever leaves an object with text that clashes arrives at the other one; the question goes along until answered."""
    form = bench.object_form
    open_details(form, SITE, "V1.1")
    form.details.note.value = "张三的说明"
    new_desk("李四").judge(SITE, "V1.1", Outcome.FOUND)
    bench.forth.click()
    assert (bench.object.value, form.subject_id) == (OTHER, OTHER)
    assert form.rows
    assert form.rows.targets[0].subject_id == OTHER
    assert "青禾县人民政府网 V1.1" in words(form.clash.box)
    assert "张三的说明" in words(form.clash.box)
    form.clash.yes.click()
    assert store.record(SITE).findings["V1.1"].note == "张三的说明"


def test_clash_left_by_a_dead_kernel(new_desk: NewDesk, new_bench: Callable[..., Workbench], store: Store) -> None:
    """Text of a kernel that is gone and clashes by now is asked about when its person opens the object again."""
    new_desk("张三").type_text(SITE, "V1.1", note="张三的说明")
    new_desk("李四").judge(SITE, "V1.1", Outcome.FOUND)
    form = new_bench("张三").object_form
    assert "张三的说明" in words(form.clash.box)
    form.clash.no.click()
    assert store.record(SITE).findings["V1.1"] == Finding(
        SITE, "V1.1", Outcome.FOUND, inspector="李四", checked_at=store.record(SITE).findings["V1.1"].checked_at
    )
    form.open(SITE)
    assert not form.clash.box.children


def test_answer_that_cannot_be_taken(form: ObjectForm, new_desk: NewDesk) -> None:
    """A question whose answer cannot be recorded stands until it can: what was typed is not lost."""
    look_at(form)
    other = new_desk("李四")
    other.judge(SITE, "V4.3", Outcome.CANNOT_TELL)
    click_result(form, SITE, "V4.3", "未发现")
    other.measure(SITE, "V4.3", "空白栏目数", "5")
    form.clash.yes.click()
    assert "空白栏目数" in words(form.screen.message)
    assert form.clash.box.children


def test_undo_says_what(form: ObjectForm) -> None:
    """The button says what it takes back, and is off where there is nothing."""
    assert form.undo.disabled
    click_result(form, SITE, "V1.1", "发现问题")
    assert (form.undo.disabled, form.undo.description) == (False, "撤销 V1.1")
    form.undo.click()
    assert form.undo.disabled
    assert row_of(form, SITE, "V1.1").result.index is None


def test_filing(form: ObjectForm, new_bench: Callable[..., Workbench], store: Store) -> None:
    """The conclusion hands in what is complete, and says what is not; a frozen object takes no clicks."""
    form.open(ACCOUNT)
    go_to(form, "结论")
    form.conclusion.buttons["submit"].click()
    assert "还有 8 条" in words(form.screen.message)
    form.conclusion.open_items.index = 1
    assert form.pane
    assert form.details.target
    assert form.details.target.code == "M1.1"
    form.rest.click()
    form.confirm.yes.click()
    go_to(form, "结论")
    form.conclusion.buttons["submit"].click()
    assert "已提交" in words(form.screen.message)
    assert form.conclusion.buttons["submit"] not in form.conclusion._filing.children
    go_to(form, "单项否决")
    row = row_of(form, ACCOUNT, "M1.1")
    assert row.result.disabled
    assert form.rest.disabled
    other = new_bench("李四").object_form
    other.open(ACCOUNT)
    go_to(other, "结论")
    other.conclusion.buttons["review"].click()
    assert store.record(ACCOUNT).filing.reviewer == "李四"
    other.conclusion.buttons["correct"].click()
    assert "原因" in words(other.screen.message)
    other.conclusion.reason.value = "写错了"
    other.conclusion.buttons["correct"].click()
    assert store.record(ACCOUNT).filing.version == 2
    assert "原因：写错了" in words(other.conclusion.words)
    assert "第 2 版" in words(other.bar)


def test_no_more_widgets(form: ObjectForm) -> None:
    """Going from object to object makes no new widgets, whatever panes and details were open."""
    subjects = [subject.id for subject in form.desk.store.subjects]

    def walk(number: int) -> None:
        for at in range(number):
            form.open(subjects[at % len(subjects)])
            form.tabs.index = at % len(form.tabs.options)
            if form.rows and form.rows.targets:
                form.open_details(form.rows.targets[-1])

    walk(len(subjects))
    before = live()
    walk(300)
    assert live() == before
