"""The sheet 规则核查: what people judged of the rules that nobody can work out, of objects, units and incidents."""

import re
from collections.abc import Iterable, Mapping

from govkit.findings import Finding, Outcome
from govkit.folding import fold
from govkit.messages import say
from govkit.packs import load_pack, pack_ids
from govkit.problems import Problems, place_of
from govkit.reading.cells import as_text, read_identifier
from govkit.reading.fields import Fields
from govkit.reading.layout import nearest, outcome_words
from govkit.reading.ledgers import Ledger
from govkit.reading.table import Table
from govkit.rubric import PartName, outcome_word
from govkit.season import Incident, Unit

_WHO, _RULE, _RESULT, _NOTE, _PROOF = "检查对象", "规则编号", "检查结果", "问题说明", "佐证"
_RULE_ID = re.compile(r"^[A-Z]{2}\d{2}$", re.ASCII)


def read_checked(
    tables: Iterable[Table],
    ledger: Ledger,
    units: Mapping[str, Unit],
    incidents: Iterable[Incident],
    problems: Problems,
) -> dict[tuple[str, str], Finding]:
    """What was judged, by object, unit or incident, and rule.

    Args:
        tables: the sheets.
        ledger: the objects; their sponsors are units as well.
        units: 单位名录, as far as there is one.
        incidents: 突发事件, as far as there are any.
        problems: takes what is wrong.
    """
    sponsors = (subject.sponsor for subject in ledger.subjects.values())
    names = {fold(name): name for name in (*sponsors, *units, *(each.id for each in incidents)) if name}
    found: dict[tuple[str, str], Finding] = {}
    for table in tables:
        for row in table.rows():
            fields = Fields(table, row, problems)
            who, rule = _who(fields, ledger, names), _rule(fields)
            if all(fields.is_blank(column) for column in (_RESULT, _NOTE, _PROOF)):
                continue  # a sheet that lists all rules beforehand: nobody has judged this one
            outcome, note, proof = _outcome(fields), fields.text(_NOTE), fields.text(_PROOF)
            inspector, moment = fields.text("检查人"), fields.moment("检查时间")
            if outcome == Outcome.NOT_APPLICABLE and not note:
                problems.add("R15", fields.place(_NOTE), item=rule)
            if not who or not rule:
                continue
            finding = Finding(
                who, rule, outcome or Outcome.UNCHECKED, None, note, "", proof, inspector, moment,
                extra=row.extra, place=fields.place(_RESULT),
            )  # fmt: skip
            first = found.setdefault((who, rule), finding)
            if first.place and first is not finding:
                problems.add("R06", fields.place(_RESULT), subject=who, item=rule, first=place_of(first.place))
    return found


def _who(fields: Fields, ledger: Ledger, names: Mapping[str, str]) -> str:
    """Which object, incident or unit a row is about, by identifier or name; empty, and a problem, for none."""
    value, place = fields.row[_WHO], fields.place(_WHO)
    unit = names.get(fold(as_text(value)))
    if unit:
        return unit
    text = read_identifier(value, place, fields.problems)
    known = ledger.known(text)
    if known in ledger.subjects:
        return known
    if text and not ledger.explains(text, place, fields.problems):
        near = nearest(text, names.values())
        hint = say("reading.near", name=near) if near else ""
        fields.problems.add("R34", place, name=text, near=hint)
    return ""


def _rule(fields: Fields) -> str:
    text = fields.text(_RULE, required=True)
    rule = fold(text).upper()
    if _RULE_ID.match(rule):
        if not any(rule in load_pack(pack_id).by_id for pack_id in pack_ids()):
            fields.problems.add("R35", fields.place(_RULE), value=rule)
        return rule
    if text:
        fields.problems.add("R32", fields.place(_RULE), value=text)
    return ""


def _outcome(fields: Fields) -> Outcome | None:
    """The result that a cell names, in the words for problems: 符合 would mean the opposite here."""
    text = fields.text(_RESULT, required=True)
    outcome = outcome_words(PartName.DEDUCTION).get(fold(text))
    if text and outcome is None:
        standard = (outcome_word(each, PartName.DEDUCTION) for each in Outcome)
        fields.problems.add("R04", fields.place(_RESULT), value=text, near="", words="、".join(standard))
    return outcome
