"""Values of the log in words, for people."""

from fractions import Fraction

from govkit.figures import shortest
from govkit.findings import Filing, Finding, Measurement
from govkit.messages import say
from govkit.organising import names_in
from govkit.rubric import Rubric, outcome_word
from govkit.store import Value


def in_words(value: Value, rubric: Rubric) -> str:
    """An answer, the values of a quantity, or how far an object has come, in one line."""
    if value is None:
        return say("log.nothing")
    if isinstance(value, Filing):
        stage = say(f"stage.{value.stage}")
        return say("log.filing", stage=stage, version=value.version) + _note(value.reason)
    if isinstance(value, tuple):
        return "；".join(_measurement(measurement) for measurement in value) or say("log.nothing")
    return _answer(value, rubric)


def _answer(finding: Finding, rubric: Rubric) -> str:
    words = outcome_word(finding.outcome, rubric.row_of[finding.item].part)
    number = "" if finding.count is None else f" {finding.count}"
    pictures = len(names_in(finding))
    shots = say("log.pictures", number=pictures) if pictures else ""
    url = say("log.url", url=finding.url) if finding.url else ""
    return words + number + _note(finding.note) + url + shots


def _note(note: str) -> str:
    return say("log.note", note=note) if note else ""


def _measurement(measurement: Measurement) -> str:
    value = measurement.value
    shown = shortest(value) if isinstance(value, Fraction) else value.isoformat()
    return f"{measurement.at:%Y-%m-%d} {shown}" if measurement.at else shown
