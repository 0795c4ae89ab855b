"""The register: what is kept of filings, draws, judgements and decisions, and who may change what."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from govkit.findings import Finding, Outcome
from govkit.ledger import PLATFORM, Action, FilingRecord, Kind, Subject
from govkit.sampling import Draw, Drawn, Ground, Past, draw_accounts, draw_lines
from govkit.season import Decision, Disposal
from govkit.store import (
    ConflictError,
    DrawnLines,
    Home,
    KeptDraw,
    OutdatedError,
    Register,
    Results,
    StoreError,
    Topic,
    Withdrawn,
)
from govkit.store.register_log import Key, append

FIRST, SECOND, THIRD = (2026, 1), (2026, 2), (2026, 3)
OPENED = FilingRecord("教委微博", Action.OPEN, date(2026, 1, 5), "张局长", "县政府办", date(2026, 1, 6))
CLOSED = FilingRecord("教委微博", Action.CLOSE, date(2026, 3, 1))
EARLIER = FilingRecord("a", Action.ALTER, date(2026, 1, 5))
RULE = Finding("县教委", "HB07", Outcome.FOUND, note="没有三审", screenshot="图.png")
KEEP = Decision("a", Disposal.KEEP, (), "更新正常")
ACCOUNTS = tuple(
    Subject(name, name, Kind.ACCOUNT, "县教委", details={PLATFORM: "微信公众号"}) for name in ("a", "b", "c", "d")
)


def drawn(quarter: tuple[int, int], *names: str) -> Draw:
    """A draw of some accounts."""
    chosen = tuple(Drawn(account, Ground.DRAWN, "0") for account in ACCOUNTS if account.id in names)
    return Draw("种子", quarter, len(ACCOUNTS), len(names), chosen)


def lines_of(pasted: Sequence[str], reason: str = "", seed: str = "种子") -> DrawnLines:
    """A sample of one guide."""
    chosen = tuple(draw_lines(pasted, 1, "0500230001", "D5", seed=seed))
    return DrawnLines("0500230001", "D5", 1, tuple(pasted), chosen, seed, reason)


def test_filings(home: Home, register: Register) -> None:
    """Filings come back by day, then by object, also after reopening; the same twice is one."""
    assert register.filings() == ()
    assert register.file("张三", [CLOSED, OPENED, EARLIER, OPENED]) == 3
    assert register.file("李四", [OPENED, replace(OPENED, approved_by="")]) == 1
    with home.register() as again:
        assert again.filings() == (EARLIER, OPENED, replace(OPENED, approved_by=""), CLOSED)
    assert register.file("李四", []) == 0


def test_filing_that_was_wrong(register: Register) -> None:
    """A filing is taken back with a reason, once, and stays in the history; it can be recorded again."""
    register.file("张三", [OPENED, CLOSED])
    with pytest.raises(StoreError, match=r"原因.*请："):
        register.withdraw("李四", OPENED, " ")
    assert register.withdraw("李四", OPENED, "录错了").value == Withdrawn(OPENED, "录错了")
    assert register.filings() == (CLOSED,)
    for absent in (OPENED, EARLIER):
        with pytest.raises(StoreError, match=r"没有这条备案记录.*请："):
            register.withdraw("李四", absent, "录错了")
    assert register.file("张三", [OPENED, CLOSED]) == 1
    assert register.filings() == (OPENED, CLOSED)
    lines = [(e.actor, e.revision, e.value) for e in register.history(Topic.FILING)]
    assert lines == [
        ("张三", 1, OPENED), ("张三", 1, CLOSED), ("李四", 2, Withdrawn(OPENED, "录错了")), ("张三", 3, OPENED)]  # fmt: skip


def test_draw_of_a_quarter(home: Home, register: Register) -> None:
    """A draw is kept with who inspects what; the same once more is one, and another quarter has its own."""
    draw = draw_accounts(ACCOUNTS, {}, FIRST, "种子")
    people = {"a": "张三", "0500230001": "李四"}
    assert register.draw(FIRST) is None
    kept = register.keep_draw("组织者", KeptDraw(draw, people))
    assert register.keep_draw("别人", KeptDraw(draw, people)) == kept
    register.keep_draw("组织者", KeptDraw(drawn(SECOND, "a"), {}))
    with home.register() as again:
        assert again.draw(FIRST) == kept
        assert (kept.value.draw, kept.value.assignment, kept.quarter) == (draw, people, FIRST)
        assert len(again.draws()) == 2


def test_second_draw_needs_a_reason(register: Register) -> None:
    """Another draw, or another assignment, is refused without a reason; with one, both stay and the last counts."""
    register.keep_draw("组织者", KeptDraw(drawn(FIRST, "a"), {"a": "张三"}))
    for draw, people in ((drawn(FIRST, "b"), {"a": "张三"}), (drawn(FIRST, "a"), {"a": "李四"})):
        with pytest.raises(StoreError, match=r"2026 年第 1 季度已经抽取过.*请：.*原因"):
            register.keep_draw("组织者", KeptDraw(draw, people, " "))
    register.keep_draw("组织者", KeptDraw(drawn(FIRST, "b"), {}, "台账有误"))
    counts = register.draw(FIRST)
    assert counts
    assert (counts.value.draw, counts.value.reason) == (drawn(FIRST, "b"), "台账有误")
    assert [entry.value.draw for entry in register.draws()] == [drawn(FIRST, "a"), drawn(FIRST, "b")]


def test_samples_within_a_site(register: Register) -> None:
    """A sample is kept with its list; the same once more is one, another one needs a reason, and both stay."""
    first = lines_of(["一", "二", "三"])
    kept = register.keep_lines("张三", FIRST, first)
    assert register.keep_lines("李四", FIRST, first) == kept
    register.keep_lines("张三", SECOND, first)
    assert register.lines(FIRST) == {("0500230001", "D5"): kept}
    with pytest.raises(StoreError, match=r"“0500230001”的 D5 在 2026 年第 1 季度.*请：.*原因"):
        register.keep_lines("张三", FIRST, lines_of(["一", "二"]))
    other = lines_of(["一", "二"], reason="有一条打不开")
    register.keep_lines("张三", FIRST, other)
    assert register.lines(FIRST)["0500230001", "D5"].value == other
    assert [e.value for e in register.history(Topic.LINES) if e.quarter == FIRST] == [first, other]


def test_past(register: Register) -> None:
    """When each account was drawn last and whether it failed then follows from draws and results."""
    assert register.past() == {}
    register.keep_draw("组织者", KeptDraw(drawn(FIRST, "a", "b"), {}))
    assert register.past() == {"a": Past(FIRST), "b": Past(FIRST)}
    register.keep_results("组织者", FIRST, ["a"], ["b"])
    register.keep_draw("组织者", KeptDraw(drawn(SECOND, "a", "c"), {}))
    register.keep_results("组织者", SECOND, {"d"}, {"a", "c"})
    known = {"a": Past(SECOND), "b": Past(FIRST), "c": Past(SECOND), "d": Past(SECOND, failed=True)}
    assert register.past() == known
    assert register.past(before=SECOND) == {"a": Past(FIRST, failed=True), "b": Past(FIRST)}
    register.keep_draw("组织者", KeptDraw(drawn(FIRST, "c"), {}, "重抽"))
    expected = {"a": Past(FIRST, failed=True), "b": Past(FIRST), "c": Past(FIRST)}
    assert register.past(before=SECOND) == expected


def test_failure_stands_until_results_are_told(register: Register) -> None:
    """Who failed is not forgotten where the results of the next quarter are not there yet; they may be corrected."""
    register.keep_draw("组织者", KeptDraw(drawn(FIRST, "a", "b"), {}))
    register.keep_results("组织者", FIRST, {"a"}, {"b"})
    register.keep_draw("组织者", KeptDraw(drawn(SECOND, "a", "b"), {}))
    assert register.past() == {"a": Past(SECOND, failed=True), "b": Past(SECOND)}
    for failed, passed in (({"a", "b"}, set()), ({"b"}, {"a"}), ({"b"}, {"a"})):
        register.keep_results("组织者", SECOND, failed, passed)
    assert register.past() == {"a": Past(SECOND), "b": Past(SECOND, failed=True)}
    assert len(list(register.history(Topic.RESULTS))) == 3
    register.keep_results("组织者", THIRD, set(), set())
    assert register.past()["b"] == Past(SECOND, failed=True)


def test_past_under_another_identifier(register: Register) -> None:
    """What a draw says of other identifiers is followed, over several quarters, also by results told later."""
    register.keep_draw("组织者", KeptDraw(drawn(FIRST, "a", "b"), {}))
    register.keep_draw("组织者", KeptDraw(drawn(SECOND, "c"), {}, "", {"a": "d"}))
    register.keep_results("组织者", FIRST, {"a"}, {"b"})
    assert register.past() == {"b": Past(FIRST), "c": Past(SECOND), "d": Past(FIRST, failed=True)}
    register.keep_draw("组织者", KeptDraw(drawn(THIRD, "c"), {}, "", {"d": "b", "b": "e"}))
    assert register.past() == {"b": Past(FIRST, failed=True), "c": Past(THIRD), "e": Past(FIRST)}
    assert register.past(before=SECOND) == {"a": Past(FIRST, failed=True), "b": Past(FIRST)}


def test_results_in_several_pieces(register: Register) -> None:
    """What is told of a quarter later is added; of the same account it counts, and what is incomplete stays as it was.

    Who was inspected without having been drawn counts as drawn in that quarter.
    """
    register.keep_results("组织者", FIRST, {"a", "c"}, {"b"})
    register.keep_draw("组织者", KeptDraw(drawn(SECOND, "a", "b"), {}))
    register.keep_results("组织者", SECOND, {"b"}, set())
    register.keep_results("组织者", SECOND, {"d"}, {"c"})
    assert register.past() == {
        "a": Past(SECOND, failed=True),
        "b": Past(SECOND, failed=True),
        "c": Past(SECOND),
        "d": Past(SECOND, failed=True),
    }
    register.keep_results("组织者", SECOND, {"c"}, {"d"})
    past = register.past()
    assert (past["b"], past["c"]) == (Past(SECOND, failed=True), Past(SECOND, failed=True))
    assert past["d"] == Past(SECOND)


def test_results_of_an_earlier_version(register: Register) -> None:
    """Where only failures were told, all others that were drawn passed; what is told since is added to that."""
    register.keep_results("组织者", FIRST, {"a", "b"}, set())
    register.keep_draw("组织者", KeptDraw(drawn(SECOND, "a", "b"), {}))
    with register._writing() as connection:
        append(connection, "组织者", Key(Topic.RESULTS, SECOND), Results(frozenset({"b"}), None), None)
    known = {"a": Past(SECOND), "b": Past(SECOND, failed=True)}
    assert register.past() == known
    register.keep_results("组织者", SECOND, {"d"}, set())
    assert register.past() == known | {"d": Past(SECOND, failed=True)}


def test_rules_judged_by_hand(home: Home, register: Register) -> None:
    """The last judgement of a rule counts, in its quarter; the ones before stay in the history."""
    kept = register.judge("张三", FIRST, RULE, 0)
    assert register.judged(FIRST) == {("县教委", "HB07"): kept}
    assert register.judged(SECOND) == {}
    clear = replace(RULE, outcome=Outcome.CLEAR, note="")
    register.judge("李四", FIRST, clear, kept.revision)
    register.judge("李四", SECOND, RULE, 0)
    register.judge("李四", FIRST, replace(RULE, item="HB08"), 0)
    with home.register() as again:
        judged = again.judged(FIRST)
        assert {key: (entry.value, entry.revision) for key, entry in judged.items()} == {
            ("县教委", "HB07"): (clear, 2), ("县教委", "HB08"): (replace(RULE, item="HB08"), 1)}  # fmt: skip
    assert [e.value for e in register.history(Topic.RULE, "县教委") if e.item == "HB07"] == [RULE, clear, RULE]


def test_stale_judgement_is_refused(register: Register) -> None:
    """Who judges on what was changed since gets the other's entry, and nothing is written."""
    theirs = register.judge("李四", FIRST, RULE, 0)
    for revision in (0, 2):
        with pytest.raises(ConflictError, match=r"HB07 刚被 李四 改过.*请：") as raised:
            register.judge("张三", FIRST, replace(RULE, note="我的"), revision)
        assert isinstance(raised.value, OutdatedError)
        assert (raised.value.standing, raised.value.theirs) == (theirs, ())
    assert register.judged(FIRST) == {("县教委", "HB07"): theirs}


def test_decisions(register: Register) -> None:
    """The last decision on an account counts, in its quarter; a decision on what was changed since is refused."""
    kept = register.decide("组织者", FIRST, KEEP, 0)
    close = Decision("a", Disposal.CLOSE, ("僵尸账号", "长期不更新"), "停更半年")
    register.decide("组织者", FIRST, close, kept.revision)
    register.decide("组织者", SECOND, KEEP, 0)
    assert {name: entry.value for name, entry in register.decisions(FIRST).items()} == {"a": close}
    with pytest.raises(OutdatedError, match=r"a 刚被 组织者 改过.*请："):
        register.decide("张三", FIRST, KEEP, kept.revision)
    assert [entry.value for entry in register.history(Topic.DECISION, "a")] == [KEEP, close, KEEP]


def test_history(register: Register) -> None:
    """The history tells who did what when, oldest first; of one topic or object, where they are given."""
    before = datetime.now(UTC)
    register.file("张三", [EARLIER])
    register.judge("李四", FIRST, RULE, 0)
    register.decide("王五", FIRST, KEEP, 0)
    lines = list(register.history())
    assert [(e.actor, e.topic, e.quarter, e.subject_id, e.item) for e in lines[1:]] == [
        ("李四", Topic.RULE, FIRST, "县教委", "HB07"), ("王五", Topic.DECISION, FIRST, "a", "")]  # fmt: skip
    assert [e.seq for e in lines] == sorted({e.seq for e in lines})
    assert all(e.at.tzinfo == UTC and timedelta(seconds=-5) < e.at - before < timedelta(minutes=1) for e in lines)
    assert [e.actor for e in register.history(subject_id="a")] == ["张三", "王五"]
    assert [e.actor for e in register.history(Topic.DECISION)] == ["王五"]
    assert list(register.history(Topic.RULE, "a")) == []


@pytest.mark.parametrize("quarter", [(2026, 0), (2026, 5)])
def test_no_such_quarter(register: Register, quarter: tuple[int, int]) -> None:
    """A year has four quarters; others are mistakes of the caller."""
    with pytest.raises(ValueError, match="2026"):
        register.judge("张三", quarter, RULE, 0)
    with pytest.raises(ValueError, match="2026"):
        register.decisions(quarter)
    with pytest.raises(ValueError, match="2026"):
        register.keep_draw("张三", KeptDraw(drawn(quarter, "a"), {}))
    assert list(register.history()) == []


def test_pictures(home: Home, register: Register) -> None:
    """A picture is kept by its hash, and found after reopening; beside a file it is in a folder of the register."""
    name = register.keep_evidence(b"shot", ".PNG")
    with home.register() as again:
        assert again.evidence(name) == b"shot"
        assert again.evidence("0" * 64 + ".png") is None
    assert register.database.schema or (home.folder / "登记簿的截图" / name).read_bytes() == b"shot"
    with pytest.raises(StoreError, match="请："):
        register.evidence("../x.png")


def test_database_refuses_to_change_the_register(register: Register) -> None:
    """What is in the register stays, also where somebody comes with SQL of their own; no revision is there twice."""
    register.file("张三", [OPENED])
    before = list(register.history())
    schema = register.database.schema
    own = "TRUNCATE log" if schema else "INSERT OR REPLACE INTO log SELECT * FROM log"
    columns = "at, actor, topic, quarter, subject_id, item, revision, value"
    copy = f"INSERT INTO log ({columns}) SELECT {columns} FROM log"  # noqa: S608
    for statement, error in (
        ("UPDATE log SET value = 'null'", "append-only"), ("DELETE FROM log", "append-only"), (own, "append-only"),
        (copy, "append-only|unique"),
    ):  # fmt: skip
        named = statement.replace(" log", f' "{schema}".log') if schema else statement
        with pytest.raises(DBAPIError, match=error), register.database.engine.begin() as connection:
            connection.execute(text(named))
    assert list(register.history()) == before
