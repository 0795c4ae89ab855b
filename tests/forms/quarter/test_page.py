"""The organiser's page: every pane does what it says, keeps it, and tells what is wrong.

Driven as a browser drives it; a handler that fails makes the test red.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from govkit.forms.quarter import decisions_pane
from govkit.forms.quarter.decisions_pane import DecisionsPane
from govkit.forms.quarter.draw_pane import DrawPane
from govkit.forms.quarter.ledger_pane import LedgerPane
from govkit.forms.quarter.page import QuarterPage, plan
from govkit.forms.quarter.rules_pane import RulesPane
from govkit.forms.rows import Target
from govkit.ledger import Kind
from govkit.organising import QuarterFiles
from govkit.packs import Advice, Compliance, advise
from govkit.quarters import Quarter
from govkit.sampling import draw_accounts
from govkit.season import Disposal
from govkit.sheets.season import read_minutes
from govkit.store import Home, KeptDraw
from tests.forms.browser import display, html, live, parsed, sent_files, tree, words
from tests.organising.quarters import BUREAU, EARLIER, FILINGS, LATER, OFFICE, SITES, quarter_file

EVIL = "<img src=x onerror=alert(1)>{x}"
TODAY = date(2019, 12, 21)
QUARTER = Quarter(2019, 4)


@pytest.fixture
def page(empty_home: Home) -> Iterator[QuarterPage]:
    """The page of 组织者 in an empty home."""
    empty_home.set_inspector("组织者")
    page = QuarterPage(empty_home, TODAY)
    yield page
    page.planner.close()


@pytest.fixture
def filled(page: QuarterPage, tmp_path: Path) -> QuarterPage:
    """The page with two quarters of files."""
    page.quarter.value = QUARTER.before
    upload(page, quarter_file(tmp_path, SITES, EARLIER))
    page.quarter.value = QUARTER
    upload(page, quarter_file(tmp_path, SITES, LATER, FILINGS))
    return page


def upload(page: QuarterPage, *files: tuple[str, bytes]) -> None:
    """Choose files in the browser."""
    pane = page.panes["ledger"]
    assert isinstance(pane, LedgerPane)
    pane.files.upload.value = sent_files(*files)


def draw_pane(page: QuarterPage) -> DrawPane:
    """Go to the second pane."""
    page.tabs.value = "draw"
    pane = page.panes["draw"]
    assert isinstance(pane, DrawPane)
    return pane


def draw_now(pane: DrawPane) -> None:
    """Draw; where nobody is named who inspects, that is asked about first."""
    pane.draw.click()
    if pane.confirm.box.children:
        pane.confirm.yes.click()


def rules_pane(page: QuarterPage) -> RulesPane:
    """Go to the third pane."""
    page.tabs.value = "rules"
    pane = page.panes["rules"]
    assert isinstance(pane, RulesPane)
    return pane


def checked(page: QuarterPage, pack_id: str = "fengdu-2019") -> RulesPane:
    """Check the quarter against one pack."""
    pane = rules_pane(page)
    pane.packs[pack_id].value = True
    pane.check.click()
    return pane


def test_empty(page: QuarterPage) -> None:
    """An empty home says what to do first, in each pane, and this quarter is chosen."""
    assert page.quarter.value == QUARTER
    for name, hint in (("ledger", "读取台账"), ("draw", "还没有抽样"), ("decisions", "先在“规则核查”")):
        page.tabs.value = name
        assert hint in words(page.box)


def test_ledger(filled: QuarterPage) -> None:
    """Counts, what is missing, and what changed since the quarter before, with its filing."""
    shown = words(filled.panes["ledger"].box)
    assert "已读取 台账.xlsx" in words(filled.screen.message)
    assert "发布记录" in shown
    assert "更名（青禾微博 → 青禾政务）" in shown
    assert "2019-11-06" in shown


@pytest.mark.parametrize(
    ("sheets", "want"),
    [
        ([FILINGS.replace("2019-11-06", "          ")], "2019-11-05无"),
        ([FILINGS.replace("公告日期", "备注")], "2019-11-05未知"),
        ([], "未知未知"),
    ],
)
def test_what_filings_do_not_tell(page: QuarterPage, tmp_path: Path, sheets: list[str], want: str) -> None:
    """A change that was not announced differs from one of which nobody knows, as a column or all filings lack."""
    page.quarter.value = QUARTER.before
    upload(page, quarter_file(tmp_path, SITES, EARLIER))
    page.quarter.value = QUARTER
    upload(page, quarter_file(tmp_path, SITES, LATER, *sheets))
    shown = words(page.panes["ledger"].box).split("更名（青禾微博 → 青禾政务）")[1]
    assert shown.startswith(want)


def test_wrong_file(filled: QuarterPage, tmp_path: Path) -> None:
    """Everything wrong with a file is shown as text; the files that were there stay in use."""
    broken = SITES.replace("县政府网", EVIL).replace("9901230001", "99012300")
    upload(filled, quarter_file(tmp_path, broken, name="坏的.xlsx"))
    tags, text = parsed(html(filled.screen.message))
    assert {tag for tag, _ in tags} == {"div", "br"}
    assert "99012300" in text
    assert [path.name for path in filled.planner.files.paths] == ["台账.xlsx"]


def test_files_of_one_name(filled: QuarterPage, tmp_path: Path) -> None:
    """Whether a file of a name that is there was kept beside the other, or took its place, is said."""
    other = (
        "| 账号台账 | 新媒体标识码 | 账号名称 | 账号类型 | 主办单位 |\n| | b1 | 青禾公安 | 新浪微博 | 青禾县公安局 |"
    )
    upload(filled, quarter_file(tmp_path, other))
    assert "两份都用：台账_2.xlsx" in words(filled.screen.message)
    upload(filled, quarter_file(tmp_path, SITES, EARLIER))
    assert "台账.xlsx 与原有的同名" in words(filled.screen.message)


def test_hostile_names(page: QuarterPage, tmp_path: Path) -> None:
    """Names of objects and units are text in every pane."""
    upload(
        page,
        quarter_file(
            tmp_path, SITES.replace("县政府网", EVIL), LATER.replace("教育速递", EVIL).replace(BUREAU, f"局{EVIL}")
        ),
    )
    pane = draw_pane(page)
    draw_now(pane)
    checked(page)
    page.tabs.value = "decisions"
    for name in page.panes:
        page.tabs.value = name
        assert "img" not in {tag for tag, _ in parsed(html(page.panes[name].box))[0]}


def test_export_ledger(filled: QuarterPage) -> None:
    """The merged ledger, the changes and the filings are written, and linked to."""
    pane = filled.panes["ledger"]
    assert isinstance(pane, LedgerPane)
    pane.export.click()
    folder = filled._home.folder / "导出" / "2019Q4"
    assert {path.name for path in folder.iterdir()} == {"台账.xlsx", "台账变动表.xlsx", "备案表.xlsx"}
    assert html(pane.links).count("download=") == 3


def test_draw(filled: QuarterPage) -> None:
    """The draw is made with a seed that is shown; who inspects what is told, nobody their own unit."""
    pane = draw_pane(filled)
    pane.inspectors.value = f"王明 {OFFICE}\n李红，{BUREAU}\n"
    pane.seed.value = "种子"
    draw_now(pane)
    entry = filled.planner.drawn()
    assert entry
    assert entry.actor == "组织者"
    assert set(entry.value.assignment.values()) == {"王明", "李红"}
    assert "种子" in words(pane.box)
    pane.export.click()
    folder = filled._home.folder / "导出" / "2019Q4"
    assert {path.name for path in folder.iterdir()} == {"抽样记录.xlsx", "分工表.xlsx", "抽查工作簿.xlsx"}


def test_draw_of_another_share(filled: QuarterPage) -> None:
    """A draw of another share, made by command, is told and written with it, and drawn once more with it."""
    accounts = [subject for subject in filled.planner.sheets().subjects if subject.kind == Kind.ACCOUNT]
    draw = draw_accounts(accounts, {}, QUARTER, "种子", Fraction(3, 4))
    filled.planner.register.keep_draw("组织者", KeptDraw(draw, {}))
    pane = draw_pane(filled)
    assert "抽查比例超过 3/4" in words(pane.box)
    pane.export.click()
    minutes = filled._home.folder / "导出" / "2019Q4" / "抽样记录.xlsx"
    assert read_minutes(minutes).share == Fraction(3, 4)
    pane.seed.value, pane.reason.value = "另一个", "台账补报"
    draw_now(pane)
    entry = filled.planner.drawn()
    assert entry
    assert (entry.value.draw.seed, entry.value.draw.share) == ("另一个", Fraction(3, 4))


def test_draw_again(filled: QuarterPage) -> None:
    """A second draw is refused without a reason, and done with one."""
    pane = draw_pane(filled)
    draw_now(pane)
    first = filled.planner.drawn()
    pane.seed.value = "另一个"
    draw_now(pane)
    assert "请：" in words(filled.screen.message)
    assert filled.planner.drawn() == first
    pane.reason.value = "台账补报"
    draw_now(pane)
    second = filled.planner.drawn()
    assert second
    assert second.value.reason == "台账补报"


def test_draw_refused(page: QuarterPage, filled: QuarterPage) -> None:
    """People of the same name, no people for a unit, no name of one's own: a sentence, and nothing is drawn."""
    pane = draw_pane(filled)
    for people, hint in (("王明\n王明 县局", "重名"), (f"王明 {BUREAU}", "请：加上其他单位的检查人员")):
        pane.inspectors.value = people
        draw_now(pane)
        assert hint in words(page.screen.message)
    pane.inspectors.value = ""
    page.who.value = " "
    draw_now(pane)
    assert "检查人" in words(page.screen.message)
    assert filled.planner.drawn() is None


def test_results_of_last_quarter(page: QuarterPage, filled: QuarterPage) -> None:
    """The failures of an earlier batch are taken in with a click; without such a batch nothing is offered."""
    pane = draw_pane(filled)
    assert pane.take not in list(tree(pane.box))
    filled.quarter.value = QUARTER.before
    draw_now(pane)
    pane.organiser.value = OFFICE
    pane.make.click()
    filled.quarter.value = QUARTER
    assert pane.take in list(tree(pane.box))
    pane.take.click()
    assert "0 个账号不合格" in words(page.screen.message)


def test_minutes_of_another_ledger(filled: QuarterPage, tmp_path: Path) -> None:
    """Once the ledger has changed, minutes are not made anew: those of the draw are there."""
    pane = draw_pane(filled)
    draw_now(pane)
    minutes = filled._home.folder / "导出" / "2019Q4" / "抽样记录.xlsx"
    before = minutes.read_bytes()
    upload(filled, quarter_file(tmp_path, SITES, EARLIER, FILINGS))
    pane.export.click()
    assert "重抽" in words(filled.screen.message)
    assert minutes.read_bytes() == before


def test_sample_of_a_site(filled: QuarterPage) -> None:
    """A pasted list is drawn from, and what was drawn is listed; an empty one is refused."""
    pane = draw_pane(filled).samples
    pane.draw.click()
    assert "清单是空的" in words(filled.screen.message)
    pane.list.value = "\n".join(["文件一", "", f" 文件{EVIL} ", "文件三", "文件四"])
    pane.item.value = "D7.1"
    pane.draw.click()
    kept = filled.planner.register.lines(QUARTER)["9901230001", "D7.1"].value
    assert (len(kept.lines), len(kept.drawn)) == (4, 3)
    assert kept.seed in words(pane.words)
    assert "img" not in {tag for tag, _ in parsed(html(pane.words))[0]}


def test_draw_without_people(filled: QuarterPage) -> None:
    """Drawing before anybody is named who inspects is asked about: people could then be named with a reason only."""
    pane = draw_pane(filled)
    pane.draw.click()
    assert filled.planner.drawn() is None
    pane.confirm.no.click()
    assert filled.planner.drawn() is None
    assert not pane.confirm.box.children
    draw_now(pane)
    assert filled.planner.drawn()
    assert "本年度还没有抽到的" in words(filled.screen.message)
    assert bytes(pane.chart.value).startswith(b"\x89PNG")


@pytest.mark.parametrize("between", [" ", "，", ",", "、", "\t", "　"])
def test_people_as_they_are_typed(filled: QuarterPage, between: str) -> None:
    """Between a name and a unit stands what people type there; a unit that the ledger lacks is pointed out."""
    pane = draw_pane(filled)
    pane.inspectors.value = f"王明{between}{OFFICE}\n李红{between}青禾县教委"
    pane.draw.click()
    entry = filled.planner.drawn()
    assert entry
    sponsors = {subject.id: subject.sponsor for subject in filled.planner.sheets().subjects}
    assert all(sponsors[one] != OFFICE for one, name in entry.value.assignment.items() if name == "王明")
    assert "青禾县教委" in words(filled.screen.message)


def test_sample_of_no_site(page: QuarterPage, tmp_path: Path) -> None:
    """A ledger of accounts only has no site to draw within; that is said, and not that the list is empty."""
    upload(page, quarter_file(tmp_path, LATER))
    pane = draw_pane(page).samples
    pane.list.value = "文件一"
    pane.draw.click()
    assert "没有选中网站" in words(page.screen.message)


def test_put_away(filled: QuarterPage) -> None:
    """A file that is put away is named, and the links to what was made of it go."""
    filled.tabs.value = "ledger"
    pane = filled.panes["ledger"]
    assert isinstance(pane, LedgerPane)
    pane.export.click()
    pane.files.put_away.click()
    assert "“台账.xlsx”不再使用" in words(filled.screen.message)
    assert pane.links.value == ""
    assert filled.planner.files.paths == ()


def test_make_batch(filled: QuarterPage) -> None:
    """The draw becomes a batch that the form can open; without an organiser, or twice, it is refused."""
    pane = draw_pane(filled)
    draw_now(pane)
    pane.make.click()
    assert "组织单位" in words(filled.screen.message)
    pane.organiser.value = OFFICE
    pane.make.click()
    assert "已建成批次" in words(filled.screen.message)
    (batch,) = filled._home.batches()
    with filled._home.open(batch.key) as store:
        assert len(store.subjects) == 5
    pane.make.click()
    assert "已有批次" in words(filled.screen.message)


def test_rules(filled: QuarterPage) -> None:
    """Packs are chosen once; breaches are listed by rule, charts are drawn, and the workbook is written."""
    pane = rules_pane(filled)
    pane.check.click()
    assert "没有选规则包" in words(filled.screen.message)
    checked(filled)
    assert filled.planner.chosen_packs == ("fengdu-2019",)
    assert "核查完毕" in words(filled.screen.message)
    assert "微信公众号上有 2 个账号" in words(pane.list)
    assert all(bytes(image.value).startswith(b"\x89PNG") for image in pane.charts)
    one = next(value for label, value in pane.rule.options if value and "台账写明没有备案" in _facts(pane, value))
    pane.rule.value = one
    assert "微信公众号上有 2 个账号" not in words(pane.list)
    pane.export.click()
    assert (filled._home.folder / "导出" / "2019Q4" / "规则核查结果.xlsx").exists()


def _facts(pane: RulesPane, rule_id: str) -> str:
    assert pane.compliance
    return "".join(breach.fact for breach in pane.compliance.breaches() if breach.rule.id == rule_id)


def test_reasons_of_what_is_unknown(filled: QuarterPage) -> None:
    """Why rules are unknown is on the page, with what to add."""
    pane = checked(filled)
    pane.part.value = "unknown"
    assert pane.reasons in pane.box.children
    assert "没有发布记录" in words(pane.reasons)
    assert "请：在工作表“发布记录”里" in words(pane.reasons)


def test_by_hand(filled: QuarterPage) -> None:
    """A rule by hand is judged with a click, a note and a picture; all of it is in the register at once."""
    pane = checked(filled)
    checklist = pane.checklist
    checklist.kind.value = next(kind for _, kind in checklist.kind.options if kind == "unit")
    checklist.thing.value = BUREAU
    target = checklist.rows.targets[0]
    display(checklist.rows.freshness)
    row = checklist.rows.row(target)
    assert row
    row.result.index = 1
    entry = filled.planner.register.judged(QUARTER)[BUREAU, target.code]
    assert (entry.actor, entry.value.outcome.name, entry.revision) == ("组织者", "FOUND", 1)
    checklist.note.value = "没有值班表。"
    (picture,) = sent_files(("一.png", b"abc"), kind="image/png")
    checklist.upload.value = (picture,)
    entry = filled.planner.register.judged(QUARTER)[BUREAU, target.code]
    assert entry.value.note == "没有值班表。"
    assert filled.planner.register.evidence(entry.value.screenshot) == b"abc"
    assert "没有值班表。" in html(row.words)
    pane.check.click()
    assert pane.compliance
    facts = [breach.fact for breach in pane.compliance.breaches() if breach.rule.id == target.code]
    assert facts == ["没有值班表。"]


def test_by_hand_in_a_file(page: QuarterPage, tmp_path: Path) -> None:
    """What a file of the quarter judges is shown with its words; a note added here leaves that judgement standing."""
    rule = "FD06"
    judged = f"""
| 规则核查 | 检查对象 | 规则编号 | 检查结果 | 问题说明 | 佐证 |
|          | {BUREAU} | {rule}   | 发现问题 | 没有制度。 | 会议记录{EVIL} |
"""
    upload(page, quarter_file(tmp_path, SITES, LATER, judged))
    checklist = checked(page).checklist
    checklist.kind.value = next(kind for _, kind in checklist.kind.options if kind == "unit")
    checklist.thing.value = BUREAU
    target = next(target for target in checklist.rows.targets if target.code == rule)
    display(checklist.rows.freshness)
    row = checklist.rows.row(target)
    assert row
    assert (row.result.index, "没有制度。" in html(row.words)) == (1, True)
    row.more.click()
    assert "img" not in {tag for tag, _ in parsed(html(checklist.shots))[0]}
    assert "会议记录" in words(checklist.shots)
    checklist.note.value = "仍没有制度。"
    entry = page.planner.register.judged(QUARTER)[BUREAU, rule]
    assert (entry.value.outcome.name, entry.value.note) == ("FOUND", "仍没有制度。")


def test_decisions(filled: QuarterPage) -> None:
    """What the rules suggest is shown with its reasons; another decision needs one; what was decided is listed."""
    checked(filled)
    filled.tabs.value = "decisions"
    pane = filled.panes["decisions"]
    assert isinstance(pane, DecisionsPane)
    account = next(value for _, value in pane.account.options if value == "a1")
    pane.account.value = account
    suggested = pane.outcome.value
    pane.outcome.value = next(str(outcome) for outcome in Disposal if str(outcome) != suggested)
    pane.record.click()
    assert "写明理由" in words(filled.screen.message)
    pane.reason.value = "群众需要。"
    pane.record.click()
    entry = filled.planner.register.decisions(QUARTER)["a1"]
    assert (entry.actor, entry.value.reason) == ("组织者", "群众需要。")
    assert "群众需要。" in words(pane.list)


def test_long_lists_are_searched(page: QuarterPage, tmp_path: Path) -> None:
    """Of more than five hundred the first two hundred are listed, how many there are is said, and a search finds all.

    A search looks at name, code and unit, however they are spelled; what was chosen stays as long as it is listed.
    """
    rows = "\n".join(f"| | c{number:03}x | 账号{number} | 新浪微博 | {OFFICE} | 正常 |" for number in range(600))
    heading = "| 账号台账 | 新媒体标识码 | 账号名称 | 账号类型 | 主办单位 | 账号状态 |"
    upload(
        page, quarter_file(tmp_path, SITES, f"{heading}\n{rows}\n| | z1 | 青禾教育 | 微信公众号 | {BUREAU} | 正常 |")
    )
    checklist = checked(page).checklist
    checklist.kind.value = next(kind for _, kind in checklist.kind.options if kind == "account")
    page.tabs.value = "decisions"
    pane = page.panes["decisions"]
    assert isinstance(pane, DecisionsPane)
    for chooser in (checklist.things, pane.accounts):
        if chooser is checklist.things:
            page.tabs.value, page.panes["rules"].part.value = "rules", "by_hand"  # type: ignore[attr-defined]
        else:
            page.tabs.value = "decisions"
        assert chooser.search in list(tree(page.box))
        assert (len(chooser.list.options), chooser.list.value) == (200, "c000x")
        assert "601" in words(chooser.words)
        for typed, first, number in (
            ("账号59", "c059x", 11),
            ("Ｃ599", "c599x", 1),
            (BUREAU, "z1", 1),
            ("没有", None, 0),
        ):
            chooser.search.value = typed
            assert (chooser.list.value, len(chooser.list.options)) == (first, number)
        chooser.search.value = "账号59"
        chooser.list.value = "c591x"
        chooser.search.value = ""
        assert chooser.list.value == "c000x"
        chooser.list.value = "c007x"
        chooser.search.value = "账号7"
        assert chooser.list.value == "c007x"


def test_suggestions_are_made_once_a_check(filled: QuarterPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Choosing accounts makes no suggestions anew; the next check does."""
    made: list[Compliance] = []

    def told(compliance: Compliance) -> list[Advice]:
        made.append(compliance)
        return advise(compliance)

    monkeypatch.setattr(decisions_pane, "advise", told)
    pane = checked(filled)
    filled.tabs.value = "decisions"
    accounts = filled.panes["decisions"]
    assert isinstance(accounts, DecisionsPane)
    for name in ("a2", "a4", "a1"):
        accounts.account.value = name
    assert len(made) == 1
    filled.tabs.value = "rules"
    pane.check.click()
    filled.tabs.value = "decisions"
    assert len(made) == 2


def test_another_quarter(filled: QuarterPage) -> None:
    """Another quarter has another ledger, and nothing of what was checked in this one."""
    pane = checked(filled)
    filled.quarter.value = QUARTER.before
    assert pane.compliance is None
    filled.tabs.value = "ledger"
    assert "2019年第三季度台账" in words(filled.panes["ledger"].box)


def test_choices_do_not_move_to_another_quarter(filled: QuarterPage) -> None:
    """What somebody chose for an account and did not record is not shown as chosen in another quarter."""
    checked(filled)
    filled.tabs.value = "decisions"
    pane = filled.panes["decisions"]
    assert isinstance(pane, DecisionsPane)
    pane.account.value = "a1"
    suggested = pane.outcome.value
    pane.outcome.value = next(str(outcome) for outcome in Disposal if str(outcome) != suggested)
    pane.reason.value = "只对这个季度。"
    filled.quarter.value = QUARTER.before
    rules_pane(filled).check.click()
    filled.tabs.value = "decisions"
    pane.account.value = "a1"
    assert pane.outcome.value == pane._advice["a1"].outcome
    assert pane.reason.value == ""


def test_what_was_typed_stays_with_its_account(filled: QuarterPage) -> None:
    """A reason typed for an account and not recorded is there when it is chosen again, in its quarter, and not else."""
    checked(filled)
    filled.tabs.value = "decisions"
    pane = filled.panes["decisions"]
    assert isinstance(pane, DecisionsPane)
    pane.account.value = "a1"
    suggested = pane.outcome.value
    other = pane.outcome.value = next(str(outcome) for outcome in Disposal if str(outcome) != suggested)
    pane.reason.value = "再看看。"
    pane.account.value = "a2"
    assert (pane.reason.value, pane.outcome.value) == ("", pane._advice["a2"].outcome)
    pane.reason.value = "粉丝多。"
    for _ in range(2):
        pane.account.value = "a1"
        assert (pane.reason.value, pane.outcome.value) == ("再看看。", other)
        pane.account.value = "a2"
        assert pane.reason.value == "粉丝多。"
    assert filled.planner.register.decisions(QUARTER) == {}
    pane.record.click()
    pane.account.value = "a1"
    pane.account.value = "a2"
    assert pane.reason.value == "粉丝多。"
    pane.reason.value = ""
    pane.account.value = "a1"
    pane.reason.value, pane.outcome.value = "", suggested
    pane.account.value = "a2"
    pane.account.value = "a1"
    assert (pane.reason.value, pane.outcome.value) == ("", suggested)
    assert list(filled.planner.register.decisions(QUARTER)) == ["a2"]


def test_files_changed_after_the_check(filled: QuarterPage, tmp_path: Path) -> None:
    """What was checked does not hold for other files: nothing of it is shown, written or decided on any more."""
    pane = checked(filled)
    filled.tabs.value = "ledger"
    upload(filled, quarter_file(tmp_path, SITES, EARLIER))
    filled.tabs.value = "rules"
    assert (pane.compliance, pane.export.disabled) == (None, True)
    filled.tabs.value = "decisions"
    assert "先在“规则核查”" in words(filled.panes["decisions"].box)
    checked(filled)
    assert pane.compliance is not None


def test_samples_stay_apart(filled: QuarterPage) -> None:
    """The sample year is taken into quarters that have no files, and never mixed with the files of an office."""
    filled.sample.click()
    assert [path.name for path in QuarterFiles(filled._home.folder, QUARTER).paths] == ["台账.xlsx"]
    assert [path.name for path in QuarterFiles(filled._home.folder, Quarter(2019, 1)).paths] == ["2019Q1.xlsx"]


def test_folders_of_other_programs(filled: QuarterPage, empty_home: Home) -> None:
    """A folder that another program put beside the quarters does not keep the page from opening."""
    (filled.planner.files.folder.parent / ".ipynb_checkpoints").mkdir()
    again = QuarterPage(empty_home, TODAY)
    assert again.quarter.value == QUARTER
    again.planner.close()


def test_opened_again(filled: QuarterPage, empty_home: Home) -> None:
    """Whoever opens the page again, as after a power cut, finds the quarter, its files and its draw."""
    draw_now(draw_pane(filled))
    again = QuarterPage(empty_home, TODAY)
    assert again.quarter.value == QUARTER
    assert "抽取 4 个账号" in words(draw_pane(again).box)
    again.planner.close()


def test_widgets_are_not_made_anew(filled: QuarterPage) -> None:
    """Going through panes and rules makes no more widgets than there were."""
    pane = checked(filled)
    things = [value for _, value in pane.checklist.thing.options]
    for thing in things:
        pane.checklist.thing.value = thing
    before = live()
    for name in ("ledger", "draw", "rules", "decisions", "rules"):
        filled.tabs.value = name
    for thing in things:
        pane.checklist.thing.value = thing
    assert live() == before
    assert all(isinstance(target, Target) for target in pane.checklist.rows.targets)


def test_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`plan` shows the page of the home that the environment names, or says why it cannot be used."""
    monkeypatch.delenv("GOVKIT_STORE", raising=False)
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "家"))
    assert "读取台账" in words(plan())
    (tmp_path / "文件").write_text("", encoding="utf-8")
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "文件"))
    assert "请：" in words(plan())
