"""整改 on the page: units are told, answer, are rechecked, appeal, and findings are corrected; nothing typed is lost.

Driven as a browser drives it; a handler that fails makes the test red.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from docx import Document

from govkit.findings import Filing, Finding, Outcome, Stage
from govkit.forms.follow import case_pane, notify_pane
from govkit.forms.follow.cases import ALL, OVERDUE, UNCORRECTED
from govkit.forms.follow.collect_pane import CollectPane
from govkit.forms.follow.notify_pane import NotifyPane
from govkit.forms.follow.page import FollowPage
from govkit.forms.follow.track_pane import TrackPane
from govkit.issues import Appeal, Appealed, Case, Corrected, Decided, Rechecked, Reported, State
from govkit.organising import QuarterFiles, follow
from govkit.quarters import Quarter
from govkit.reading import read_spot_check
from govkit.rubric import load_rubric
from govkit.store import Change, Home
from tests.forms.browser import display, html, live, parsed, sent_files, words
from tests.organising.quarters import LATER, SITES, quarter_file
from tests.organising.reviewed import add_reviewed
from tests.organising.test_following import review
from tests.sheets.season.cells import sheets_of, table_of
from tests.workbooks import ACCOUNTS, BATCH, write
from tests.workbooks import SITES as BATCH_SITES

TODAY = date(2020, 1, 6)
EVIL = "<img src=x onerror=alert(1)>{x}"
SHEET = "| 整改台账 | 问题编号 | 整改情况 | 整改日期 | 申诉类型 | 申诉理由 |\n"


@pytest.fixture
def inspected(empty_home: Home, tmp_path: Path) -> Home:
    """A home with a batch, all of it reviewed, and a picture at one finding."""
    add_reviewed(empty_home, tmp_path)
    empty_home.set_inspector("组织者")
    return empty_home


@pytest.fixture
def page(inspected: Home) -> Iterator[FollowPage]:
    """The page of 组织者."""
    page = FollowPage(inspected, TODAY)
    yield page
    page.register.close()


@pytest.fixture
def told(page: FollowPage) -> FollowPage:
    """The page after all units were told."""
    send(notify_of(page))
    return page


def notify_of(page: FollowPage) -> NotifyPane:
    """Go to the first pane."""
    page.tabs.value = "notify"
    pane = page.panes["notify"]
    assert isinstance(pane, NotifyPane)
    return pane


def collect_of(page: FollowPage) -> CollectPane:
    """Go to the second pane."""
    page.tabs.value = "collect"
    pane = page.panes["collect"]
    assert isinstance(pane, CollectPane)
    return pane


def track_of(page: FollowPage) -> TrackPane:
    """Go to the third pane."""
    page.tabs.value = "track"
    pane = page.panes["track"]
    assert isinstance(pane, TrackPane)
    return pane


def at(page: FollowPage, item: str) -> TrackPane:
    """Choose the problem of an item, and look at it."""
    pane = track_of(page)
    pane.problems.list.value = case_of(page, item).issue.id
    display(pane.case.freshness)
    return pane


def case_of(page: FollowPage, item: str) -> Case:
    """The problem of an item as it is in the register."""
    return next(case for case in page.register.rectifications() if case.issue.item == item)


def send(pane: NotifyPane, *, sure: bool = True) -> None:
    """Tell units; that is asked about first."""
    pane.send.click()
    if pane.confirm.box.children:
        (pane.confirm.yes if sure else pane.confirm.no).click()


def answer(folder: Path, *rows: str, name: str = "整改台账.xlsx") -> tuple[str, bytes]:
    """A filled-in sheet of a unit."""
    folder.mkdir(exist_ok=True)
    return name, write(folder / name, SHEET, *(f"| {row} |" for row in rows)).read_bytes()


def appealed(page: FollowPage, item: str, asks: Appeal = Appeal.MISTAKE) -> TrackPane:
    """Have the unit of a problem appeal, and go there."""
    follow(page.register, "单位", case_of(page, item), Appealed(date(2020, 1, 8), asks, "不是"))
    page.tabs.value = "notify"
    return at(page, item)


def find_more(home: Home) -> None:
    """Find one more problem, elsewhere, in a new version of an object that was reviewed."""
    site = "bm64130001"
    with home.open(home.batches()[0].key) as store:
        store.file("张三", store.record(site), Filing(version=2, reason="漏了一条"))
        store.write("张三", site, [Change("D4.1", Finding(site, "D4.1", Outcome.FOUND), 0)])
        review(store, site)


def test_units_are_told(page: FollowPage, inspected: Home) -> None:
    """Problems are listed by unit, and told after a question that names numbers and deadline; files are linked to."""
    pane = notify_of(page)
    pane.list.click()
    assert "县政府办22县门户" in words(pane.found)
    pane.contact.value = "张三 1234567"
    send(pane, sure=False)
    assert page.register.rectifications() == ()
    pane.send.click()
    assert "通知 2 个单位 4 个问题，期限 2020-02-03（15 个工作日）" in words(pane.confirm.box)
    pane.confirm.yes.click()
    assert len(page.register.rectifications()) == 4
    folder = inspected.folder / "导出" / "第四季度抽查" / "整改通知_2020-01-06"
    assert sorted(path.suffix for path in folder.iterdir()) == [".docx", ".docx", ".xlsx", ".xlsx"]
    text = "\n".join(each.text for each in Document(str(next(folder.glob("*县教委.docx")))).paragraphs)
    assert "张三 1234567" in text
    assert html(pane.links).count("download=") == 4
    assert "2020-01-06第四季度抽查242020-02-03" in words(pane.told)


def test_told_once(told: FollowPage, inspected: Home) -> None:
    """What units were told is not told again; a new problem is, with a notice of its own beside the first."""
    pane = notify_of(told)
    send(pane)
    assert "没有新的问题" in words(told.screen.message)
    find_more(inspected)
    send(pane)
    assert len(told.register.rectifications()) == 5
    folders = sorted(path.name for path in (inspected.folder / "导出" / "第四季度抽查").iterdir())
    assert folders == ["整改通知_2020-01-06", "整改通知_2020-01-06_2"]
    assert html(pane.links).count("download=") == 6


def test_changed_meanwhile(page: FollowPage, inspected: Home) -> None:
    """Where the inspection has changed since the question, nobody is told before somebody has looked again."""
    pane = notify_of(page)
    pane.send.click()
    find_more(inspected)
    pane.confirm.yes.click()
    assert "没有发出" in words(page.screen.message)
    assert page.register.rectifications() == ()


@pytest.mark.parametrize(
    ("field", "typed", "hint"),
    [
        ("day", "", "没有写“通知日期”"),
        ("day", "1月6日", "不是日期"),
        ("day", "9999-12-01", "请"),
        ("days", "0", "没有写整改工作日"),
        ("days", "十五", "不是整数"),
    ],
)
def test_not_told(page: FollowPage, field: str, typed: str, hint: str) -> None:
    """Without a day and a term that can be counted nobody is told, and what is missing is said."""
    pane = notify_of(page)
    getattr(pane, field).value = typed
    send(pane)
    assert hint in words(page.screen.message)
    assert page.register.rectifications() == ()


def test_nobody_is_told_by_nobody(page: FollowPage) -> None:
    """Who tells units is recorded, and has to be said first."""
    page.who.value = ""
    send(notify_of(page))
    assert "检查人" in words(page.screen.message)
    assert page.register.rectifications() == ()


def test_unfinished(page: FollowPage, inspected: Home) -> None:
    """What is not final is counted and told, before units are."""
    pane = notify_of(page)
    pane.list.click()
    assert "没有查完" not in words(pane.found)
    with inspected.open(inspected.batches()[0].key) as store:
        record = store.record("bm64130001")
        store.file("张三", record, replace(record.filing, stage=Stage.CHECKING, version=2))
    pane.list.click()
    assert "有 1 个检查对象没有查完或没有复核" in words(pane.found)


def test_breaches_are_told(page: FollowPage, inspected: Home, tmp_path: Path) -> None:
    """The breaches of a quarter are told in the name that somebody types; without files or packs that is refused."""
    pane = notify_of(page)
    pane.kind.value = "rules"
    pane.list.click()
    assert "还没有季度资料" in words(page.screen.message)
    QuarterFiles(inspected.folder, Quarter(2019, 4)).take_in(quarter_file(tmp_path, SITES, LATER))
    page.tabs.value = "track"
    pane = notify_of(page)
    for box in pane.packs.values():
        box.value = False
    pane.list.click()
    assert "至少选一个" in words(page.screen.message)
    pane.packs["fengdu-2019"].value = True
    pane.organiser.value = "青禾县政府办公室"
    send(pane)
    cases = page.register.rectifications()
    assert {case.issue.source for case in cases} == {"2019年第四季度 fengdu-2019"}
    document = next((inspected.folder / "导出" / "2019Q4" / "整改通知_2020-01-06").glob("*.docx"))
    assert "青禾县政府办公室" in "\n".join(each.text for each in Document(str(document)).paragraphs)


def test_pdf_only_with_libreoffice(inspected: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFs are offered where LibreOffice is, and only there."""
    for program in (Path("soffice"), None):
        monkeypatch.setattr(notify_pane, "find_office", lambda program=program: program)
        page = FollowPage(inspected, TODAY)
        pane = notify_of(page)
        assert (pane.pdf in pane._tools.children) == bool(program)
        page.register.close()


def test_too_much_to_link(page: FollowPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a page could not hold all files, they are named, with the folder in which they are."""
    monkeypatch.setattr(notify_pane, "_MOST_LINKED", 1)
    pane = notify_of(page)
    send(pane)
    assert "download=" not in html(pane.links)
    assert "整改通知书_县教委.docx" in words(pane.links)
    assert "整改通知_2020-01-06" in words(pane.links)


def test_answers(told: FollowPage, tmp_path: Path) -> None:
    """Sheets of several units of one name are taken in together; what is new is listed, and the same gives nothing new."""
    pane = collect_of(told)
    first, second = case_of(told, "D1.2").issue.id, case_of(told, "V5.1").issue.id
    given = (
        answer(tmp_path / "甲", f"| {first} | 已改正。 | 2020-01-06 | | "),
        answer(tmp_path / "乙", f"| {second} | | | 误报 | {EVIL}"),
    )
    pane.upload.value = sent_files(*given)
    assert "已收 2 份：新的整改情况 1 条，新的申诉 1 条" in words(told.screen.message)
    assert "县政府办县门户" in words(pane.new)
    assert "整改情况已改正2020-01-06" in words(pane.new)
    assert "img" not in {tag for tag, _ in parsed(html(pane.box))[0]}
    assert (case_of(told, "D1.2").state, case_of(told, "V5.1").state) == (State.REPORTED, State.APPEALED)
    pane.upload.value = sent_files(*given)
    assert "新的整改情况 0 条，新的申诉 0 条" in words(told.screen.message)
    assert words(pane.new) == ""


def test_wrong_sheets(told: FollowPage, tmp_path: Path) -> None:
    """Where one sheet is wrong nothing is taken in, and every mistake is named with its file."""
    pane = collect_of(told)
    number = case_of(told, "D1.2").issue.id
    good = answer(tmp_path / "甲", f"| {number} | 已改正 | 2020-01-06 | | ", name="甲.xlsx")
    bad = answer(
        tmp_path / "乙", "| WTABC | 已改正 | 2020-01-06 | | ", f"| {number} | 已改 | 不久 | | ", name="乙.xlsx"
    )
    pane.upload.value = sent_files(good, bad)
    shown = words(told.screen.message)
    assert shown.count("乙.xlsx") == 3
    assert "没有问题的也没有读入" in shown
    assert case_of(told, "D1.2").state == State.OPEN


def test_units_that_have_not_answered(told: FollowPage, inspected: Home) -> None:
    """Each unit is listed with its problems by state, and what is overdue on the day."""
    follow(told.register, "单位", case_of(told, "V5.1"), Reported(date(2020, 1, 8), "已改正"))
    late = FollowPage(inspected, date(2020, 2, 4))
    assert "县教委211" in words(collect_of(late).list)
    assert "合计431" in words(collect_of(late).list)
    late.register.close()


def test_nothing_told_yet(page: FollowPage) -> None:
    """Before any notice both panes say what comes first."""
    assert "先在“发整改通知”" in words(collect_of(page).box)
    assert collect_of(page).upload.disabled
    assert "先在“发整改通知”" in words(track_of(page).box)


def test_old_beside_new(told: FollowPage) -> None:
    """What was found stands with its picture and address beside how it stands now, and who told what when."""
    pane = at(told, "V5.1")
    found = html(pane.case.found)
    assert "教委网（县教委）" in words(pane.case.found)
    assert "data:image/png" in found
    assert 'href="http://b.example/x"' in found
    assert "第四季度抽查：发现问题" in words(pane.case.now)
    assert "2020-01-06整改通知期限 2020-02-03组织者" in words(pane.case.history)


def test_next_inspection(told: FollowPage, inspected: Home, tmp_path: Path) -> None:
    """What the last inspection since then says of the same item stands beside what was found."""
    batch = BATCH.replace("2019-12-20", "2020-03-20").replace("第四季度抽查", "第一季度抽查")
    nothing = "| 抽查记录 | 检查对象标识码 | 指标编号 | 检查结果 |\n| | 5002300002 | V5.1 | 未发现 |"
    check = read_spot_check(write(tmp_path / "下次.xlsx", batch, BATCH_SITES, ACCOUNTS, nothing))
    inspected.create(check, load_rubric(check.batch.rubric_id), "组织者").close()
    assert "第一季度抽查：未发现" in words(at(told, "V5.1").case.now)


def test_filters(told: FollowPage) -> None:
    """Problems are wanted by state, unit, source, and day; each state is counted for what is chosen otherwise."""
    follow(told.register, "单位", case_of(told, "V5.1"), Reported(date(2020, 1, 8), "已改正"))
    pane = track_of(told)
    assert {value: label for label, value in pane.state.options}[str(State.OPEN)] == "待整改（3）"
    pane.state.value = str(State.REPORTED)
    assert [value for _, value in pane.problems.list.options] == [case_of(told, "V5.1").issue.id]
    pane.unit.value = next(value for label, value in pane.unit.options if label == "县政府办")
    assert "没有这样的问题" in words(pane.list)
    assert pane.case.box not in pane.box.children
    pane.state.value = OVERDUE
    pane.as_of.value = "2020-02-04"
    assert "待整改（逾期）" in words(pane.list)
    assert len(pane.problems.list.options) == 2
    pane.state.value, pane.unit.value = UNCORRECTED, ALL
    assert "没有这样的问题" in words(pane.list)
    pane.as_of.value = "明天"
    assert "不是日期" in words(told.screen.message)


def test_one_after_the_other(told: FollowPage) -> None:
    """Problems can be gone through one by one, to the last."""
    pane = track_of(told)
    numbers = [value for _, value in pane.problems.list.options]
    assert (pane.before.disabled, pane.after.disabled) == (True, False)
    for number in numbers[1:]:
        pane.after.click()
        assert pane.problems.list.value == number
    assert (pane.before.disabled, pane.after.disabled) == (False, True)
    pane.before.click()
    assert pane.problems.list.value == numbers[-2]


def test_not_passed(told: FollowPage) -> None:
    """A recheck is recorded with note, picture and a new deadline; without what it needs it is refused, and kept."""
    pane = at(told, "V5.1")
    form = pane.case.recheck
    form.record.click()
    assert "没有选结果" in words(told.screen.message)
    form.outcome.value = "not_passed"
    form.note.value = "还是打不开"
    form.record.click()
    assert "没有新的整改期限" in words(told.screen.message)
    form.deadline.value = "2020-02-17"
    form.upload.value = sent_files(("一.png", b"abc"), kind="image/png")
    assert html(form.shots).count("<img") == 1
    form.day.value = "2020-02-04"
    form.record.click()
    last = case_of(told, "V5.1").events[-1]
    assert isinstance(last, Rechecked)
    assert (last.passed, last.note, last.deadline, last.day) == (
        False,
        "还是打不开",
        date(2020, 2, 17),
        date(2020, 2, 4),
    )
    assert told.register.evidence(last.evidence[0]) == b"abc"
    assert "复查未通过" in words(told.screen.message)
    assert (form.note.value, form.outcome.value, form.names) == ("", None, ())
    assert "复查未通过，还是打不开，期限 2020-02-17" in words(pane.case.now)
    assert html(pane.case.now).count("<img") == 1


def test_passed(told: FollowPage) -> None:
    """What has passed is at an end: nothing can be recorded of it any more."""
    pane = at(told, "V5.1")
    pane.case.recheck.outcome.value = "passed"
    assert pane.case.recheck.deadline not in pane.case.recheck.box.children
    pane.case.recheck.record.click()
    assert case_of(told, "V5.1").state == State.PASSED
    assert pane.case.recheck.box not in pane.case._right.children


def test_pictures_can_be_dropped(told: FollowPage) -> None:
    """Pictures of a recheck that is not recorded can be taken away; what is no picture is refused."""
    form = at(told, "V5.1").case.recheck
    form.upload.value = sent_files(("一.png", b"abc"), ("二.png", b"def"), kind="image/png")
    assert len(form.names) == 2
    form.drop.click()
    assert not form.names
    form.upload.value = sent_files(("一.txt", b"abc"), kind="text/plain")
    assert "不是图片" in words(told.screen.message)


def test_drafts(told: FollowPage, inspected: Home) -> None:
    """What somebody typed is there after a reload, at its problem and for that person only, until it is recorded."""
    form = at(told, "V5.1").case.recheck
    form.outcome.value = "not_passed"
    form.note.value = "还在"
    form.upload.value = sent_files(("一.png", b"abc"), kind="image/png")
    at(told, "D1.2")
    assert form.note.value == ""
    told.register.close()
    again = FollowPage(inspected, TODAY)
    form = at(again, "V5.1").case.recheck
    assert (form.outcome.value, form.note.value, len(form.names)) == ("not_passed", "还在", 1)
    assert "草稿已存" in words(track_of(again).case.told)
    again.who.value = "李四"
    assert form.note.value == ""
    again.who.value = "组织者"
    assert form.note.value == "还在"
    form.deadline.value = "2020-02-17"
    form.record.click()
    assert case_of(again, "V5.1").state == State.NOT_PASSED
    assert not list((inspected.folder / "整改草稿").iterdir())
    again.register.close()


def test_who_says_a_name_later(told: FollowPage) -> None:
    """What was typed before anybody had said their name stays when it is said."""
    pane = at(told, "V5.1")
    told.who.value = ""
    pane.case.recheck.outcome.value = "passed"
    pane.case.recheck.note.value = "看过了"
    pane.case.recheck.record.click()
    assert "检查人" in words(told.screen.message)
    told.who.value = "李四"
    assert pane.case.recheck.note.value == "看过了"
    pane.case.recheck.record.click()
    last = case_of(told, "V5.1").events[-1]
    assert isinstance(last, Rechecked)
    assert last.note == "看过了"
    assert told.register.told(case_of(told, "V5.1"))[-1].actor == "李四"


def test_a_click_at_the_problem_before(told: FollowPage) -> None:
    """A click made while the browser still shows another problem records nothing."""
    pane = at(told, "V5.1")
    pane.problems.list.value = case_of(told, "D1.2").issue.id
    pane.case.recheck.outcome.value = "passed"
    pane.case.recheck.record.click()
    assert "画面刚刚切换" in words(told.screen.message)
    assert case_of(told, "D1.2").state == State.OPEN


def test_somebody_else_was_first(told: FollowPage) -> None:
    """What another window has recorded meanwhile shows at once, and what was typed is still there."""
    pane = at(told, "V5.1")
    pane.case.recheck.note.value = "我看的"
    follow(told.register, "李四", case_of(told, "V5.1"), Rechecked(TODAY, passed=True))
    pane.case.recheck.outcome.value = "passed"
    assert case_of(told, "V5.1").state == State.PASSED
    pane.case.recheck.record.click()
    assert "请" in words(told.screen.message)
    assert len(case_of(told, "V5.1").events) == 2


def test_appeal_refused(told: FollowPage) -> None:
    """An appeal that is not accepted leaves the problem as it was, with a reason, and a new deadline if there is one."""
    pane = appealed(told, "V5.1")
    assert pane.case.recheck.box not in pane.case._right.children
    form = pane.case.appeal
    form.outcome.value = "refused"
    form.record.click()
    assert "没有写明" in words(told.screen.message)
    form.reason.value, form.deadline.value = "经核实，打不开", "2020-02-17"
    form.day.value = "2020-01-09"
    form.record.click()
    case = case_of(told, "V5.1")
    assert (case.state, case.deadline) == (State.OPEN, date(2020, 2, 17))
    assert not case.uncorrected


def test_less(told: FollowPage) -> None:
    """Where 核减 is accepted, the number that remains is asked for, and only there."""
    pane = appealed(told, "D22.1", Appeal.LESS)
    form = pane.case.appeal
    form.outcome.value = "refused"
    assert form.left not in form.box.children
    form.outcome.value = "accepted"
    assert form.left in form.box.children
    form.reason.value, form.day.value = "只有一处", "2020-01-09"
    form.left.value = "9"
    form.record.click()
    assert "核减后数量" in words(told.screen.message)
    form.left.value = "1"
    form.record.click()
    last = case_of(told, "D22.1").events[-1]
    assert last == Decided(date(2020, 1, 9), accepted=True, reason="只有一处", left=1)
    assert "核减后数量　1" in words(pane.case.now)


def test_correction(told: FollowPage, inspected: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """An accepted appeal is corrected in a new version; what comes next is told, and how far the object has come."""
    pane = appealed(told, "V5.1")
    form = pane.case.appeal
    form.outcome.value, form.reason.value, form.day.value = "accepted", "经核实能打开", "2020-01-09"
    form.record.click()
    pane.state.value = UNCORRECTED
    display(pane.case.freshness)
    clock = type("Clock", (), {"now": staticmethod(lambda: datetime(2020, 1, 10, 9))})  # noqa: DTZ001 - as a wall has it
    monkeypatch.setattr(case_pane, "datetime", clock)
    pane.case.correcting.correct.click()
    assert "已更正在第 2 版" in words(told.screen.message)
    case = case_of(told, "V5.1")
    assert case.events[-1] == Corrected(date(2020, 1, 10), 2)
    with inspected.open(inspected.batches()[0].key) as store:
        record = store.record("5002300002")
        assert record.findings["V5.1"].outcome == Outcome.CLEAR
        assert (record.filing.version, record.filing.stage) == (2, Stage.CHECKING)
    pane.state.value = ALL
    at(told, "V5.1")
    assert "复核后生效" in words(pane.case.told)
    assert "第四季度抽查：未发现" in words(pane.case.now)
    assert "（第 2 版，检查中）" in words(pane.case.now)


def test_corrected_elsewhere(told: FollowPage, inspected: Home) -> None:
    """What was corrected elsewhere is noted with where that was; without it, it is refused."""
    appealed(told, "V5.1")
    follow(told.register, "组织者", case_of(told, "V5.1"), Decided(date(2020, 1, 8), accepted=True, reason="经核实"))
    late = FollowPage(inspected, date(2020, 1, 20))
    pane = at(late, "V5.1")
    pane.case.correcting.record.click()
    assert "没有写明" in words(late.screen.message)
    pane.case.correcting.where.value = "已在工作簿里改正"
    pane.case.correcting.record.click()
    assert case_of(late, "V5.1").events[-1] == Corrected(date(2020, 1, 20), None, "已在工作簿里改正")
    late.register.close()


def test_workbook_of_all(told: FollowPage, inspected: Home, tmp_path: Path) -> None:
    """整改总台账 is written, filled in elsewhere, and read again: rechecks and decisions are recorded."""
    pane = track_of(told)
    pane.export.click()
    path = inspected.folder / "导出" / "整改总台账.xlsx"
    assert len([row for row in table_of(sheets_of(path)["整改总台账"]) if row["问题编号"]]) == 4
    assert html(pane.links).count("download=") == 1
    number = case_of(told, "V5.1").issue.id
    notes = "| 复查记录 | 问题编号 | 复查结果 | 复查日期 | 复查说明 | 新的期限 |\n"
    book = write(tmp_path / "记录.xlsx", notes, f"| | {number} | 通过 | 2020-01-06 | | |")
    pane.upload.value = sent_files(("记录.xlsx", book.read_bytes()))
    assert "新的复查 1 条" in words(told.screen.message)
    assert case_of(told, "V5.1").state == State.PASSED


def test_hostile_names(told: FollowPage) -> None:
    """What people and files tell is text wherever it shows."""
    follow(told.register, EVIL, case_of(told, "V5.1"), Reported(date(2020, 1, 8), EVIL))
    pane = at(told, "V5.1")
    pane.case.recheck.note.value = EVIL
    tags, text = parsed(html(pane.box))
    assert {attributes.get("src") for tag, attributes in tags if tag == "img"} != {"x"}
    assert not any("onerror" in attributes for _, attributes in tags)
    assert EVIL in text


def test_widgets_are_not_made_anew(told: FollowPage) -> None:
    """Going through panes, filters and problems makes no more widgets than there were."""
    pane = at(told, "V5.1")
    before = live()
    for name in ("notify", "collect", "track"):
        told.tabs.value = name
    for _, state in pane.state.options:
        pane.state.value = state
    pane.state.value = ALL
    at(told, "D1.2")
    assert live() == before
