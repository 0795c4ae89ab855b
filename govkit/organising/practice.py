"""What trainees judge in the form: exercises of their own, and what a trainer hands out. Each is a batch of its own.

These batches are apart from inspections, and apart from each other: nobody sees what another one has answered.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from govkit.findings import Batch, Filing, Outcome, SpotCheck
from govkit.messages import say
from govkit.organising.recorded import scored
from govkit.scoring import ObjectResult
from govkit.store import BatchInfo, Home
from govkit.training import Exercise, Task, load_exercises, load_tasks

_BETWEEN_CHARACTERS = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_MARK = 8  # characters of a hash, which tell the people of a class apart


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody has answered in a form so far.

    Attributes:
        result: what their answers come to.
        filing: how far they have come.
    """

    result: ObjectResult
    filing: Filing

    @property
    def judged(self) -> int:
        """How many items they have judged."""
        return judged(self.result)


class Practice:
    """The batches of trainees.

    Args:
        home: the home of the office, beside whose batches they are.

    Attributes:
        home: their own home.
    """

    def __init__(self, home: Home) -> None:
        self.home = home.practice()

    def begun(self, who: str) -> Mapping[str, BatchInfo]:
        """The exercises that somebody has begun by themselves, by the id of the exercise."""
        return self._there({each.id: _named(each.spot_check(), each, who).batch.name for each in load_exercises()}, who)

    def begin(self, exercise: Exercise, who: str) -> BatchInfo:
        """The batch of an exercise that somebody does by themselves; it is made where there is none yet.

        Raises:
            StoreError: it cannot be made.
        """
        if exercise.id not in self.begun(who):
            self.home.create(_named(exercise.spot_check(), exercise, who), exercise.rubric, who).close()
        return self.begun(who)[exercise.id]

    def assigned(self, who: str) -> Mapping[str, BatchInfo]:
        """What was handed out to somebody as a form, by the id of the task."""
        return self._there({each.id: _named(handed_out(each), each, who).batch.name for each in load_tasks()}, who)

    def assign(self, task: Task, people: Iterable[str], trainer: str) -> tuple[str, ...]:
        """Hand a task out as a form, to each person of their own; who has it keeps it, with all answers.

        Args:
            task: what is handed out.
            people: their names; blanks around them do not count.
            trainer: who hands it out.

        Returns:
            The names of those who had none yet.

        Raises:
            StoreError: one cannot be made.
        """
        checks = {who: _named(handed_out(task), task, who) for who in distinct(people)}
        there = self.home.named(check.batch.name for check in checks.values())
        new = {who: check for who, check in checks.items() if check.batch.name not in there}
        for check in new.values():
            self.home.create(check, task.rubric, trainer).close()
        return tuple(new)

    def people(self, task: Task) -> Mapping[str, BatchInfo]:
        """Who was handed out a task as a form by the rules of now, in the order in which that was done."""
        check = handed_out(task)
        pieces = say("train.batch", name=check.batch.name, mark="\t", who="\t").split("\t")
        pattern = re.compile(".*?".join(map(re.escape, pieces[:2])) + "(.*)" + re.escape(pieces[2]), re.DOTALL)
        found = {}
        for info in sorted(self.home.batches(), key=lambda info: info.created_at):
            match = pattern.fullmatch(info.name)
            if match and info.name == _named(check, task, match[1]).batch.name:
                found[match[1]] = info
        return found

    def answers(self, task: Task) -> Mapping[str, Answered]:
        """What everybody has answered so far who was handed out a task as a form; see `people` and `answered`."""
        return {who: self.answered(info) for who, info in self.people(task).items()}

    def answered(self, info: BatchInfo) -> Answered:
        """What was answered in a form so far, with what is being typed.

        Raises:
            StoreError: it cannot be read.
        """
        with self.home.open(info.key) as store:
            found = scored(store)
            (result,) = found.inspection.objects
            return Answered(result, found.recorded.filings[result.subject.id])

    def _there(self, names: Mapping[str, str], who: str) -> Mapping[str, BatchInfo]:
        if not clean_name(who):
            return {}
        there = self.home.named(names.values())
        return {key: there[name] for key, name in names.items() if name in there}


def handed_out(task: Task) -> SpotCheck:
    """What is handed out of a task, on paper or as a form: the object, of which nothing is judged yet."""
    name = say("lesson.batch", title=task.title)
    batch = Batch(name, task.as_of, task.rubric_id, say("lesson.organiser"), unlisted=Outcome.UNCHECKED)
    return SpotCheck(batch, (task.object.subject(),), ())


def judged(result: ObjectResult) -> int:
    """How many items somebody has judged."""
    return sum(each.outcome != Outcome.UNCHECKED for each in result.judgements.values())


def clean_name(name: str) -> str:
    """A name as people mean it: blanks around it, and between Chinese characters, do not count."""
    return _BETWEEN_CHARACTERS.sub("", " ".join(name.split()))


def distinct(people: Iterable[str]) -> list[str]:
    """Names as people mean them, each once."""
    return list(dict.fromkeys(filter(None, map(clean_name, people))))


def _named(check: SpotCheck, task: Task, who: str) -> SpotCheck:
    """A batch under a name of its own for each person and edition of the rules.

    What was judged by an earlier edition is kept, but is none of these any more. The mark keeps apart what would have
    one name as a file.
    """
    who = clean_name(who)
    mark = hashlib.sha256(f"{task.rubric.sha256}\n{who}".encode()).hexdigest()[:_MARK]
    name = say("train.batch", name=check.batch.name, mark=mark, who=who)
    return replace(check, batch=replace(check.batch, name=name))
