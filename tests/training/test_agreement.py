"""Agreement: exact rates against a naive count over all pairs, coefficients against published figures."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest

from govkit.figures import Rate
from govkit.findings import Outcome
from govkit.rubric import load_rubric
from govkit.scoring import Judgement, ObjectResult, score_object
from govkit.training.agreement import Coefficient, class_agreement, totals
from tests.sheets.builders import account, site

RUBRIC = load_rubric("fengdu-2019")
SITE = site()
ALL = dict.fromkeys(RUBRIC.items_in_scope(SITE), Judgement(Outcome.CLEAR))


def result(**said: Outcome | int | None) -> ObjectResult:
    """A result of a site in which nothing was found but what is given: D1_2=3; None is not answered."""
    judgements = dict(ALL)
    for name, value in said.items():
        outcome = Outcome.UNCHECKED if value is None else value if isinstance(value, Outcome) else Outcome.FOUND
        count = value if isinstance(value, int) and not isinstance(value, Outcome) else 1
        judgements[name.replace("_", ".")] = Judgement(outcome, count)
    return ObjectResult(SITE, judgements, score_object(RUBRIC, SITE, judgements))


def random_class(seed: int, people: int) -> list[tuple[str, ObjectResult]]:
    """Some people whose answers differ by chance, some of them missing."""
    chance = Random(seed)  # noqa: S311 - no secret
    codes = [code for code in ALL if code[0] == "D"]
    made = []
    for number in range(people):
        said: dict[str, Outcome | int | None] = {}
        for code in codes:
            roll = chance.random()
            said[code] = (
                Outcome.CLEAR if roll < 0.6 else None if roll < 0.7 else Outcome.NOT_APPLICABLE if roll < 0.8 else 1
            )
        made.append((f"学员{number}", result(**said)))
    return made


def answer(judgement: Judgement) -> object:
    """What somebody said; None for nothing."""
    if judgement.outcome == Outcome.UNCHECKED:
        return None
    return (judgement.outcome, judgement.count if judgement.outcome == Outcome.FOUND else None)


@pytest.mark.parametrize("seed", range(5))
def test_rates_are_those_of_all_pairs(seed: int) -> None:
    """Agreement of an item, of a person and of all is what counting every pair of answers gives."""
    answers = random_class(seed, 7)
    found = class_agreement(RUBRIC, answers)
    for item in found.items:
        given = [answer(one.judgements[item.item.code]) for _, one in answers]
        pairs = [(a, b) for a, b in combinations(given, 2) if a is not None and b is not None]
        assert (item.pairs.part, item.pairs.whole) == (sum(a == b for a, b in pairs), len(pairs))
        assert item.missing == given.count(None)
    for person, (who, own) in zip(found.people, answers, strict=True):
        others = [one for name, one in answers if name != who]
        pairs = [(answer(own.judgements[c]), answer(one.judgements[c])) for one in others for c in ALL]
        pairs = [(a, b) for a, b in pairs if a is not None and b is not None]
        assert (person.with_others.part, person.with_others.whole) == (sum(a == b for a, b in pairs), len(pairs))
    assert found.pairs.whole == sum(item.pairs.whole for item in found.items)
    assert sum(row.pairs.part for row in found.rows) == found.pairs.part


def grid(labels: Mapping[str, str]) -> list[tuple[str, ObjectResult]]:
    """People by name, each with a row of letters: the answers to as many items, and a dash for none."""
    outcomes = {"1": 1, "2": Outcome.CLEAR, "3": Outcome.NOT_APPLICABLE, "4": Outcome.CANNOT_TELL, "-": None}
    outcomes |= {"5": 2}
    codes = [code for code in ALL if RUBRIC.items[code].kind == "count"]
    return [
        (who, result(**{code: outcomes[letter] for code, letter in zip(codes, row.replace(" ", ""), strict=False)}))
        for who, row in labels.items()
    ]


def only(answers: list[tuple[str, ObjectResult]], number: int) -> list[tuple[str, ObjectResult]]:
    """The same with all other items not answered by anybody."""
    codes = [code for code in ALL if RUBRIC.items[code].kind == "count"][:number]
    kept = []
    for who, one in answers:
        judged = {c: j if c in codes else Judgement(Outcome.UNCHECKED) for c, j in one.judgements.items()}
        kept.append((who, replace(one, judgements=judged)))
    return kept


def test_alpha_of_a_published_example() -> None:
    """Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, C: nominal data with missing values, 0.743."""
    rows = {
        "A": "1 2 3 3 2 1 4 1 2 - - -",
        "B": "1 2 3 3 2 2 4 1 2 5 - 3",
        "C": "- 3 3 3 2 3 4 2 2 5 1 -",
        "D": "1 2 3 3 2 4 4 1 2 5 1 -",
    }
    found = class_agreement(RUBRIC, only(grid(rows), 12)).beyond_chance
    assert found.kind == Coefficient.ALPHA
    assert found.value == pytest.approx(0.743, abs=0.0005)


def test_kappa_of_two_people() -> None:
    """Cohen's formula, worked out exactly over all items: those ten on which they differ, and all others alike."""
    one, other = "1111112222", "1111222212"
    found = class_agreement(RUBRIC, grid({"甲": one, "乙": other})).beyond_chance
    alike = len(ALL) - len(one)
    observed = Fraction(alike + sum(a == b for a, b in zip(one, other, strict=True)), len(ALL))
    found_by = [Fraction(row.count("1"), len(ALL)) for row in (one, other)]
    chance = found_by[0] * found_by[1] + (1 - found_by[0]) * (1 - found_by[1])
    assert found.kind == Coefficient.COHEN
    assert found.value == pytest.approx(float((observed - chance) / (1 - chance)))


def test_fleiss_kappa_against_its_formula() -> None:
    """Where everybody answered everything: Fleiss' formula, worked out exactly over all items."""
    chance = Random(7)  # noqa: S311 - no secret
    rows = {f"学员{n}": "".join(chance.choice("123") for _ in range(20)) for n in range(5)}
    answers = grid(rows)
    found = class_agreement(RUBRIC, answers).beyond_chance
    table = []
    for code in ALL:
        given = [answer(one.judgements[code]) for _, one in answers]
        table.append({label: given.count(label) for label in given})
    n, items = len(answers), len(table)
    observed = sum(Fraction(sum(c * (c - 1) for c in row.values()), n * (n - 1)) for row in table) / items
    labels = {label for row in table for label in row}
    expected = sum(Fraction(sum(row.get(label, 0) for row in table), n * items) ** 2 for label in labels)
    assert found.kind == Coefficient.FLEISS
    assert found.value == pytest.approx(float((observed - expected) / (1 - expected)))


def test_the_right_answers() -> None:
    """Who is right in what, by item and person; an effect on the score is there; the splitting items, worst first."""
    reference = result(D1_2=2, D22_1=3)
    answers = [("甲", reference), ("乙", result(D1_2=1, D22_1=3)), ("丙", result(V5_1=1, D22_1=3, D1_2=2))]
    found = class_agreement(RUBRIC, answers, reference)
    by_code = {each.item.code: each for each in found.items}
    assert by_code["D1.2"].right == Rate(2, 3)
    assert by_code["D1.2"].answers == {(Outcome.FOUND, 2): 2, (Outcome.FOUND, 1): 1}
    assert {each.item.code for each in found.splitting} == {"D1.2", "V5.1"}
    assert [person.feedback.differences != () for person in found.people if person.feedback] == [False, True, True]
    assert found.people[0].with_reference
    assert found.people[0].with_reference.value == pytest.approx(1.0)
    assert totals(found) == {
        "": reference.score.total,
        "甲": reference.score.total,
        "乙": answers[1][1].score.total,
        "丙": None,
    }
    assert found.rows[0].right


def test_nothing_beyond_chance() -> None:
    """Where all say the same, or too few answered, there is no coefficient; rates are exact all the same."""
    same = class_agreement(RUBRIC, [("甲", result()), ("乙", result())])
    assert same.beyond_chance.value is None
    assert same.pairs.part == same.pairs.whole == len(ALL)
    assert not same.splitting
    nobody = dict.fromkeys(ALL)
    empty = class_agreement(RUBRIC, [("甲", result(**nobody)), ("乙", result(**nobody))])
    assert (empty.pairs.whole, empty.beyond_chance) == (0, (Coefficient.ALPHA, None))


def test_what_cannot_be_compared() -> None:
    """One person alone, a name twice, and answers to other items are refused."""
    other = account()
    judged = dict.fromkeys(RUBRIC.items_in_scope(other), Judgement(Outcome.CLEAR))
    strange = ObjectResult(other, judged, score_object(RUBRIC, other, judged))
    for answers in ([("甲", result())], [("甲", result()), ("甲", result())], [("甲", result()), ("乙", strange)]):
        with pytest.raises(ValueError, match="甲"):
            class_agreement(RUBRIC, answers)


def test_numbers_that_decide_nothing() -> None:
    """Of what has a threshold, any number beyond it is the same answer; of what is counted it is not."""
    for code, pairs in (("V4_1", Rate(1, 1)), ("D1_2", Rate(0, 1))):
        found = class_agreement(RUBRIC, [("甲", result(**{code: 12})), ("乙", result(**{code: 15}))], result())
        item = next(item for item in found.items if item.item.code == code.replace("_", "."))
        assert item.pairs == pairs, code
        assert item.splits == (pairs.part == 0)


def test_what_all_get_wrong() -> None:
    """An item that everybody got wrong in the same way is gone through as well, and first; what nobody answered is not."""
    people = [(who, result(B7_1=1, D1_2=number, D9_1=None)) for who, number in (("甲", 1), ("乙", 2))]
    found = class_agreement(RUBRIC, people, result(D1_2=2))
    assert [(each.item.code, each.mistaken) for each in found.splitting] == [("B7.1", 2), ("D1.2", 1)]
    assert [each.item.code for each in class_agreement(RUBRIC, people).splitting] == ["D1.2"]


def test_what_an_answer_does_by_itself() -> None:
    """Each wrong answer tells what it does to the right result; the right one, and without a reference all, nothing."""
    people = [("甲", result(D1_2=1)), ("乙", result(V1_1=1)), ("丙", result())]
    found = class_agreement(RUBRIC, people, result())
    assert "99.00" in found.alone("D1.2", (Outcome.FOUND, 1))
    assert "不合格（单项否决）" in found.alone("V1.1", (Outcome.FOUND, 1))
    assert found.alone("D1.2", (Outcome.CLEAR, None)) == ""
    assert found.who_said("D1.2", (Outcome.CLEAR, None)) == ("乙", "丙")
    assert (found.right_words("D1.2"), found.in_words("D1.2", (Outcome.FOUND, 2))) == ("未发现", "发现问题 2 处")
    unknown = class_agreement(RUBRIC, people)
    assert unknown.alone("D1.2", (Outcome.FOUND, 1)) == unknown.right_words("D1.2") == ""


def test_answers_by_chance_agree_by_chance() -> None:
    """Whoever answers by chance has a coefficient about 0: a problem found is one answer, of whatever kind the item."""
    chance = Random(7)  # noqa: S311 - no secret
    given = (Outcome.CLEAR, Outcome.CLEAR, Outcome.FOUND, Outcome.NOT_APPLICABLE)
    people = [(str(number), result(**{c.replace(".", "_"): chance.choice(given) for c in ALL})) for number in range(60)]
    beyond = class_agreement(RUBRIC, people).beyond_chance
    assert beyond.kind == Coefficient.FLEISS
    assert beyond.value == pytest.approx(0, abs=0.01)
