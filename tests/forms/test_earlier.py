"""What earlier batches say of the same object, and phrases that were used before."""

import shutil
from dataclasses import replace
from datetime import date

from govkit.findings import Finding, Outcome
from govkit.forms.earlier import Earlier
from govkit.issues import Reported
from govkit.reading import read_spot_check
from govkit.rubric import load_rubric
from govkit.store import Change, Home, Store
from tests.forms.conftest import QUARTERS, SAMPLES
from tests.rectifying.cases import DEADLINE, ISSUE, NOTICE, case

FAILED, SITE = "9901230010", "9901230001"


def test_before(home: Home, store: Store) -> None:
    """The last quarter's finding of the same object and item; None where it recorded nothing."""
    earlier = Earlier(home, store.info)
    before = earlier.before(FAILED, "V1.1")
    assert before
    assert (before.batch.as_of, before.finding.outcome) == (date(2019, 12, 20), Outcome.FOUND)
    assert earlier.before(FAILED, "V1.2") is None
    assert earlier.before("unknown", "V1.1") is None
    assert any("劳记使命" in phrase for phrase in earlier.phrases(store, "V1.1"))
    earlier.close()


def test_nothing_earlier(home: Home) -> None:
    """The first batch has none before it, and a later one is none."""
    earlier = Earlier(home, home.batches()[-1])
    assert earlier.before(FAILED, "V1.1") is None
    with home.open(home.batches()[-1].key) as store:
        assert any("劳记使命" in phrase for phrase in earlier.phrases(store, "V1.1"))


def test_last_batch_with_the_object(home: Home, store: Store) -> None:
    """A batch between that did not have the object is passed over; one in which it was unchecked says nothing."""
    check = read_spot_check(SAMPLES / QUARTERS[1])
    subjects = tuple(subject for subject in check.subjects if subject.id != FAILED)
    unchecked = Finding(SITE, "V1.1", Outcome.UNCHECKED, note="待查")
    batch = replace(check.batch, name="专项检查", as_of=date(2020, 1, 20))
    between = replace(check, batch=batch, subjects=subjects, findings=(unchecked,))
    home.create(between, load_rubric("fengdu-2019"), "组织者").close()
    earlier = Earlier(home, store.info)
    before = earlier.before(FAILED, "V1.1")
    assert before
    assert before.batch.as_of == date(2019, 12, 20)
    assert earlier.before(SITE, "V1.1") is None
    earlier.close()


def test_batch_that_is_gone(home: Home, store: Store) -> None:
    """An earlier batch that cannot be opened keeps nobody from today's work."""
    earlier = Earlier(home, store.info)
    for path in home.folder.glob(f"{home.batches()[1].key}*"):
        path.unlink()
    assert earlier.before(FAILED, "V1.1") is None
    assert earlier.phrases(store, "V1.1") == []


def test_phrases(home: Home, store: Store) -> None:
    """Phrases of this batch stand first, each once; there are no more than a person can look through."""
    own = [f"说法 {number}" for number in range(20)]
    with home.open(store.info.key) as other:
        for subject, note in zip(other.subjects[:20], own, strict=True):
            answer = Finding(subject.id, "V1.1", Outcome.FOUND, note=note)
            other.write("李四", subject.id, [Change("V1.1", answer, 0)])
    earlier = Earlier(home, store.info)
    phrases = earlier.phrases(store, "V1.1")
    assert phrases == [phrase for phrase in dict.fromkeys(phrases) if phrase in own]
    assert len(phrases) == 12
    earlier.close()


def test_problems_that_are_followed(home: Home, store: Store) -> None:
    """What became of a problem of which the unit was told, by object and item; a register that is gone tells nothing."""
    issue = replace(ISSUE, subject_id=FAILED, item="V1.1")
    done = Reported(date(2020, 1, 8), "<b>已改正</b>")
    with home.register() as register:
        register.issue_notice("组织者", [issue], NOTICE, DEADLINE)
        register.rectify("张三", issue.id, done, 1)
    earlier = Earlier(home, store.info)
    assert earlier.problems(FAILED, "V1.1") == [case(done, issue=issue)]
    assert earlier.problems(FAILED, "V1.2") == earlier.problems(SITE, "V1.1") == []
    for path in home.folder.glob("登记簿*"):
        shutil.rmtree(path) if path.is_dir() else path.write_bytes(b"no database")
    assert Earlier(home, store.info).problems(FAILED, "V1.1") == []
