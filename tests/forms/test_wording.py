"""What the forms say: nothing that comes from a workbook or a person is ever more than text."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

import pytest

from govkit.findings import Batch, Finding, Measurement, Outcome, SpotCheck
from govkit.forms import wording
from govkit.forms.desk import Desk
from govkit.forms.workbench import Workbench
from govkit.issues import Reported
from govkit.ledger import Kind, Subject
from govkit.rubric import load_rubric
from govkit.store import Home
from tests.forms.browser import Clockwork, click_result, html, look_at, open_details, parsed, tree, words
from tests.forms.conftest import NOW
from tests.rectifying.cases import DEADLINE, ISSUE, NOTICE

TAG = "<img src=x onerror=alert(1)>"
EVIL = f"{TAG}\"'{{braces}}{{0.__class__}}"
SCRIPT = "javascript:alert(1)"
SUBJECTS = (
    Subject("s<1>", f"名称{EVIL}", Kind.SITE, f"主办{EVIL}", service=False, details={"首页网址": SCRIPT}),
    Subject("s<2>", EVIL, Kind.SITE, EVIL, service=True, details={"首页网址": f"http://a.example/{EVIL}"}),
    Subject("a<1>", EVIL, Kind.ACCOUNT, EVIL, details={"主页地址": "data:text/html,<script>alert(1)</script>"}),
)
TAGS = {"style", "div", "span", "b", "br", "ul", "li", "a", "img", "table", "tr", "th", "td"}
ATTRIBUTES = {"class", "role", "href", "target", "rel", "download", "src", "alt", "title"}


def hostile(name: str, as_of: date) -> SpotCheck:
    """A batch in which every field that reaches a page tries to be more than text."""
    findings = [
        Finding(
            subject.id, code, outcome, None, f"说明{EVIL}\n第二行", url, f"截图{EVIL}；{SCRIPT}",
            f"检查人{EVIL}", NOW, {EVIL: EVIL},
        )
        for subject, codes in zip(SUBJECTS, (("V1.1", "D1.1"), ("D1.1", "B1.1"), ("M1.1", "M1.2")), strict=True)
        for code, outcome, url in zip(codes, (Outcome.FOUND, Outcome.NOT_APPLICABLE), (SCRIPT, EVIL), strict=True)
    ]  # fmt: skip
    at = datetime(2020, 3, 1)  # noqa: DTZ001
    measured = [Measurement("s<1>", "空白栏目数", Fraction(3), at), Measurement("s<2>", "空白栏目数", Fraction(4), at)]
    return SpotCheck(Batch(name, as_of, "fengdu-2019", EVIL, EVIL), SUBJECTS, tuple(findings), tuple(measured))


@pytest.fixture
def hostile_bench(empty_home: Home) -> Iterator[Workbench]:
    """A workbench at such a batch, with another such batch before it; the person's name is no better."""
    rubric = load_rubric("fengdu-2019")
    for name, as_of in ((f"上季{EVIL}", date(2019, 12, 20)), (f"本季{EVIL}", date(2020, 3, 20))):
        empty_home.create(hostile(name, as_of), rubric, f"组织者{EVIL}").close()
    problem = replace(ISSUE, source=f"上季{EVIL}", subject_id="s<1>", item="V1.1")
    with empty_home.register() as register:
        register.issue_notice("组织者", [problem], NOTICE, DEADLINE)
        register.rectify("张三", problem.id, Reported(date(2020, 1, 8), f"已改正{EVIL}"), 1)
    empty_home.set_inspector(f"张三{EVIL}")
    bench = Workbench(empty_home, empty_home.batches(), Clockwork())
    yield bench
    bench.earlier.close()
    bench.desk.store.close()


def check_html(text: str) -> None:
    """A browser finds no tag, no attribute and no address in it that the forms do not make themselves."""
    tags, _ = parsed(text)
    assert {tag for tag, _ in tags} <= TAGS
    assert {name for _, attributes in tags for name in attributes} <= ATTRIBUTES
    for tag, attributes in tags:
        address = attributes.get("href") or attributes.get("src") or ""
        if tag == "a":
            assert address.startswith(("http://", "https://", "data:application/", "data:image/")), address
        if tag == "img":
            assert address.startswith("data:image/"), address


def test_every_screen(hostile_bench: Workbench) -> None:
    """Names, sponsors, notes, addresses, inspectors, batches and screenshots are text on every screen of the form."""
    bench = hostile_bench
    seen = ""
    for subject in SUBJECTS:
        bench.object.value = subject.id
        form = bench.object_form
        for at in range(len(form.tabs.options)):
            form.tabs.index = at
            for target in form.rows.targets if form.rows else ():
                form.open_details(target)
                check_html(html(bench.box))
                seen += html(form.details.box)
            seen += html(bench.box)
            check_html(html(bench.box))
    bench.mode.value = "item"
    assert bench.item_form
    for code in ("V1.1", "D1.1", "M1.1"):
        bench.item_form.item.value = code
        seen += html(bench.box)
        check_html(html(bench.box))
    _, text = parsed(seen)
    for piece in (
        f"名称{EVIL}",
        f"主办{EVIL}",
        f"说明{EVIL}",
        f"检查人{EVIL}",
        f"上季{EVIL}",
        f"截图{EVIL}",
        f"已改正{EVIL}",
        SCRIPT,
    ):
        assert piece in text


def test_every_message(hostile_bench: Workbench) -> None:
    """Clashes, refusals, questions, who else is here, and what is written say names as text, too."""
    bench = hostile_bench
    form = bench.object_form
    other = Desk(bench.desk.store, lambda: f"李四{EVIL}", "other", lambda: NOW)
    other.open("s<1>")
    bench.look_around()
    bench.refresh()
    assert f"李四{EVIL}" in parsed(html(bench.box))[1]
    other.judge("s<1>", "V1.2", Outcome.FOUND)
    click_result(form, "s<1>", "V1.2", "未发现")
    assert f"李四{EVIL}" in parsed(html(form.clash.box))[1]
    check_html(html(bench.box))
    open_details(form, "s<1>", "V1.1")
    form.details.upload.value = (
        {"name": f"{EVIL}.exe", "type": "x", "size": 1, "content": b"x", "last_modified": NOW},
    )
    assert f"{EVIL}.exe" in parsed(html(bench.box))[1]
    check_html(html(bench.box))
    open_details(form, "s<1>", "V4.3")
    form.details.measured[0].value = EVIL
    assert EVIL in parsed(html(bench.box))[1]
    check_html(html(bench.box))
    form.tabs.index = len(form.tabs.options) - 1
    form.conclusion.export.click()
    assert "已写好" in words(bench.box)
    check_html(html(bench.box))
    form.conclusion.buttons["submit"].click()
    form.conclusion.reason.value = EVIL
    form.conclusion.buttons["send_back"].click()
    assert f"原因：{EVIL}" in parsed(html(bench.box))[1]
    check_html(html(bench.box))
    bench.mode.value = "item"
    assert bench.item_form
    bench.item_form.item.value = "D2.1"
    look_at(bench.item_form)
    bench.item_form.rest.click()
    assert EVIL in parsed(html(bench.item_form.confirm.box))[1]
    check_html(html(bench.box))


def test_labels_are_text(hostile_bench: Workbench) -> None:
    """No label is taken for HTML by a widget."""
    for widget in tree(hostile_bench.box):
        assert not getattr(widget, "description_allow_html", False)


def test_answer_in_one_line(desk: Desk) -> None:
    """An answer is said as result, number or level, note, address and screenshots; a bonus has its own words."""
    items, row_of = desk.rubric.items, desk.rubric.row_of
    answer = Finding("1", "D7.1", Outcome.FOUND, 2, "两个\n说明", "http://a.example", "a.png；b.png")

    def said(finding: Finding) -> str:
        return wording.answer_words(finding, row_of[finding.item].part, items[finding.item])

    unit = items["D7.1"].unit
    assert said(answer) == f"发现问题 2 {unit}，两个 说明，http://a.example，截图 2 张"
    assert said(replace(answer, item="D12.2", note="", url="", screenshot="")) == "发现问题 扣2分"
    assert said(Finding("1", "B1.1", Outcome.FOUND, 1)) == "符合 得1分"
    assert said(Finding("1", "B1.1", Outcome.CLEAR)) == "不符合"


def test_figure(desk: Desk) -> None:
    """The bar shows the total, the totals still possible, or in words that there is none."""
    site, account = "9901230001", "9901230001001001"
    assert wording.figure(desk.case(site)).startswith("可能得分 ")
    assert wording.figure(desk.case(account)) == ""
    case = desk.clear_rest(site, list(desk.case(site).judgements))
    assert wording.figure(case) == "最后得分 100.00"
    assert wording.figure(desk.judge(site, "V1.1", Outcome.FOUND)) == "不再评分"
    assert wording.figure(desk.judge(account, "M1.1", Outcome.FOUND)) == ""
