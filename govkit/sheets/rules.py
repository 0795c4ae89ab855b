"""What may be typed into the cells of a sheet that is filled in by hand, and what is said beside them."""

from govkit.findings import Outcome
from govkit.messages import say
from govkit.rubric import Item, PartName, Rubric, outcome_word
from govkit.sheets.formulas import Counts, Formulas
from govkit.sheets.values import Rule

_LONGEST = 255  # characters that a spreadsheet program shows beside a cell
_LEAST_DAY = "36526"  # 2000-01-01 as the number of a day


class Rules:
    """The rules for the cells of one kind of object.

    Attributes:
        results: for 检查结果, by the code of the item; only items in scope are there.
        counts: for 数量.
        notes: for 问题说明.
        name: for 检查人员.
        day: for 检查时间.
    """

    def __init__(self, formulas: Formulas) -> None:
        rubric = formulas.rubric
        self.results = {
            item.code: _result(rubric, item, blank_is_clear=formulas.blank_is_clear) for item in formulas.items
        }
        self.counts = {item.code: _count(item, formulas.counts[item.code]) for item in formulas.items}
        self.notes = {item.code: _free("fill.note") for item in formulas.items}
        self.name = Rule("", "", "", say("fill.name"), "", must=True)
        self.day = Rule("date", _LEAST_DAY, "", say("fill.day"), say("fill.day_error"), must=True)


def _free(key: str) -> Rule:
    """Anything may be typed."""
    return Rule("", "", "", say(key), "")


def _result(rubric: Rubric, item: Item, *, blank_is_clear: bool) -> Rule:
    part = rubric.row_of[item.code].part
    words = [outcome_word(outcome, part) for outcome in _ORDER]
    unlisted = say("fill.unlisted", word=outcome_word(Outcome.CLEAR, part)) if blank_is_clear else ""
    prompt = rubric.guidance(item) or say(f"fill.{'bonus' if part == PartName.BONUS else 'result'}")
    return Rule(
        "list",
        ",".join(words),
        "",
        (unlisted + prompt)[:_LONGEST],
        say("fill.result_error", words="、".join(words)),
        must=True,
    )


_ORDER = (Outcome.CLEAR, Outcome.FOUND, Outcome.NOT_APPLICABLE, Outcome.CANNOT_TELL, Outcome.UNCHECKED)


def _count(item: Item, counts: Counts) -> Rule:
    if item.kind == "tier":
        choices = [str(level.points) for level in item.levels]
        levels = say(
            "fill.levels", levels="；".join(say("fill.level", points=p.points, text=p.text) for p in item.levels)
        )
        return Rule(
            "list", ",".join(choices), "", levels[:_LONGEST], say("fill.level_error", choices="、".join(choices))
        )
    (first, last), *others = counts.ranges
    if others:
        prompt = say("fill.reaching", least=others[-1][0])
        return Rule("whole", "1", "", prompt, say("fill.count_error"))
    if last == first:
        return Rule("whole", "1", "1", say("fill.once"), say("fill.once_error"))
    if last is None:
        return Rule("whole", "1", "", say("fill.count", unit=item.unit), say("fill.count_error"))
    return Rule("whole", "1", str(last), say("fill.sample", most=last), say("fill.sample_error", most=last))
