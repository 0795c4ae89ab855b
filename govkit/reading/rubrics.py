"""A rubric that was edited as a workbook: every cell checked, then everything checked against everything."""

from pathlib import Path
from typing import Any

from govkit.complaints import Complaint
from govkit.findings import Place
from govkit.folding import fold
from govkit.problems import Problems
from govkit.reading.files import read_sheets
from govkit.reading.layout import ITEMS, PARAMETERS, PARTS, ROWS, RUBRIC_HEAD, rubric_fields, rubric_words, sheet_kind
from govkit.reading.lines import split
from govkit.reading.rubric_cells import RubricCells, Steps, code_of, is_empty_list, shown
from govkit.reading.table import Row, Table, find_table
from govkit.rubric import Fault, MisfitError, Rubric, RubricError, Rubrics, rubric_from

_SHEETS = (RUBRIC_HEAD, PARAMETERS, PARTS, ROWS, ITEMS)
_NAMED_IN = {PARTS: "一级指标", ROWS: "编号", ITEMS: "编号"}
_FORMS = {"id": "G02", "version": "G03", "code": "G04", "[key]": "G10"}
# What does not fit together: its code, the sheet and the column that it is about.
_MISFITS = {
    "order": ("G21", ROWS, "部分"),
    "sum": ("G22", PARTS, "分值"),
    "no_group": ("G23", ROWS, "一级指标"),
    "parts": ("G24", PARTS, "部分"),
    "limit_for": ("G25", PARAMETERS, "参数"),
    "services": ("G26", PARAMETERS, "数值"),
    "lines": ("G27", PARAMETERS, "数值"),
    "warning": ("G28", PARAMETERS, "预警线"),
    "share": ("G29", PARAMETERS, "数值"),
    "letter": ("G30", ROWS, "编号"),
    "row_points": ("G31", ROWS, "分值"),
    "account_points": ("G32", ROWS, "检查对象"),
    "no_decimal": ("G33", "", "分值"),
    "numbering": ("G34", ITEMS, "编号"),
    "item_points": ("G35", ITEMS, "分值"),
    "levels": ("G36", ITEMS, "各档"),
    "same_level": ("G37", ITEMS, "各档"),
    "sample": ("G38", ITEMS, "抽查数"),
    "veto_kind": ("G39", ITEMS, "种类"),
    "measure": ("G40", ITEMS, "监测方式"),
    "placeholder": ("G41", ITEMS, "评分细则"),
}


def read_rubric(path: Path, rubrics: Rubrics | None) -> Rubric:
    """Read a rubric from a workbook as `govkit rubric export` writes it.

    Args:
        path: the workbook.
        rubrics: those at hand: their ids are taken, but an office's own may get a newer version. None where any id
            will do.

    Raises:
        ProblemsError: something is wrong; all of it is listed, with sheet, row and column.
    """
    problems = Problems()
    sheets = read_sheets(path, problems)
    problems.raise_if_any()
    kinds = {sheet_kind(sheet.name, "rubric_sheets"): sheet for sheet in reversed(sheets)}
    for kind in _SHEETS:
        if kind not in kinds:
            problems.add("S01", Place(path.name), sheet=kind.removeprefix("规则"), near="")
    tables = {kind: find_table(kinds[kind], kind, problems) for kind in _SHEETS if kind in kinds}
    problems.raise_if_any()
    return _Reader({kind: table for kind, table in tables.items() if table}, problems).read(rubrics)


class _Reader:
    """One workbook while it is being read."""

    def __init__(self, tables: dict[str, Table], problems: Problems) -> None:
        self._tables, self._problems = tables, problems
        self._cells = RubricCells(problems)
        self._data: dict[str, Any] = {"parameters": {"without_services": {}, "limits": {}}, "parts": [], "rows": []}
        self._lines: dict[tuple[str, str], Row] = {}
        """The first row about something, by the kind of its sheet and its code or name."""

    def read(self, rubrics: Rubrics | None) -> Rubric:
        self._read_head()
        self._read_parameters()
        self._read_parts()
        self._read_rows()
        self._read_items()
        rubric = None
        try:
            rubric = rubric_from(self._data)
        except RubricError as error:
            for complaint in error.located:
                self._tell(complaint)
        if rubrics:
            self._check_id(rubric, rubrics)
        self._problems.raise_if_any()
        if rubric is None:
            raise ValueError(self._data)
        return rubric

    # Cells --------------------------------------------------------------------------------------------------------

    def _read_head(self) -> None:
        table = self._tables[RUBRIC_HEAD]
        fields = {fold(name): field for field, name in rubric_fields("head").items()}
        for row in table.rows():
            field = fields.get(fold(shown(row["项目"])))
            if field:
                self._cells.take_one(self._data, (), field, row["内容"], table.place(row, "内容"))

    def _read_parameters(self) -> None:
        table, parameters = self._tables[PARAMETERS], self._data["parameters"]
        known: dict[str, tuple[str, dict[str, Any], Steps]] = {}
        pieces: list[tuple[str, dict[str, Any], Steps]] = [
            ("parameters", parameters, ("parameters",)),
            ("without_services", parameters["without_services"], ("parameters", "without_services")),
        ]
        for of, target, at in pieces:
            known |= {fold(name): (field, target, at) for field, name in rubric_fields(of).items()}
        for row in table.rows():
            name = shown(row["参数"])
            about = known.get(fold(name))
            key = about[0] if about else code_of(name)
            if (PARAMETERS, key) in self._lines:
                self._problems.add("G09", table.place(row, "参数"), name=name)
                continue
            self._lines[PARAMETERS, key] = row
            if about:
                field, target, at = about
                self._cells.take_one(target, at, field, row["数值"], table.place(row, "数值"))
            elif any(shown(row[column]) for column in rubric_fields("limits").values()):
                limit: dict[str, Any] = {}
                parameters["limits"][key] = limit
                self._cells.places["parameters", "limits", key] = table.place(row, "参数")
                self._cells.take(limit, ("parameters", "limits", key), "limits", table, row)

    def _read_parts(self) -> None:
        """A row without a group is about a part, and those with one about its groups."""
        table, parts = self._tables[PARTS], self._data["parts"]
        groups: list[tuple[Row, str, str]] = []
        for row in table.rows():
            word, group = shown(row["部分"]), shown(row["一级指标"])
            if group and not is_empty_list(group):
                groups.append((row, fold(word), split(group)[0]))
                continue
            part: dict[str, Any] = {}
            self._cells.take(part, ("parts", len(parts)), "part", table, row)
            if group:
                part["groups"] = []
            self._lines.setdefault((PARTS, part.get("part", "")), row)
            parts.append(part)
        names = {fold(word): value for value, word in rubric_words("part").items()}
        for row, word, name in groups:
            number = next((n for n, part in enumerate(parts) if part.get("part") == names.get(word, word)), None)
            if number is None:
                self._problems.add("G11", table.place(row, "部分"), group=name)
                continue
            own = parts[number].setdefault("groups", [])
            at: Steps = ("parts", number, "groups", len(own))
            own.append({"name": name})
            self._cells.places[(*at, "name")] = table.place(row, "一级指标")
            self._cells.take_one(own[-1], at, "points", row["分值"], table.place(row, "分值"))
            self._note(PARTS, f"{parts[number]['part']}.{name}", row, name)

    def _read_rows(self) -> None:
        table, rows = self._tables[ROWS], self._data["rows"]
        for row in table.rows():
            entry: dict[str, Any] = {}
            self._cells.take(entry, ("rows", len(rows)), "row", table, row)
            self._note(ROWS, entry.get("code", ""), row)
            entry["items"] = []
            self._cells.places["rows", len(rows)] = table.place(row, "编号")
            rows.append(entry)

    def _read_items(self) -> None:
        table, rows = self._tables[ITEMS], self._data["rows"]
        numbers = {entry.get("code"): number for number, entry in reversed([*enumerate(rows)])}
        for row in table.rows():
            code = code_of(shown(row["编号"]))
            number = numbers.get(code.partition(".")[0]) if code else None
            if number is None:
                self._problems.add("G12" if code else "C03", table.place(row, "编号"), code=code, column="编号")
                continue
            at: Steps = ("rows", number, "items", len(rows[number]["items"]))
            item: dict[str, Any] = {}
            self._cells.take(item, at, "item", table, row)
            self._cells.take_measure(item, at, table, row)
            self._cells.places[at] = table.place(row, "编号")
            rows[number]["items"].append(item)
            self._note(ITEMS, item.get("code", ""), row)

    def _note(self, kind: str, about: str, row: Row, name: str = "") -> None:
        """Remember a row by what it is about; a second one about the same is a problem."""
        first = self._lines.setdefault((kind, about), row)
        if first is not row and about:
            table = self._tables[kind]
            self._problems.add("G20", table.place(row, _NAMED_IN[kind]), name=name or about)

    # What is wrong with it ----------------------------------------------------------------------------------------

    def _check_id(self, rubric: Rubric | None, rubrics: Rubrics) -> None:
        name = self._data.get("id", "")
        if name in rubrics.shipped:
            self._problems.add("G13", self._cells.places["id",], id=name)
            return
        try:
            there = rubrics.load(name)
        except (KeyError, RubricError):
            return  # a file that cannot be used may be replaced
        if rubric and rubric.sha256 != there.sha256 and _numbers(rubric) <= _numbers(there):
            self._problems.add("G14", self._cells.places["version",], id=name, version=there.version)

    def _tell(self, complaint: Complaint) -> None:
        """Say what is wrong where it stands in the workbook, unless it is told already."""
        if isinstance(complaint.raised, MisfitError):
            for fault in complaint.raised.faults:
                if fault.key != "doubled":  # told already
                    self._tell_misfit(fault)
            return
        steps = tuple(step for at, step in enumerate(complaint.place) if complaint.place[at - 1 : at] != ("measure",))
        begun = [steps[:length] for length in range(len(steps), 0, -1)]
        if any(each in self._cells.unread for each in begun):
            return
        place = next((self._cells.places[each] for each in begun if each in self._cells.places), self._spare(steps))
        if complaint.type == "string_pattern_mismatch":
            self._problems.add(_FORMS[str(complaint.place[-1])], place, value=complaint.given)
        elif complaint.type == "too_short" and complaint.place[-1] == "items":
            self._problems.add("G15", place)
        else:
            text, _, fix = complaint.sentence.partition("请：")
            self._problems.add("G01", place, text=text, fix=fix)

    def _spare(self, steps: Steps) -> Place:
        """Where something belongs that is not there at all."""
        kind = {"parameters": PARAMETERS, "parts": PARTS, "rows": ROWS}.get(str(steps[0]), RUBRIC_HEAD)
        names = {**rubric_fields("head"), **rubric_fields("parameters"), **rubric_fields("without_services")}
        place = self._tables[kind].place()
        return Place(place.workbook, place.sheet, None, names.get(str(steps[-1]), ""))

    def _tell_misfit(self, fault: Fault) -> None:
        code, kind, column = _MISFITS[fault.key]
        kinds = [kind or ITEMS, ITEMS, ROWS, PARTS]  # the first that has a row about it
        found = next((each for each in kinds if (each, fault.about) in self._lines), None)
        table, row = self._tables[found or kinds[0]], self._lines[found, fault.about] if found else None
        at = column if column in table.columns else next(iter(table.columns))
        self._problems.add(code, table.place(row, at), **fault.values)


def _numbers(rubric: Rubric) -> tuple[int, ...]:
    return tuple(map(int, rubric.version.split(".")))
