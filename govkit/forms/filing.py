"""From draft to filed: who may take the next step, and what stands in its way.

检查中 → 已提交 → 已复核 by another person; 更正 starts a new version of what was reviewed, and 退回 reopens what was
only submitted.
"""

from dataclasses import replace
from datetime import UTC, datetime

from govkit.findings import Filing, Stage
from govkit.forms.case import Case
from govkit.forms.desk import Desk
from govkit.forms.errors import Refusal
from govkit.messages import say
from govkit.scoring import Verdict


def submit(desk: Desk, subject_id: str) -> Case:
    """Hand an object in for review.

    Raises:
        Refusal: something is still open, or it has been handed in already.
    """
    case = _current(desk, subject_id)
    _expect(case, Stage.CHECKING)
    if case.score.verdict == Verdict.INCOMPLETE:
        raise Refusal(say("filing.incomplete", number=len(case.score.open), codes="、".join(case.score.open)))
    filing = replace(
        case.filing, stage=Stage.SUBMITTED, inspector=desk.actor, submitted_at=_now(), reviewer="", reviewed_at=None
    )
    return desk.file(case, filing)


def review(desk: Desk, subject_id: str) -> Case:
    """Confirm an object that another person has handed in; from then on it is frozen.

    Raises:
        Refusal: it is not handed in, or by the same person.
    """
    case = _current(desk, subject_id)
    _expect(case, Stage.SUBMITTED)
    if desk.actor == case.filing.inspector:
        raise Refusal(say("filing.same_person", inspector=case.filing.inspector))
    return desk.file(case, replace(case.filing, stage=Stage.REVIEWED, reviewer=desk.actor, reviewed_at=_now()))


def send_back(desk: Desk, subject_id: str, reason: str) -> Case:
    """Reopen an object that was handed in but not reviewed: by the reviewer, or by the inspector.

    Raises:
        Refusal: it is not handed in, or no reason is given.
    """
    case = _current(desk, subject_id)
    _expect(case, Stage.SUBMITTED)
    filing = replace(case.filing, stage=Stage.CHECKING, submitted_at=None, reason=_reason(reason))
    return desk.file(case, filing)


def correct(desk: Desk, subject_id: str, reason: str) -> Case:
    """Start a new version of a reviewed object; the version before it stays readable.

    Raises:
        Refusal: it is not reviewed, or no reason is given.
    """
    case = _current(desk, subject_id)
    _expect(case, Stage.REVIEWED)
    return desk.file(case, Filing(version=case.filing.version + 1, reason=_reason(reason)))


def _current(desk: Desk, subject_id: str) -> Case:
    """The object with what anybody is typing taken in: a decision rests on all of it."""
    desk.settle()
    desk.store.settle(subject_id)
    return desk.reload(subject_id)


def _expect(case: Case, stage: Stage) -> None:
    if case.filing.stage != stage:
        raise Refusal(say("filing.stage", stage=say(f"stage.{case.filing.stage}")))


def _reason(text: str) -> str:
    if not text.strip():
        raise Refusal(say("filing.reason"))
    return text.strip()


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
