"""What sheets, columns and words are called: `layouts.toml`, and the way names are compared."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, cast

from govkit.findings import Outcome
from govkit.folding import fold
from govkit.rubric import PartName, outcome_word

BATCH, SITES, ACCOUNTS = "批次", "网站台账", "账号台账"
RECORDS, WIDE, MEASURED = "抽查记录", "抽查宽表", "监测数据"
SELF_CHECK, ISSUES = "自查表", "问题清单"
UNITS, PUBLISHED, INCIDENTS = "单位名录", "发布记录", "突发事件"
FILINGS, REPORTS, CHECKED = "备案记录", "报送记录", "规则核查"
OUTSIDE, FRAUDS = "外部抽查结果", "弄虚作假记录"
RUBRIC_HEAD, PARAMETERS, PARTS, ROWS, ITEMS = "规则说明", "规则参数", "规则部分", "规则指标", "规则细则"
RECTIFIED, RECHECKED, DECIDED = "整改台账", "复查记录", "申诉处理"

_REMARK = re.compile(r"[（(\[【].*?[)）\]】]$")
_NEAR = 0.5


@cache
def layouts() -> dict[str, Any]:
    """The data file."""
    return tomllib.loads(files("govkit.reading").joinpath("layouts.toml").read_text(encoding="utf-8"))


def rubric_fields(of: str) -> dict[str, str]:
    """Fields of a piece of a rubric file, with the names of their columns in a workbook."""
    return cast("dict[str, str]", layouts()["rubric_fields"][of])


def rubric_words(field: str) -> dict[str, str]:
    """Values of a field of rubric files, with their words in a workbook."""
    return cast("dict[str, str]", layouts()["rubric_words"][field])


def limits() -> dict[str, int]:
    """How large files and sheets may be."""
    return cast("dict[str, int]", layouts()["limits"])


@lru_cache(maxsize=4096)
def fold_header(text: str) -> str:
    """A header for comparing: as `fold`, without a leading * and a remark in brackets at the end."""
    return fold(_REMARK.sub("", text.strip().lstrip("*＊").strip())) or fold(text)


def sheet_kind(name: str, among: str = "sheets") -> str | None:
    """The standard name of a sheet. What follows the name is ignored where it only numbers or explains the sheet.

    Args:
        name: what it is called.
        among: the table of the data file that holds the names: those of spot checks, `season_sheets`, `year_sheets`,
                `rectification_sheets`, `rubric_sheets`.
    """
    folded = fold(name)
    stripped = re.sub(r"[\s\d_\-—.]+$", "", fold_header(re.sub(r"[\s\d_\-—.]+$", "", name)))
    names = {fold(alias): kind for kind, aliases in layouts()[among].items() for alias in (kind, *aliases)}
    return names.get(folded) or names.get(stripped)


@cache
def known_columns(kind: str) -> Mapping[str, tuple[str, int]]:
    """Folded header → standard name and rank, the standard name itself ranking first."""
    columns: dict[str, list[str]] = layouts()["columns"][RECORDS if kind == WIDE else kind]
    ranked = {fold_header(name): (name, 0) for name in columns}
    for name, aliases in columns.items():
        for rank, alias in enumerate(aliases, 1):
            ranked.setdefault(fold_header(alias), (name, rank))
    return ranked


def required_columns(kind: str, *, ledger_only: bool = False) -> list[str]:
    """The columns that a sheet of this kind must have."""
    table = layouts()["ledger_required" if ledger_only else "required"]
    return cast("list[str]", table[kind])


def alternatives(kind: str) -> list[list[str]]:
    """Columns of which a sheet of this kind must have one or the other."""
    return cast("list[list[str]]", layouts()["either"].get(kind, []))


def nearest(name: str, names: Iterable[str]) -> str:
    """The name that looks most like this one; empty if none does."""
    folded = {fold(other): other for other in names}
    close = difflib.get_close_matches(fold(name), folded, n=1, cutoff=_NEAR)
    return folded[close[0]] if close else ""


@cache
def outcome_words(part: PartName) -> Mapping[str, Outcome]:
    """Folded words of 检查结果 for items of a part of the rubric: the standard ones, and others in use."""
    others: dict[str, list[str]] = layouts()["outcomes"]["bonus" if part == PartName.BONUS else "problem"]
    return {
        fold(word): outcome
        for outcome in Outcome
        for word in (outcome_word(outcome, part), *others.get(outcome.name, ()))
    }


@cache
def words(name: str) -> frozenset[str]:
    """A list of words, folded."""
    return frozenset(fold(word) for word in layouts()["words"][name])


def standard_value(kind: str, column: str, text: str) -> str | None:
    """What a ledger writes as a number or by another name, in the standard word; other words as they are.

    None where it is a number that stands for nothing.
    """
    coded = column in layouts()["values"].get(kind, {})
    unknown = None if coded and fold(text).isdecimal() else text
    return _standard_words(kind, column).get(fold(text), unknown)


@cache
def _standard_words(kind: str, column: str) -> Mapping[str, str]:
    """Folded words of a column → the standard word."""
    found = {fold(key): value for key, value in layouts()["values"].get(kind, {}).get(column, {}).items()}
    own = layouts()["yes_no"].get(kind, {}).get(column)
    if own:
        for name, standard in (("yes", "是"), ("no", "否")):
            found |= dict.fromkeys((*words(name), *map(fold, own[name])), standard)
    return found
