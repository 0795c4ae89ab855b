"""How a class judged: what was said of the items that split it, and what each person's answers come to."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from govkit.charts.lines import verdict_lines
from govkit.charts.looks import (
    BAR,
    GRID,
    LINE_SPACING,
    PAPER,
    SERIES,
    WIDTH,
    Shade,
    drawing,
    frame,
    label,
    nothing,
    whole_numbers,
)
from govkit.figures import two_places
from govkit.messages import say
from govkit.scoring import Ground, ObjectScore, reason
from govkit.training import Answer, ClassAgreement, ItemAgreement, totals

_MOST_ITEMS, _MOST_BARS, _MOST_STEPS, _MOST_VETOES = 20, 20, 10, 8
"""What fits on a page: items, people with a bar each, steps of points, and ways to be vetoed."""
_FEW = 3
"""People who are called by their names rather than counted."""
_ROW, _AXIS, _FULL = 0.42, 0.5, 100
"""In inches: a row with two lines of text, and the axis; the points that the axis has at least."""
_BESIDE, _REASON, _NAME = 21, 38, 10
"""Chinese characters: on a line beside the bars, of the reason why there is no total, of a name among others."""
_RIGHT, _WRONG, _MISSING = Shade("#9ecae1"), Shade("#e69f00", "///"), Shade("#f2f2f2", "...")
_PERSON, _REFERENCE = Shade("#9ecae1"), Shade("#d55e00", "xxx")


def splitting_items(agreement: ClassAgreement) -> Figure:
    """The items on which people differ, the worst first: how many gave which answer.

    Where the right answers are known, the part of a bar that is right stands first; else the most frequent answer does,
    and each answer has a shade of its own.
    """
    title, items = say("chart.splitting"), agreement.splitting[:_MOST_ITEMS]
    left = len(agreement.splitting) - len(items)
    known = agreement.reference is not None
    notes = [] if known else [say("chart.each_answer")]
    notes += [say("chart.more_items", number=left)] if left else []
    with drawing():
        if not items:
            return nothing(title, say("chart.no_splitting"))
        figure, axes = frame(WIDTH, _ROW * len(items) + _AXIS, title, notes)
        for place, item in enumerate(items):
            start, words = 0, []
            for told, number, shade in _parts(agreement, item):
                shade.bars(axes.barh([place], [number], 0.62, [start]))
                start += number
                words.append(told)
            _beside(axes, place, _wrapped("；".join(words), _BESIDE))
        _rows(axes, [_item_name(agreement, item) for item in items])
        _people_axis(axes, len(agreement.people))
        if known:
            shades = {"chart.right": _RIGHT, "chart.wrong": _WRONG, "lesson_sheet.none": _MISSING}
            patches = [shade.patch() for shade in shades.values()]
            figure.legend(patches, [say(key) for key in shades], loc="outside upper right", ncols=len(shades))
        return figure


def _parts(agreement: ClassAgreement, item: ItemAgreement) -> Iterator[tuple[str, int, Shade]]:
    """The parts of a bar from the left: an answer in words with how many gave it; who gave none comes last."""
    code = item.item.code
    right = agreement.right_words(code)
    answers = sorted(item.answers.items(), key=lambda each: agreement.in_words(code, each[0]) != right)
    for rank, (answer, number) in enumerate(answers):
        shade = SERIES[rank % len(SERIES)]
        if right:
            shade = _RIGHT if agreement.in_words(code, answer) == right else _WRONG
        yield _said(agreement, code, answer, number), number, shade
    if item.missing:
        yield say("lesson_sheet.answer", answer=say("lesson_sheet.none"), number=item.missing), item.missing, _MISSING


def _said(agreement: ClassAgreement, code: str, answer: Answer, number: int) -> str:
    """An answer with how many gave it, or with the names of a few."""
    words = agreement.in_words(code, answer)
    if len(agreement.people) > _FEW:
        return say("lesson_sheet.answer", answer=words, number=number)
    names = "、".join(label(who, _NAME, 1) for who in agreement.who_said(code, answer))
    return say("train.said", answer=words, names=names)


def _item_name(agreement: ClassAgreement, item: ItemAgreement) -> str:
    """An item by its code and indicator, with its right answer below."""
    code = item.item.code
    name = f"{code} {agreement.rubric.row_of[code].name}"
    right = agreement.right_words(code)
    return f"{label(name, lines=1)}\n{label(say('chart.right_is', answer=right), lines=1)}" if right else label(name)


def totals_of_class(agreement: ClassAgreement) -> Figure:
    """What each person's answers come to, beside the right result.

    Up to twenty people have a bar each, and who has no total is told why. Of more people, and where nobody has a
    total, it is drawn how many come to which result.
    """
    known = totals(agreement)
    if len(agreement.people) > _MOST_BARS or all(total is None for total in known.values()):
        return _results(agreement)
    scores = _scores(agreement)
    with drawing():
        figure, axes = frame(WIDTH, BAR * len(known) + _AXIS, say("chart.class_totals"))
        for place, (who, total) in enumerate(known.items()):
            if total is None:
                words = _wrapped(reason(scores[who], agreement.rubric), _REASON)
                ground = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5}
                axes.text(1, place, words, va="center", linespacing=LINE_SPACING, bbox=ground)
            else:
                (_PERSON if who else _REFERENCE).bars(axes.barh([place], [float(total)], 0.7))
                _beside(axes, place, two_places(total))
        _rows(axes, [label(who or say("chart.reference")) for who in known])
        axes.set_xlim(0, max([float(_FULL), *(float(total) for total in known.values() if total is not None)]))
        verdict_lines(axes, agreement.rubric)
        axes.set_xlabel(say("chart.total"))
        axes.grid(axis="x", color=GRID)
        return figure


@dataclass(frozen=True, slots=True)
class _Result:
    """People whose answers come to the same, and whether the right ones do so too."""

    name: str
    people: tuple[str, ...]
    right: bool


def _results(agreement: ClassAgreement) -> Figure:
    """How many people come to which result, the highest totals first, with the names that have room."""
    results = list(_grouped(agreement))
    with drawing():
        figure, axes = frame(WIDTH, _ROW * len(results) + _AXIS, say("chart.class_results"))
        for place, each in enumerate(results):
            (_REFERENCE if each.right else _PERSON).bars(axes.barh([place], [len(each.people)], 0.7))
            _beside(axes, place, _with_names(each.people))
        marked = f"\n{say('chart.right_here')}"
        _rows(axes, [label(each.name, lines=1) + marked * each.right for each in results])
        _people_axis(axes, max(len(each.people) for each in results))
        return figure


def _grouped(agreement: ClassAgreement) -> Iterator[_Result]:
    """Steps of points from the highest, empty ones between them as well; then verdicts without points, and vetoes."""
    scores = _scores(agreement)
    points = [score.total for score in scores.values() if score.total is not None]
    if points:
        step = _step(points)
        for number in range(int(max(points) // step), int(min(points) // step) - 1, -1):
            name = say("chart.class_points", low=number * step, high=(number + 1) * step)
            inside = (who for who, one in scores.items() if one.total is not None and one.total // step == number)
            yield _result(name, inside)
    others: dict[str, list[str]] = {}
    vetoed: dict[tuple[str, ...], list[str]] = {}
    for who, score in scores.items():
        if score.ground == Ground.VETO:
            vetoed.setdefault(score.vetoes, []).append(who)
        elif score.total is None:
            others.setdefault(say(f"verdict.{score.verdict}"), []).append(who)
    yield from (_result(name, people) for name, people in others.items())
    # The right result has a row of its own, however few people come to it.
    ranked = sorted(vetoed.items(), key=lambda each: ("" not in each[1], -len(each[1])))
    for codes, people in ranked[:_MOST_VETOES]:
        named = [f"{code} {agreement.rubric.row_of[code].name}" if len(codes) == 1 else code for code in codes]
        yield _result(say("chart.vetoed", vetoes="、".join(named)), people)
    if left := [who for _, people in ranked[_MOST_VETOES:] for who in people]:
        yield _result(say("chart.other_vetoes"), left)


def _scores(agreement: ClassAgreement) -> Mapping[str, ObjectScore]:
    """What the answers of everybody come to; the right result stands first, under an empty name."""
    right = {"": agreement.reference.score} if agreement.reference else {}
    return right | {person.who: person.score for person in agreement.people}


def _result(name: str, found: Iterator[str] | Sequence[str]) -> _Result:
    everybody = tuple(found)
    return _Result(name, tuple(who for who in everybody if who), "" in everybody)


def _step(points: Sequence[Fraction]) -> int:
    """How many points belong together: 1, 2, 5, 10, …, so that there are few steps."""
    low, high = min(points), max(points)
    steps = (step * 10**power for power in range(12) for step in (1, 2, 5))
    found: int = next(step for step in steps if high // step - low // step < _MOST_STEPS)
    return found


def _with_names(people: Sequence[str]) -> str:
    """How many people they are, with as many names as have room."""
    names = [label(who, _NAME, 1) for who in people]
    for shown in range(len(names), 0, -1):
        key = "chart.named" if shown == len(names) else "chart.named_and_more"
        words = _wrapped(say(key, number=len(names), names="、".join(names[:shown])), _BESIDE)
        if not words.endswith("…"):
            return words
    return say("chart.people_number", number=len(names))


def _wrapped(words: str, line: int) -> str:
    """A text on at most two lines, of which none starts with a blank or with what belongs to the line before."""
    return re.sub(r"\n([、；，。）]*) *", r"\1\n", label(words, line))


def _beside(axes: Axes, place: float, words: str) -> None:
    """Text to the right of a bar."""
    across = axes.get_yaxis_transform()
    axes.text(1.02, place, words, transform=across, va="center", linespacing=LINE_SPACING)


def _rows(axes: Axes, names: Sequence[str]) -> None:
    """The names of the bars, the first one above."""
    axes.set_yticks(range(len(names)), names, linespacing=LINE_SPACING)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(names) - 0.4, -0.6)


def _people_axis(axes: Axes, most: int) -> None:
    """An axis that counts people."""
    axes.set_xticks(whole_numbers(most))
    axes.set_xlim(0, most)
    axes.set_xlabel(say("chart.people"))
    axes.grid(axis="x", color=GRID)
