"""Inspections for tests: random ones, and such as a list of findings says."""

from collections.abc import Mapping, Sequence
from datetime import date

from hypothesis import strategies as st

from govkit.findings import Batch, Outcome
from govkit.ledger import PLATFORM, Kind, Subject
from govkit.scoring import Inspection, Judgement, ObjectResult, score_object
from tests.scoring.cases import RUBRIC, judgements, marks

BATCH = Batch("一次检查", date(2019, 12, 20), RUBRIC.id)


def subject(number: int, kind: Kind, sponsor: str, platform: str = "", *, service: bool = True) -> Subject:
    """Return an object."""
    details = {PLATFORM: platform} if platform else {}
    site = kind == Kind.SITE
    return Subject(f"{number:010}", f"{sponsor}第{number}号", kind, sponsor, service if site else None, details)


def result(of: Subject, made: Mapping[str, Judgement]) -> ObjectResult:
    """Return the result of an object."""
    return ObjectResult(of, dict(made), score_object(RUBRIC, of, made))


def inspection(results: Sequence[ObjectResult]) -> Inspection:
    """Return an inspection of these results."""
    return Inspection(BATCH, RUBRIC, tuple(results))


def site(number: int, sponsor: str, found: Mapping[str, int] | None = None, **others: Outcome) -> ObjectResult:
    """Return the result of a site at which these items were found, and others left as they say (V1_1 for V1.1)."""
    of = subject(number, Kind.SITE, sponsor)
    return result(of, marks(of, found, **others))


def account(number: int, sponsor: str, found: Mapping[str, int] | None = None, **others: Outcome) -> ObjectResult:
    """Return the result of an account, likewise."""
    of = subject(number, Kind.ACCOUNT, sponsor, "微信公众号")
    return result(of, marks(of, found, **others))


@st.composite
def inspections(draw: st.DrawFn) -> Inspection:
    """A dozen random objects at most, of few units and platforms, so that each has several, and some have none."""
    results = []
    for number in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from(Kind))
        sponsor = draw(st.sampled_from(["县政府办", "县 政府办", "教育局", "教育", "公安局", ""]))
        platform = draw(st.sampled_from(["微信公众号", "新浪微博", ""])) if kind == Kind.ACCOUNT else ""
        of = subject(number, kind, sponsor, platform, service=draw(st.booleans()))
        results.append(result(of, draw(judgements(of))))
    return inspection(results)
