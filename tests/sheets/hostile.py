"""Inspections at random with everything that people paste, measure and file."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

from govkit.findings import Filing, Finding, Measurement, Outcome, Stage
from govkit.ledger import Subject
from govkit.rubric import Rubric
from govkit.scoring import Inspection, ObjectResult, group_readings, judge, score_object
from tests.sheets.builders import account, measured, site
from tests.sheets.fills import Season, at_random

TEXTS = (
    *("", "", "", "首页打不开", "=1+1", "+86 023", "-", "@me", "=cmd|' /C calc'!A0", "'=1"),
    *("_x0041_", "_x000D_\n_x005F_x0041_", "a\r\nb\x07\x00c\x0b", "\ud800半个", "\ufffe", "\u2028行", "]]>"),
    *("  前面两格", "　全角", "\t制表", "后面两格  ", "\n\n", "😀" * 40, '<b>&amp;"粗"</b>', "123", "1E5", "TRUE"),
)
LONG = ("长" * 700, "".join(f"第{number}处：解读稿没有与文件关联。\n" for number in range(150)), "很长" * 20_000)
_AT = datetime(2024, 3, 1, 23, 30, tzinfo=UTC)


def inspections(seed: int, rubric: Rubric, each: int) -> Sequence[Inspection]:
    """Two batches with so many objects each: sites with and without services, and accounts, in turns."""
    chance = Random(seed)  # noqa: S311 - the same every time
    made = []
    for unlisted in (Outcome.UNCHECKED, Outcome.CLEAR):
        season = Season(rubric, unlisted)
        batch = replace(season.batch, name=_text(chance), organiser=_text(chance), source=_text(chance))
        subjects = [(site(service=True), site(service=False), account())[at % 3] for at in range(each)]
        objects = [_result(chance, season, subject) for subject in subjects]
        made.append(Inspection(batch, rubric, tuple(objects)))
    return made


def _result(chance: Random, season: Season, subject: Subject) -> ObjectResult:
    if chance.random() < 0.5:
        subject = replace(subject, name=_text(chance), sponsor=_text(chance), details=_details(chance, subject))
    findings = {
        code: _with_texts(chance, finding)
        for code, finding in season.findings(at_random(chance, season, subject)).items()
        if chance.random() < 0.9
    }
    readings = group_readings(_measurements(chance, subject))
    judgements = judge(season.rubric, subject, findings, readings, season.batch.as_of, season.batch.unlisted)
    score = score_object(season.rubric, subject, judgements)
    return ObjectResult(subject, judgements, score, chance.choice((None, *_filings(chance))))


def _text(chance: Random) -> str:
    return chance.choice(LONG if chance.random() < 0.01 else TEXTS)


def _details(chance: Random, subject: Subject) -> dict[str, str]:
    return {name: _text(chance) for name in subject.details if chance.random() < 0.8}


def _with_texts(chance: Random, finding: Finding) -> Finding:
    if chance.random() < 0.5:
        return finding
    url, at = chance.choice(("", "https://example.gov.cn/?a=1&b=2")), chance.choice((None, _AT))
    return replace(finding, note=_text(chance), url=url, inspector=_text(chance), checked_at=at)


def _measurements(chance: Random, subject: Subject) -> list[Measurement]:
    quantities: dict[str, int | date] = {
        "空白栏目数": chance.choice((0, 4, 9)),
        "首页最近更新日期": date(2024, 3, chance.randrange(1, 15)),
        "最近更新日期": date(2024, 3, chance.randrange(1, 15)),
    }
    return [measured(subject, name, value) for name, value in quantities.items() if chance.random() < 0.6]


def _filings(chance: Random) -> list[Filing]:
    return [
        Filing(),
        Filing(Stage.SUBMITTED, 1, _text(chance), _AT),
        Filing(Stage.REVIEWED, 2, "王敏", _AT, _text(chance), _AT, _text(chance)),
    ]
