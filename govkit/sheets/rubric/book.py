"""A rubric as a workbook that an office edits in Excel or WPS; `reading` makes a rubric of it again."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from govkit.figures import shortest
from govkit.messages import say
from govkit.reading.layout import ITEMS, PARAMETERS, PARTS, ROWS, RUBRIC_HEAD, rubric_fields, rubric_words
from govkit.reading.lines import joined
from govkit.rubric import Rubric
from govkit.rubric.content import content
from govkit.sheets import text as texts
from govkit.sheets.errors import OutputError
from govkit.sheets.season.paper import Column, Page, Value, book_of
from govkit.sheets.staging import staging
from govkit.sheets.standard import columns

_YES, _NO = "是", "否"
_SPARE = 20  # blank rows for what an office adds
_NUMBERS = {"points", "value", "warning"}
_WHOLE = 15  # digits that a spreadsheet keeps of a number

_NAMES = {RUBRIC_HEAD: "head", PARAMETERS: "parameters", PARTS: "parts", ROWS: "rows", ITEMS: "items"}
_WIDTHS = {
    RUBRIC_HEAD: (10, 60, 50),
    PARAMETERS: (18, 10, 12, 10, 12, 60),
    PARTS: (14, 16, 30, 10),
    ROWS: (7, 10, 11, 10, 18, 13, 7, 11, 16, 18, 18, 26),
    ITEMS: (8, 8, 44, 7, 6, 8, 22, 24, 11, 20, 12, 9, 9),
}
_LEFT = {"内容", "标题", "条款", "前面的话", "后面的话", "注", "评分细则", "各档", "评判说明", "监测项", "总数", "指标"}
_AS_TEXT = {"编号", "参数", "文字", "预警文字", "单位", "一级指标", "监测项"}


def write_rubric_book(rubric: Rubric, path: Path) -> None:
    """Write a rubric to `path` as a workbook.

    Raises:
        OutputError: a text cannot stand in a cell as it is, or the file cannot be written; then nothing has changed.
    """
    unfit = unfit_texts(rubric)
    if unfit:
        raise OutputError(say("rubric_book.unfit", id=rubric.id, places="、".join(unfit)))
    _write(path, book_of(_pages(rubric)))


def write_rubric_file(text: str, path: Path) -> None:
    """Write the file of a rubric to `path`.

    Raises:
        OutputError: it cannot be written; then nothing has changed.
    """
    _write(path, text.encode())


def unfit_texts(rubric: Rubric) -> tuple[str, ...]:
    """The places of texts that a cell does not hold as they are: blanks at their ends, control characters, too long."""
    return tuple(place for place, text in _texts("", content(rubric)) if text.strip() != text or not _fits(text))


def _fits(text: str) -> bool:
    return texts.clean(text) == text and len(texts.escaped(joined([text]))) <= texts.LONGEST


def _texts(place: str, value: Any) -> Iterator[tuple[str, str]]:
    """All texts of a rubric's file, each with the code that is nearest to it."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        place = str(value.get("code", place))
        for key, each in value.items():
            yield from _texts(place or key, each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(place, each)


def _write(path: Path, made: bytes) -> None:
    with staging(path.parent) as stage:
        stage.store(Path(path.name), made)
        stage.put_in_place()


def _pages(rubric: Rubric) -> Iterator[Page]:
    plain = content(rubric)
    yield _page(rubric, RUBRIC_HEAD, list(_head(plain)), more=(say("rubric_book.how"),), above=_words("about"))
    yield _page(rubric, PARAMETERS, list(_parameters(rubric, plain)), more=(say("rubric_book.how"),), spare=_SPARE)
    yield _page(rubric, PARTS, list(_parts(plain)), spare=_SPARE)
    yield _page(rubric, ROWS, [_row(row) for row in plain["rows"]], spare=_SPARE)
    items = [_item(item) for row in plain["rows"] for item in row["items"]]
    yield _page(rubric, ITEMS, items, spare=_SPARE)


def _page(
    rubric: Rubric,
    kind: str,
    rows: Sequence[Sequence[Value]],
    *,
    more: Sequence[str] = (),
    above: Sequence[str] = (),
    spare: int = 0,
) -> Page:
    """A sheet; `more` are columns that explain and are not read."""
    headings = (*columns(kind), *more)
    made = [_column(kind, heading, width) for heading, width in zip(headings, _WIDTHS[kind], strict=True)]
    name = say(f"rubric_book.sheet_{_NAMES[kind]}")
    title = say("rubric_book.title", title=rubric.title, sheet=name)
    lines = (*above, *_words(f"above_{_NAMES[kind]}"))
    return Page(name, title, made, rows, lines, fixed=1, spare=spare, protected=True)


def _words(key: str) -> list[str]:
    return say(f"rubric_book.{key}").split("\n")


def _column(kind: str, heading: str, width: int) -> Column:
    choices = {
        "部分": tuple(rubric_words("part").values()),
        "检查对象": tuple(rubric_words("subject").values()),
        "种类": tuple(rubric_words("kind").values()),
        "监测方式": tuple(rubric_words("rule").values()),
        "只查有对外服务职能的": (_YES, _NO),
    }
    explains = heading == say("rubric_book.how")
    kept = explains or heading in {"参数", "项目"} or (heading == "编号" and kind in {ROWS, ITEMS})
    left = explains or heading in _LEFT
    as_text = heading in _AS_TEXT or (kind == RUBRIC_HEAD and heading == "内容")
    return Column(heading, width, left, choices.get(heading, ()), kept, as_text)


def _head(plain: Mapping[str, Any]) -> Iterator[list[Value]]:
    for field, name in rubric_fields("head").items():
        yield [name, plain[field], say(f"rubric_book.how_{field}")]


def _parameters(rubric: Rubric, plain: Mapping[str, Any]) -> Iterator[list[Value]]:
    parameters = plain["parameters"]
    for of, values in (("parameters", parameters), ("without_services", parameters["without_services"])):
        for field, name in rubric_fields(of).items():
            yield [name, _cell(values[field]), None, None, None, say(f"rubric_book.how_{field}")]
    for code, limit in parameters["limits"].items():
        how = say("rubric_book.how_limit", row=rubric.row_of[code].name, text=rubric.wording(rubric.items[code]))
        yield [code, *(_number(field, limit[field]) for field in rubric_fields("limits")), how]


def _parts(plain: Mapping[str, Any]) -> Iterator[list[Value]]:
    """Each part, then its groups."""
    for part in plain["parts"]:
        word = rubric_words("part")[part["part"]]
        empty = joined([]) if part.get("groups") == [] else None
        yield [word, empty, part["title"], _number("points", part.get("points"))]
        for group in part.get("groups", ()):
            yield [word, joined([group["name"]]), None, _number("points", group["points"])]


def _row(row: Mapping[str, Any]) -> list[Value]:
    return [_field(field, row.get(field)) for field in rubric_fields("row")]


def _item(item: Mapping[str, Any]) -> list[Value]:
    cells = [_field(field, item.get(field)) for field in rubric_fields("item")]
    measure = dict(item.get("measure", {}))
    for other in ("quantity", "part"):
        if other in measure:
            measure["quantities"] = [measure[other]]
    return [*cells, *(_field(field, measure.get(field)) for field in rubric_fields("measure"))]


def _field(field: str, value: Any) -> Value:
    if value is None:
        return None
    if field in {"part", "subject", "kind", "rule"}:
        return rubric_words(field)[value]
    if field == "levels":
        return joined(say("rubric_book.level", points=level["points"], text=level["text"]) for level in value)
    if isinstance(value, list):
        return joined(value)
    return _number(field, value)


def _number(field: str, value: Any) -> Value:
    """A field: as a number where it is one, else its text as it is."""
    return _cell(value) if field in _NUMBERS or not isinstance(value, str) else value


def _cell(value: Any) -> Value:
    """A value of a rubric's file: numbers that a spreadsheet keeps as numbers, others as text."""
    if isinstance(value, bool):
        return _YES if value else _NO
    if value is None:
        return None
    number = Fraction(value)
    shown = shortest(number)
    if "/" in shown or len(shown) > _WHOLE:
        return shown
    return int(number) if number.denominator == 1 else float(number)
