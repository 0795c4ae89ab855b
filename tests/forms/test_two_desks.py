"""Two people at one batch, doing anything in any order, held against a naive model of what must be recorded."""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from govkit.findings import Finding, Outcome
from govkit.forms.desk import Desk
from govkit.forms.errors import Clash, Refusal
from govkit.store import Entry, open_home
from tests.forms.conftest import NOW

Key = tuple[str, str]

SUBJECTS = ("9901230001", "9901230002")
ITEMS = ("D1.1", "D1.2", "D2.1")
ACTORS = ("张三", "李四")
TEXTS = ("电", "电话", "电话打不通", "<b>{x}</b>\n第二行", "")
KEYS = [(subject_id, item) for subject_id in SUBJECTS for item in ITEMS]

actors = st.sampled_from(ACTORS)
subjects = st.sampled_from(SUBJECTS)
keys = st.sampled_from(KEYS)
outcomes = st.sampled_from([Outcome.UNCHECKED, Outcome.CLEAR, Outcome.FOUND, Outcome.CANNOT_TELL])


class Model:
    """What must be recorded: every value that an item ever had, and what each person is typing."""

    def __init__(self) -> None:
        self.values: dict[Key, list[Finding | None]] = {key: [] for key in KEYS}
        self.drafts: dict[tuple[str, Key], tuple[int, Finding]] = {}

    def now(self, key: Key) -> Finding | None:
        """What stands at an item."""
        return self.values[key][-1] if self.values[key] else None

    def write(self, actor: str, values: Sequence[Finding]) -> None:
        """An answer: what its person was typing there is done."""
        for value in values:
            self.values[value.subject_id, value.item].append(value)
            self.drafts.pop((actor, (value.subject_id, value.item)), None)

    def settle(self, subject_id: str) -> None:
        """What was typed at an object becomes a value, in the order in which it was typed, where nothing came between."""
        for (actor, key), (basis, value) in list(self.drafts.items()):
            if key[0] == subject_id and basis == len(self.values[key]):
                self.write(actor, [value])


class TwoDesks(RuleBasedStateMachine):
    """Two desks over one store. What a desk has acknowledged goes into the model; a clash changes nothing."""

    quarters: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        home = open_home({"GOVKIT_HOME": str(shutil.copytree(self.quarters, self.folder / "home"))})
        key = home.batches()[0].key
        self.desks = {actor: Desk(home.open(key), lambda a=actor: a, actor, lambda: NOW) for actor in ACTORS}  # type: ignore[misc]
        self.outside = home.open(key)
        self.model = Model()
        self.typing: dict[str, Key] = {}
        self.log: list[Entry] = []

    def teardown(self) -> None:
        """Close everything."""
        for store in (self.outside, *(desk.store for desk in self.desks.values())):
            store.close()
        shutil.rmtree(self.folder)

    def end_typing(self, actor: str) -> None:
        """What an action of a person does first. A clash is asked about at once, and theirs is chosen."""
        desk, key = self.desks[actor], self.typing.pop(actor, None)
        if key:
            self.model.settle(key[0])
        try:
            desk.settle()
        except Clash as clash:
            self.choose(actor, clash, self.model.drafts[actor, key or ("", "")][1], mine=False)

    def choose(self, actor: str, clash: Clash, wanted: Finding, *, mine: bool) -> None:
        """Both answers are there; the person takes one."""
        desk, key = self.desks[actor], (clash.mine.subject_id, clash.mine.item)
        assert (clash.mine, clash.theirs.value) == (wanted, self.model.now(key))
        if mine:
            desk.answer(clash.mine)
            self.model.write(actor, [clash.mine])
        else:
            desk.give_way(clash.mine)
            self.model.drafts.pop((actor, key), None)

    @rule(actor=actors, key=keys, outcome=outcomes, mine=st.booleans())
    def judge(self, actor: str, key: Key, outcome: Outcome, *, mine: bool) -> None:
        """A click: it is recorded on top of what stands there, or clashes because something else does."""
        self.end_typing(actor)
        desk, shown = self.desks[actor], self.desks[actor].case(key[0]).finding(key[1])
        wanted = replace(shown, outcome=outcome, count=None, inspector=actor, checked_at=NOW)
        try:
            desk.judge(*key, outcome)
        except Clash as clash:
            self.choose(actor, clash, wanted, mine=mine)
        else:
            assert shown == (self.model.now(key) or Finding(*key, Outcome.UNCHECKED))
            self.model.write(actor, [wanted])

    @rule(actor=actors, key=keys, text=st.sampled_from(TEXTS), mine=st.booleans())
    def type_text(self, actor: str, key: Key, text: str, *, mine: bool) -> None:
        """A key: it is on the disk, or clashes; at another item it ends the typing before."""
        if self.typing.get(actor) != key:
            self.end_typing(actor)
        desk, shown = self.desks[actor], self.desks[actor].case(key[0]).finding(key[1])
        wanted = replace(shown, note=text)
        wanted = wanted if wanted.inspector else replace(wanted, inspector=actor, checked_at=NOW)
        try:
            desk.type_text(*key, note=text)
        except Clash as clash:
            self.typing.pop(actor, None)
            self.choose(actor, clash, wanted, mine=mine)
        else:
            self.typing[actor] = key
            self.model.drafts.pop((actor, key), None)
            self.model.drafts[actor, key] = (len(self.model.values[key]), wanted)

    @rule(actor=actors, subject_id=subjects)
    def clear_rest(self, actor: str, subject_id: str) -> None:
        """“其余未发现”: all that is shown as open, or nothing at all."""
        self.end_typing(actor)
        desk = self.desks[actor]
        left = [desk.case(subject_id).finding(code) for code in desk.unchecked(desk.case(subject_id), ITEMS)]
        wanted = [replace(f, outcome=Outcome.CLEAR, count=None, inspector=actor, checked_at=NOW) for f in left]
        try:
            desk.clear_rest(subject_id, ITEMS)
        except Clash:
            pass
        else:
            self.model.write(actor, wanted)

    @rule(actor=actors, subject_id=subjects)
    def undo(self, actor: str, subject_id: str) -> None:
        """The last step is taken back to exactly what stood there before, or refused."""
        self.end_typing(actor)
        desk = self.desks[actor]
        step = desk.undoable(subject_id)
        try:
            desk.undo(subject_id)
        except Refusal:
            return
        for entry in step:
            values = self.model.values[subject_id, entry.item]
            values.append(values[entry.revision - 2] if entry.revision > 1 else None)

    @rule(actor=actors, subject_id=subjects)
    def open(self, actor: str, subject_id: str) -> None:
        """Whoever opens an object takes in what anybody was typing there."""
        self.end_typing(actor)
        self.desks[actor].open(subject_id)
        self.model.settle(subject_id)

    @rule(actor=actors, subject_id=subjects)
    def look_around(self, actor: str, subject_id: str) -> None:
        """What others have done comes onto the screen, and what is being typed stays on top of it."""
        case = self.desks[actor].reload(subject_id)
        for item in ITEMS:
            key = (subject_id, item)
            typed = self.model.drafts[actor, key][1] if self.typing.get(actor) == key and self.is_kept(actor) else None
            expected = typed or self.model.now(key) or Finding(*key, Outcome.UNCHECKED)
            assert case.finding(item) == expected

    def is_kept(self, actor: str) -> bool:
        """Whether what a person is typing is still a draft: another one may have ended it."""
        return (actor, self.typing[actor]) in self.model.drafts

    @invariant()
    def nothing_is_lost(self) -> None:
        """The store has what the model has, the log only grows, and what is being typed is in the database."""
        records = {subject_id: self.outside.record(subject_id) for subject_id in SUBJECTS}
        for key in KEYS:
            record = records[key[0]]
            assert record.findings.get(key[1]) == self.model.now(key)
            assert record.revision(key[1]) == len(self.model.values[key])
        log = list(self.outside.history())
        assert log[: len(self.log)] == self.log
        self.log = log
        with self.outside.database.reading() as connection:
            rows = connection.exec_driver_sql("SELECT actor, subject_id, item FROM draft").all()
        assert {(row.actor, (row.subject_id, row.item)) for row in rows} == set(self.model.drafts)


def test_two_desks(quarters: Path) -> None:
    """Two people do some two hundred things in any order: nothing acknowledged is lost, and undo restores exactly."""
    TwoDesks.quarters = quarters
    # Making a failing walk shorter takes minutes: it is done by hand, by adding Phase.shrink.
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    walks = settings(max_examples=3, stateful_step_count=200, deadline=None, phases=phases)
    run_state_machine_as_test(TwoDesks, settings=walks)
