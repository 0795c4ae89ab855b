"""Facts in: `county.toml` as the plain things that govkit is about."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from govkit.findings import Batch, Finding, Measurement, Outcome, SpotCheck
from govkit.ledger import Kind, Subject
from govkit.rubric import PartName, Rubric, load_rubric

FOLDER = Path(__file__).parents[1]
CLEAN = "青禾县2019年第四季度.xlsx"  # below FOLDER; the source that the batch names
NEXT = "青禾县2020年第一季度.xlsx"

# By outcome.
WORDS = ("未检查", "未发现", "发现问题", "不适用", "无法判断")
_BONUS_WORDS = ("未检查", "不符合", "符合", "不适用", "无法判断")


@dataclass(frozen=True, slots=True)
class County:
    """`county.toml`: the facts, and by object what is expected of it.

    `wide` holds the objects that stand in a wide table in the messy copies; `next_check` is the batch after it, in
    which nothing is recorded yet.
    """

    check: SpotCheck
    next_check: SpotCheck
    expected: Mapping[str, Mapping[str, Any]]
    wide: frozenset[str] = field(default_factory=frozenset)

    @property
    def rubric(self) -> Rubric:
        """The rubric of the batch."""
        return load_rubric(self.check.batch.rubric_id)


def read_data(name: str) -> dict[str, Any]:
    """Read a TOML file of the folder."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def load_county() -> County:
    """Read `county.toml`."""
    data = read_data("county.toml")
    head = data["batch"]
    batch = Batch(
        head["name"], head["as_of"], head["rubric"], head["organiser"], CLEAN, Outcome(WORDS.index(head["unlisted"]))
    )
    subjects: list[Subject] = []
    findings: list[Finding] = []
    measurements: list[Measurement] = []
    entries = [(Kind.SITE, entry) for entry in data["sites"]] + [(Kind.ACCOUNT, entry) for entry in data["accounts"]]
    for kind, entry in entries:
        subjects.append(site(entry, batch.organiser) if kind == Kind.SITE else account(entry))
        findings += findings_of(entry)
        measurements += [*measurements_of(entry, batch), *_visits(entry, head["visits_from"])]
    check = SpotCheck(batch, tuple(subjects), tuple(findings), tuple(measurements))
    return County(
        check,
        replace(check, batch=_next_batch(batch, data["next_batch"]), findings=(), measurements=()),
        {entry["id"]: entry["expect"] for _, entry in entries},
        frozenset(entry["id"] for _, entry in entries if entry.get("wide")),
    )


def _next_batch(batch: Batch, head: Mapping[str, Any]) -> Batch:
    unlisted = Outcome(WORDS.index(head["unlisted"]))
    return replace(batch, name=head["name"], as_of=head["as_of"], source=NEXT, unlisted=unlisted)


def site(entry: Mapping[str, Any], organiser: str) -> Subject:
    """A row of 网站台账."""
    details = {"首页网址": entry["url"], "主管单位": organiser, "状态": entry.get("status", "正常")}
    return Subject(entry["id"], entry["name"], Kind.SITE, entry["sponsor"], entry["service"] == "有", details)


def account(entry: Mapping[str, Any]) -> Subject:
    """A row of 账号台账."""
    details = {
        "账号类型": entry["type"],
        "账号主体": entry.get("owner", entry["sponsor"]),
        "主页地址": entry["url"],
        "账号状态": entry.get("status", "正常"),
        "备案": entry.get("filed", "是"),
        "开设日期": str(entry.get("opened", "")),
    }
    return Subject(entry["id"], entry["name"], Kind.ACCOUNT, entry["sponsor"], details=details)


def findings_of(entry: Mapping[str, Any]) -> list[Finding]:
    """What was found at an object."""
    return [_finding(entry, line) for line in entry.get("findings", [])]


def _finding(entry: Mapping[str, Any], line: Mapping[str, Any]) -> Finding:
    words = _BONUS_WORDS if line["item"].startswith("B") else WORDS
    return Finding(
        entry["id"],
        line["item"],
        Outcome(words.index(line["result"])) if "result" in line else Outcome.FOUND,
        line.get("count"),
        line.get("note", ""),
        line.get("url", ""),
        line.get("screenshot", ""),
        entry["inspector"],
        _midnight(entry["checked"]),
    )


def measurements_of(entry: Mapping[str, Any], batch: Batch) -> Iterator[Measurement]:
    """What was measured at an object on the 监测时间点."""
    for quantity, value in entry.get("measured", {}).items():
        exact = value if isinstance(value, date) else Fraction(value)
        yield Measurement(entry["id"], quantity, exact, _midnight(batch.as_of))


def _visits(entry: Mapping[str, Any], visits_from: date) -> Iterator[Measurement]:
    for number, (visits, timeouts) in enumerate(entry.get("visits", [])):
        day = _midnight(visits_from + timedelta(days=number))
        yield Measurement(entry["id"], "访问次数", Fraction(visits), day)
        yield Measurement(entry["id"], "超时次数", Fraction(timeouts), day)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def word(finding: Finding, rubric: Rubric) -> str:
    """The word for 检查结果 that the finding has in a record."""
    bonus = rubric.row_of[finding.item].part == PartName.BONUS
    return (_BONUS_WORDS if bonus else WORDS)[finding.outcome]
