"""The log: what is appended, what follows from it, and who may not write."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from govkit.findings import Filing, Finding, Measurement, Outcome, Stage
from govkit.rubric import load_rubric
from govkit.store import FILING, Change, ConflictError, FrozenError, Store
from tests.store.examples import ACCOUNT, CHECK, OTHER, SITE, change, found, write

REVIEWED = Filing(Stage.REVIEWED, 1, "张三", datetime(2020, 1, 2, tzinfo=UTC), "李四", datetime(2020, 1, 3, tzinfo=UTC))


def file_as(store: Store, filing: Filing, subject_id: str = SITE) -> None:
    """Log a step on the way to filed."""
    store.write(filing.inspector, subject_id, [Change(FILING, filing, store.record(subject_id).revision(FILING))])


def test_what_is_in_a_new_batch(store: Store) -> None:
    """A new batch has its objects, its pinned rubric with the same hash, and the workbook's contents as one step."""
    assert store.batch == CHECK.batch
    assert store.subjects == CHECK.subjects
    assert store.rubric == load_rubric("fengdu-2019")
    assert store.rubric.sha256 == load_rubric("fengdu-2019").sha256
    entries = list(store.history())
    assert len({entry.step for entry in entries}) == 1
    assert {(entry.actor, entry.revision) for entry in entries} == {("组织者", 1)}
    record = store.record(SITE)
    assert record.findings == {"D1.2": CHECK.findings[0]}
    assert sorted(record.measurements, key=str) == sorted(CHECK.measurements, key=str)
    assert record.filing == Filing()


def test_state_follows_from_the_log(store: Store) -> None:
    """The last entry of an item counts; the ones before stay in the log, with who wrote them when."""
    before = datetime.now(UTC)
    write(store, "张三", found(note="甲"), found("D2.1"))
    write(store, "李四", found(note="乙"))
    store.write("李四", SITE, [Change("D1.2", None, 1)])
    record = store.record(SITE)
    assert record.findings == {"D1.1": found(note="乙"), "D2.1": found("D2.1")}
    assert [record.revision(item) for item in ("D1.1", "D2.1", "D1.2", "D3.1")] == [2, 1, 2, 0]
    lines = list(store.history(SITE, "D1.1"))
    assert [(line.actor, line.revision, line.value) for line in lines] == [
        ("张三", 1, found(note="甲")), ("李四", 2, found(note="乙"))]  # fmt: skip
    assert all(timedelta(seconds=-5) < line.at - before < timedelta(minutes=1) for line in lines)
    assert all(line.at.tzinfo == UTC for line in lines)


def test_write_returns_what_stands_in_the_log(store: Store) -> None:
    """The entries that `write` returns are those that the log then has, of one step."""
    value = (Measurement(SITE, "访问次数", date(2019, 1, 1)),)
    entries = store.write("张三", SITE, [Change("访问次数", value, 1), Change("D1.1", found(), 0)])
    assert tuple(store.history(SITE))[-2:] == entries
    assert entries[0].step == entries[1].step
    assert store.record(SITE).measurements[-1:] == value


def test_records_in_ledger_order(store: Store) -> None:
    """`records` gives every object once, also those with nothing, as `record` gives it."""
    write(store, "张三", found("M1.1", subject_id=ACCOUNT))
    write(store, "张三", found())
    assert list(store.records()) == [store.record(subject.id) for subject in CHECK.subjects]


def test_stale_write_is_refused(store: Store) -> None:
    """Who writes on an earlier revision gets the other's entry, and nothing of the step is written."""
    mine = change(store, found(note="我的"))
    write(store, "李四", found(note="他的"))
    with pytest.raises(ConflictError, match=r"D1\.1.*李四.*请：") as raised:
        store.write("张三", SITE, [Change("D2.1", found("D2.1"), 0), mine])
    assert [entry.value for entry in raised.value.theirs] == [found(note="他的")]
    assert raised.value.yours == (mine,)
    assert "D2.1" not in store.record(SITE).entries
    with pytest.raises(ConflictError) as raised:
        store.write("张三", SITE, [Change("D3.1", found("D3.1"), 4)])
    assert raised.value.theirs == ()


def test_frozen_takes_no_answers(store: Store) -> None:
    """A submitted or reviewed object takes no answers and no quantities; sent back, it does again."""
    file_as(store, Filing(Stage.SUBMITTED, 1, "张三", datetime(2020, 1, 2, tzinfo=UTC)))
    with pytest.raises(FrozenError, match=r"已提交.*请：") as raised:
        store.write("张三", SITE, [change(store, found())])
    assert raised.value.filing.stage == Stage.SUBMITTED
    with pytest.raises(FrozenError):
        store.write("张三", SITE, [Change("访问次数", None, 1)])
    file_as(store, Filing(Stage.CHECKING, 1, "张三", reason="缺截图"))
    write(store, "张三", found())
    write(store, "张三", found("D2.1", subject_id=OTHER))


def test_last_answers_may_come_with_the_submission(store: Store) -> None:
    """Answers and the submission may be one step; a second submission on the same revision is refused."""
    submitted = Filing(Stage.SUBMITTED, 1, "张三")
    store.write("张三", SITE, [change(store, found()), Change(FILING, submitted, 0)])
    assert store.record(SITE).filing == submitted
    with pytest.raises(ConflictError):
        store.write("李四", SITE, [Change(FILING, submitted, 0)])


def test_filing_rests_on_what_was_seen(store: Store) -> None:
    """An object moves on only as it was seen: an answer that came in since stops it, and nothing is written."""
    seen = store.record(SITE)
    write(store, "李四", found())
    with pytest.raises(ConflictError) as caught:
        store.file("张三", seen, REVIEWED)
    assert [entry.item for entry in caught.value.theirs] == ["D1.1"]
    assert store.record(SITE).filing == Filing()
    entry = store.file("张三", store.record(SITE), REVIEWED)
    assert store.record(SITE).entries[FILING] == entry
    assert store.record(SITE).filing == REVIEWED


def test_reviewed_versions_stay_readable(store: Store) -> None:
    """After a correction, an object can still be read as it was when each version was reviewed."""
    write(store, "张三", found(note="第一版"))
    file_as(store, REVIEWED)
    assert store.record(SITE, 1).findings["D1.1"].note == "第一版"
    file_as(store, Filing(Stage.CHECKING, 2, "张三", reason="更正"))
    write(store, "张三", found(note="第二版"), found("D2.1"))
    file_as(store, replace(REVIEWED, version=2))
    first, second = store.record(SITE, 1), store.record(SITE, 2)
    assert first.findings == {"D1.1": found(note="第一版"), "D1.2": CHECK.findings[0]}
    assert (first.filing, second.filing) == (REVIEWED, replace(REVIEWED, version=2))
    assert second.findings["D1.1"].note == "第二版"
    assert [entry.value for entry in store.versions(SITE)] == [first.filing, second.filing]
    for wrong in (0, 3):
        with pytest.raises(KeyError):
            store.record(SITE, wrong)


def test_what_no_form_can_mean(store: Store) -> None:
    """Unknown items, values of other items or objects, and two changes of one item are mistakes of the caller."""
    for changes in (
        [Change("D99.1", None, 0)],
        [Change("D1.1", found("D1.2"), 0)],
        [Change("D1.1", found(subject_id=OTHER), 0)],
        [Change("D1.1", Filing(), 0)],
        [Change(FILING, None, 0)],
        [Change("访问次数", found(), 0)],
        [Change("访问次数", (Measurement(OTHER, "访问次数", date(2019, 1, 1)),), 0)],
        [Change("D1.1", None, 0), Change("D1.1", None, 0)],
    ):
        with pytest.raises(ValueError, match="Change"):
            store.write("张三", SITE, changes)
    with pytest.raises(KeyError):
        store.write("张三", "没有", [Change("D1.1", None, 0)])
    assert len(list(store.history())) == 4


def test_database_refuses_to_change_the_log(store: Store) -> None:
    """What is in the log stays, also where somebody comes with SQL of their own."""
    before = list(store.history())
    schema = store.database.schema
    own = "TRUNCATE log" if schema else "INSERT OR REPLACE INTO log SELECT * FROM log WHERE seq = 1"
    for statement in ("UPDATE log SET value = 'null'", "DELETE FROM log WHERE seq = 1", own):
        named = statement.replace(" log", f' "{schema}".log') if schema else statement
        with pytest.raises(DBAPIError, match="append-only"), store.database.engine.begin() as connection:
            connection.execute(text(named))
    assert list(store.history()) == before


def test_database_refuses_a_revision_twice(store: Store) -> None:
    """The database itself holds that an item has each revision once."""
    name = f'"{store.database.schema}".log' if store.database.schema else "log"
    columns = "at, actor, subject_id, item, revision, value, step, undoes"
    copy = f"INSERT INTO {name} ({columns}) SELECT {columns} FROM {name} WHERE seq = 1"  # noqa: S608
    with pytest.raises(IntegrityError), store.database.engine.begin() as connection:
        connection.execute(text(copy))


def test_notes(store: Store) -> None:
    """Notes used before for an item, those of the most objects first; each object counts once."""
    for note in ("邮编有误", "电话有误", "邮编有误", "邮编有误"):
        write(store, "张三", found("D1.2", note=note))
    write(store, "张三", found("D1.2", note="电话有误", subject_id=OTHER))
    write(store, "张三", Finding(OTHER, "D1.2", Outcome.CLEAR))
    assert store.notes("D1.2") == ["电话有误", "邮编有误"]
    assert store.notes("D1.2", limit=1) == ["电话有误"]
    assert store.notes("D3.1") == []
