"""The sheets 抽查记录, one row a judged item or one row an object: findings, each checked against ledger and rubric."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from govkit.findings import Finding, Outcome, Place
from govkit.folding import fold
from govkit.ledger import Subject
from govkit.messages import say
from govkit.problems import Problems, place_of
from govkit.reading.cells import as_text, is_blank, read_moment, read_number, read_text, sound
from govkit.reading.layout import WIDE, layouts, nearest, outcome_words, words
from govkit.reading.ledgers import Ledger
from govkit.reading.sheet import CellValue, ErrorValue
from govkit.reading.table import ITEM_HEADER, Row, Table
from govkit.rubric import Item, PartName, Rubric, outcome_word

_ID, _NAME, _ITEM, _RESULT, _COUNT = "检查对象标识码", "检查对象名称", "指标编号", "检查结果", "数量"
_NOTE, _URL, _SHOT, _WHO, _WHEN = "问题说明", "问题网址", "截图", "检查人", "检查时间"
_ROWS_A_STEP = 500


class Records:
    """The findings read so far, by object and item."""

    def __init__(
        self, ledger: Ledger, rubric: Rubric | None, problems: Problems, progress: Callable[[int], None]
    ) -> None:
        self.ledger, self.rubric, self.problems, self.progress = ledger, rubric, problems, progress
        self.rows_read = 0
        self.findings: dict[tuple[str, str], Finding] = {}
        self.without_reason = 0

    def read(self, table: Table) -> None:
        """Take in all findings of a table of either kind."""
        read_row = self._read_wide_row if table.kind == WIDE else self.read_row
        if table.kind == WIDE:
            self._check_item_headers(table)
        for row in table.rows():
            read_row(table, row)
            self.rows_read += 1
            if self.rows_read % _ROWS_A_STEP == 0:
                self.progress(self.rows_read)

    def add(self, finding: Finding) -> None:
        """Take in a finding; the second one for an object and an item is a duplicate, wherever it stands."""
        key = (finding.subject_id, finding.item)
        first = self.findings.setdefault(key, finding)
        if first is not finding and finding.place and first.place:
            self.problems.add("R06", finding.place, subject=key[0], item=key[1], first=place_of(first.place))

    def add_issues(self, subject_id: str, item: Item, found: Finding, rows: int) -> None:
        """Take in what a problem list has of one item: as many as it has rows, where the item counts."""
        if found.place is None:
            return
        number = rows if item.kind == "count" else None
        self._check_count(item, number or 1, found.place)
        self.add(replace(found, subject_id=subject_id, item=item.code, count=number))

    def item(self, text: str, place: Place) -> Item | None:
        """The item that a code means; what follows the code is ignored."""
        if self.rubric is None:
            return None
        code = ITEM_HEADER.match(fold(text).upper())
        item = self.rubric.items.get(code[1]) if code else None
        if item is None:
            wanted = code[1] if code else text.upper()
            siblings = [other for other in self.rubric.items if other.startswith(wanted.split(".")[0] + ".")]
            near = nearest(wanted, siblings or self.rubric.items)
            hint = say("reading.near", name=near) if near else ""
            if f"{wanted}.1" in siblings:  # an indicator, where an item is asked for
                hint = say("reading.siblings", names="、".join(siblings))
            self.problems.add("R03", place, code=text, near=hint)
        return item

    def in_scope(self, subject: Subject, item: Item, place: Place) -> bool:
        """Whether an item is judged for an object at all."""
        if self.rubric is None or item.code in self.rubric.items_in_scope(subject):
            return True
        same_kind = self.rubric.row_of[item.code].subject == subject.kind
        self.problems.add("R05" if same_kind else "R17", place, item=item.code, subject=subject.name)
        return False

    def read_row(self, table: Table, row: Row) -> None:
        """Take in one judged item."""
        result, count = row[_RESULT], row[_COUNT]
        if is_blank(result) and all(is_blank(row[name]) for name in (_COUNT, _NOTE, _URL, _SHOT)):
            # A sheet that lists all items beforehand: nobody has judged this one. The code must be right all the same.
            self._subject(table, row)
            return
        subject = self._subject(table, row)
        item_place = table.place(row, _ITEM)
        item_text = read_text(row[_ITEM], item_place, self.problems, required=True)
        item = self.item(item_text, item_place) if item_text else None
        finding_place, count_place = table.place(row, _RESULT), table.place(row, _COUNT)
        texts = self._common(table, row)
        outcome = self._outcome(result, item, finding_place)
        number = None if is_blank(count) else self._number(count, count_place)
        if subject is None or item is None or not self.in_scope(subject, item, item_place):
            return
        if outcome is not None and (number is not None or is_blank(count)):
            self._check_number(item, outcome, number, count_place)
        if outcome == Outcome.NOT_APPLICABLE and not texts["note"]:
            self.problems.add("R15", table.place(row, _NOTE), item=item.code)
        # Where the result itself is wrong, the row still takes its place, so that a second one is a duplicate.
        judged = Outcome.UNCHECKED if outcome is None else outcome
        self.add(Finding(subject.id, item.code, judged, number, place=finding_place, **texts))  # type: ignore[arg-type]

    def _subject(self, table: Table, row: Row) -> Subject | None:
        place = table.place(row, _ID)
        subject = self.ledger.find(row[_ID], place, self.problems)
        if subject and not is_blank(row[_NAME]):
            name_place = table.place(row, _NAME)
            name = read_text(row[_NAME], name_place, self.problems)
            if name and fold(name) != fold(subject.name):
                self.problems.add("R02", name_place, name=name, code=subject.id, expected=subject.name)
        return subject

    def _common(self, table: Table, row: Row) -> dict[str, str | datetime | dict[str, str] | None]:
        """What a row says besides its result."""
        text = {
            name: read_text(row[name], table.place(row, name), self.problems) for name in (_NOTE, _URL, _SHOT, _WHO)
        }
        when = row[_WHEN]
        moment = None if is_blank(when) else read_moment(when, table.place(row, _WHEN), self.problems)
        return {
            "note": text[_NOTE],
            "url": text[_URL],
            "screenshot": text[_SHOT],
            "inspector": text[_WHO],
            "checked_at": moment,
            "extra": row.extra,
        }

    def _outcome(self, value: CellValue, item: Item | None, place: Place) -> Outcome | None:
        """The result that a cell names; where the item is unknown, any word of 检查结果 will do."""
        text = read_text(value, place, self.problems, required=True)
        if self.rubric is None or not text:
            return None
        parts = (self.rubric.row_of[item.code].part,) if item else tuple(PartName)
        known = {word: outcome for part in parts for word, outcome in outcome_words(part).items()}
        outcome = known.get(fold(text))
        if outcome is None:
            standard = list(dict.fromkeys(outcome_word(o, part) for part in parts for o in Outcome))
            # “没问题” looks like 发现问题, and means the opposite.
            near = "" if fold(text) in words("unclear") or _denies(text) else nearest(text, standard)
            hint = say("reading.near", name=near) if near else ""
            code = "R19" if fold(text) in _all_outcome_words() else "R04"
            item_code = item.code if item else ""
            self.problems.add(code, place, value=text, item=item_code, words="、".join(standard), near=hint)
        return outcome

    def _number(self, value: CellValue, place: Place) -> int | None:
        number = read_number(value, place, self.problems)
        if number is None:
            return None
        if number < 0:
            self.problems.add("R07", place, value=as_text(value))
        elif number.denominator != 1:
            self.problems.add("R08", place, value=as_text(value))
        else:
            return int(number)
        return None

    def _check_number(self, item: Item, outcome: Outcome, number: int | None, place: Place) -> None:
        """A number that its item or its result does not allow is a problem; it is refused, never clamped."""
        if outcome == Outcome.FOUND:
            self._check_count(item, 1 if number is None else number, place)
        elif number:
            self.problems.add("R14", place, value=number, item=item.code)

    def _check_count(self, item: Item, number: int, place: Place) -> None:
        if self.rubric is not None:
            self.problems.add_count_fault(self.rubric, item, number, place)

    def _check_item_headers(self, table: Table) -> None:
        """Every column that looks like an item must be one."""
        for code, column in table.items.items():
            header = as_text(table.sheet.cell(table.header_row, column)).strip()
            self.item(code, table.sheet.place(table.header_row, header))

    def _read_wide_row(self, table: Table, row: Row) -> None:
        if is_blank(row[_ID]) and all(is_blank(value) for value in row.items.values()):
            return
        subject = self._subject(table, row)
        common = self._common(table, row)
        if subject is None or self.rubric is None:
            return
        for code, value in row.items.items():
            item = self.rubric.items.get(code)
            header = as_text(table.sheet.cell(table.header_row, table.items[code])).strip()
            place = table.sheet.place(row.number, header)
            if item is None or is_blank(value) or not sound(value, place, self.problems):
                continue
            if self.in_scope(subject, item, place):
                self._read_wide_cell(subject, item, value, row, place, common)

    def _read_wide_cell(
        self,
        subject: Subject,
        item: Item,
        value: CellValue,
        row: Row,
        place: Place,
        common: dict[str, str | datetime | dict[str, str] | None],
    ) -> None:
        """A word is that result, a number that many found, and any other text the note of a problem found once."""
        read = self._wide_value(item, value, place)
        if read is None:
            return
        outcome, number, note = read
        self._check_number(item, outcome, number, place)
        texts = {**common, "note": note, "extra": {**row.extra, **({_NOTE: common["note"]} if common["note"] else {})}}
        if outcome == Outcome.NOT_APPLICABLE and not note:
            # The note of the whole row can be a reason; it is not what was found at each item.
            texts["note"] = common["note"]
            self.without_reason += not common["note"]
        self.add(Finding(subject.id, item.code, outcome, number, place=place, **texts))  # type: ignore[arg-type]

    def _wide_value(self, item: Item, value: CellValue, place: Place) -> tuple[Outcome, int | None, str] | None:
        assert self.rubric is not None
        text = as_text(value).strip()
        known = outcome_words(self.rubric.row_of[item.code].part)
        if fold(text) in known:
            return known[fold(text)], None, ""
        number = _as_number(value)
        if number is not None:
            whole = self._number(value, place)
            if whole is None:
                return None
            return (Outcome.CLEAR, None, "") if whole == 0 else (Outcome.FOUND, whole, "")
        if fold(text) in words("unclear") | _all_outcome_words():
            self.problems.add("R16", place, value=text, item=item.code)
            return None
        for word, outcome in known.items():
            head, rest = text[: len(word)], text[len(word) :]
            if fold(head) == word and rest[0] in layouts()["words"]["after_outcome"]:
                return outcome, None, _reason(rest)
        if _denies(text):
            self.problems.add("R16", place, value=text, item=item.code)
            return None
        return Outcome.FOUND, None, text


def _as_number(value: CellValue) -> Fraction | None:
    """A number also where it is stored as text; a unit behind it makes it text in a wide table as well as a number."""
    if isinstance(value, ErrorValue):
        return None
    return read_number(value, Place(""), Problems())


def _denies(text: str) -> bool:
    """Whether a text begins as those that say that nothing was found."""
    return any(fold(text).startswith(fold(beginning)) for beginning in layouts()["words"]["denials"])


def _all_outcome_words() -> frozenset[str]:
    return frozenset(word for part in PartName for word in outcome_words(part))


def _reason(rest: str) -> str:
    """What stands behind a word of 检查结果, without the punctuation that joins them."""
    reason = rest.lstrip(layouts()["words"]["after_outcome"]).strip()
    opened = unicodedata.normalize("NFKC", rest.strip()).startswith("(")
    return reason.rstrip(")）").strip() if opened else reason
