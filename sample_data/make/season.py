"""Facts of a year: the TOML files of `season/`, on top of the objects of `county.toml`, as what govkit is about."""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from govkit.findings import Finding, Outcome
from govkit.ledger import LAST_UPDATE, OPENED, OWNER, Action, FilingRecord, Kind, Subject
from govkit.quarters import Quarter
from govkit.sampling import Inspector
from govkit.season import Category, Incident, Level, Published, Report, Season, Total, Unit
from govkit.workdays import is_working_day
from sample_data.make.facts import WORDS, account, load_county, read_data, site

ACCOUNT_COLUMNS = ("账号类型", OWNER, "主页地址", "账号状态", "备案", OPENED, LAST_UPDATE)
"""The columns of 账号台账 besides those that every object has."""
ADVICE_COLUMNS = ("专人维护", "安全保障", "功能相近", "关注人数")
"""Further columns, of which an object has those that are not empty."""
UNIT_COLUMNS = {
    "层级": "level",
    "单位类别": "category",
    "上级单位": "parent",
    "涉密": "secret",
    "对外行使公共管理职能": "public",
    "简称": "short_names",
    "曾用名": "former_names",
    "更名日期": "renamed",
}
ANSWER_COLUMNS = {"权威信息发布时间": "published", "新闻发布会时间": "conference", "回应时间": "responded"}

_WEEK = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_USUAL = time(10)
_NAME = {Kind.SITE: "网站名称", Kind.ACCOUNT: "账号名称"}
_YES = {"是": True, "否": False, "": None}
_ACCEPTED = {"合格": True, "不合格": False, "": None}


@dataclass(frozen=True, slots=True)
class Facts:
    """One quarter.

    Attributes:
        quarter: which.
        season: all that is known, with the ledger of the quarter before.
        pushes: the moments of what `season.published` holds, by object.
        lacks: sheets, and columns as 表.列, that its workbook does not have.
    """

    quarter: Quarter
    season: Season
    pushes: Mapping[str, tuple[datetime, ...]]
    lacks: frozenset[str]


@cache
def load_year() -> tuple[Facts, ...]:
    """Read all quarters, in order."""
    data = {name: read_data(f"season/{name}.toml") for name in ("units", "ledger", "published", "records")}
    found: list[Facts] = []
    for code in data["ledger"]["quarters"]:
        quarter = Quarter.read(code)
        lacks = frozenset(data["ledger"]["lacks"].get(code, ()))
        first, last = quarter.period
        pushes, published = _published(data["published"]["published"], quarter)
        records = data["records"]
        season = Season(
            (first, last),
            tuple(_subjects(data["ledger"], quarter, lacks)),
            {entry["name"]: _unit(entry, lacks) for entry in data["units"]["units"]},
            published,
            tuple(_incident(entry, lacks) for entry in records["incidents"] if _within(entry["happened"], quarter)),
            None if "备案记录" in lacks else tuple(_filing(e) for e in records["filings"] if e["filed"] <= last),
            None if "报送记录" in lacks else tuple(_report(e) for e in records["reports"] if e["submitted"] <= last),
            found[-1].season.subjects if found else None,
            {(e["who"], e["rule"]): _finding(e) for e in records["checked"] if _within(e["at"], quarter)},
        )
        found.append(Facts(quarter, season, pushes, lacks))
    return tuple(found)


def _within(moment: date, quarter: Quarter) -> bool:
    day = moment.date() if isinstance(moment, datetime) else moment
    return quarter.first <= day <= quarter.last


# -------------------------------------------------------------------------------------------------------------- ledger


def _subjects(data: Mapping[str, Any], quarter: Quarter, lacks: frozenset[str]) -> Iterator[Subject]:
    """The ledger of a quarter: sites, then accounts, each as it was then."""
    county = load_county().check
    further = [*(site(entry, county.batch.organiser) for entry in data["sites"]), *map(account, data["accounts"])]
    changes = [change for change in data["changes"] if quarter.code in change["quarters"]]
    absent = {change["id"] for change in changes if change.get("absent")}
    missing = {entry.partition(".")[2] for entry in lacks if entry.startswith("账号台账.")}
    for subject in sorted((*county.subjects, *further), key=lambda subject: subject.kind == Kind.ACCOUNT):
        opened = subject.details.get(OPENED, "")
        if subject.id in absent or (opened and date.fromisoformat(opened) > quarter.last):
            continue
        details = dict(subject.details)
        if subject.kind == Kind.ACCOUNT:
            details = {column: details.get(column, "") for column in (*ACCOUNT_COLUMNS, *ADVICE_COLUMNS)}
        for change in changes:
            details |= change.get("set", {}) if change["id"] == subject.id else {}
        name, sponsor = details.pop(_NAME[subject.kind], subject.name), details.pop("主办单位", subject.sponsor)
        kept = {column: text for column, text in details.items() if column not in missing}
        yield replace(subject, name=name, sponsor=sponsor, details=kept)


# ------------------------------------------------------------------------------------------------- units and records


def load_inspectors() -> tuple[Inspector, ...]:
    """Who can inspect."""
    return tuple(Inspector(entry["name"], entry["unit"]) for entry in read_data("season/records.toml")["inspectors"])


def _unit(entry: Mapping[str, Any], lacks: frozenset[str]) -> Unit:
    known: dict[str, Any] = {
        "level": Level(entry["level"]),
        "category": Category(entry["category"]),
        "secret": _YES[entry.get("secret", "否")],
        "public": _YES[entry.get("public", "是")],
        "short_names": tuple(entry.get("short", ())),
        "former_names": tuple(entry.get("former", ())),
        "renamed": entry.get("renamed"),
    }
    missing = {UNIT_COLUMNS[name] for name in _columns("单位名录", lacks)}
    told = {name: value for name, value in known.items() if name not in missing}
    return Unit(entry["name"], parent=entry.get("parent", ""), **told)


def _columns(sheet: str, lacks: frozenset[str]) -> set[str]:
    """The columns that a sheet lacks."""
    return {column for place in lacks for name, _, column in [place.partition(".")] if name == sheet and column}


def _incident(entry: Mapping[str, Any], lacks: frozenset[str]) -> Incident:
    missing = _columns("突发事件", lacks)
    untold = frozenset(answer for column, answer in ANSWER_COLUMNS.items() if column in missing)
    return Incident(
        entry["id"],
        entry["name"],
        entry["unit"],
        entry["happened"],
        None if "特别重大" in missing else _YES[entry["grave"]],
        **{answer: entry.get(answer) for answer in ANSWER_COLUMNS.values() if answer not in untold},
        untold=untold,
    )


def _filing(entry: Mapping[str, Any]) -> FilingRecord:
    told = entry.get("by", ""), entry["with"], entry.get("announced")
    return FilingRecord(entry["id"], Action(entry["action"]), entry["filed"], *told)


def _report(entry: Mapping[str, Any]) -> Report:
    accepted = _ACCEPTED[entry.get("accepted", "")]
    return Report(entry["who"], entry["matter"], entry["year"], entry["submitted"], accepted)


def _finding(entry: Mapping[str, Any]) -> Finding:
    told = entry.get("note", ""), "", entry.get("proof", ""), entry["inspector"], datetime.combine(entry["at"], time())
    return Finding(entry["who"], entry["rule"], Outcome(WORDS.index(entry["result"])), None, *told)


# ----------------------------------------------------------------------------------------------------------- published


def _published(
    entries: Iterable[Mapping[str, Any]], quarter: Quarter
) -> tuple[dict[str, tuple[datetime, ...]], dict[str, Published]]:
    """The moments of all pushes, and what is recorded of each object."""
    pushes: dict[str, tuple[datetime, ...]] = {}
    found: dict[str, Published] = {}
    for entry in entries:
        if quarter.code not in entry["quarters"]:
            continue
        moments = tuple(sorted((*_by_pattern(entry, quarter), *entry.get("also", ()))))
        days = array("i", (moment.toordinal() for moment in moments))
        totals = (Total(*quarter.period, entry["total"]),) if "total" in entry else ()
        covered = tuple(entry["covered"]) if "covered" in entry else None
        for subject_id in entry["ids"]:
            if subject_id in found:
                raise ValueError(subject_id, quarter.code)
            pushes[subject_id], found[subject_id] = moments, Published(days, totals, covered)
    return pushes, found


def _by_pattern(entry: Mapping[str, Any], quarter: Quarter) -> Iterator[datetime]:
    if "on" not in entry:
        return
    first, last = entry.get("since", quarter.first), entry.get("until", quarter.last)
    for day in (first + timedelta(days=number) for number in range((last - first).days + 1)):
        paused = day in entry.get("except", ()) or any(start <= day <= end for start, end in entry.get("pauses", ()))
        if not paused and _fits(day, entry["on"]):
            yield datetime.combine(day, _USUAL)


def _fits(day: date, on: str | list[str]) -> bool:
    if on == "工作日":
        return is_working_day(day)
    return on == "每天" or _WEEK[day.weekday()] in on
