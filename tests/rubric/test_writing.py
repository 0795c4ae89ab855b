"""A rubric as a file: read again it is the same, and a variant where only parameters differ."""

from hypothesis import given

from govkit.rubric import Rubric, Rubrics, load_rubric, rubric_from
from govkit.rubric.content import content, content_hash
from govkit.rubric.writing import rubric_file
from tests.rubric.variants import rubrics


@given(rubrics())
def test_any_rubric_comes_back(rubric: Rubric) -> None:
    """Whatever a rubric holds, its file has the same content and the same hash."""
    again = Rubrics({rubric.id: rubric_file(rubric).text.encode()}).load(rubric.id)
    assert again == rubric
    assert again.sha256 == content_hash(rubric) == rubric.sha256


@given(rubrics(parameters_only=True))
def test_other_parameters_make_a_variant(rubric: Rubric) -> None:
    """Where only parameters differ, the file extends a rubric of govkit and holds no rows."""
    made = rubric_file(rubric)
    assert made.base in Rubrics().shipped
    assert "[[rows]]" not in made.text
    assert Rubrics({rubric.id: made.text.encode()}).load(rubric.id).sha256 == rubric.sha256


def test_the_nearest_rubric_is_extended() -> None:
    """Of several rubrics that a file could extend, it extends the one that leaves least to say."""
    data = content(load_rubric("fengdu-2019-m14")) | {"id": "own"}
    data["parameters"]["pass_line"] = 70
    made = rubric_file(rubric_from(data))
    assert made.base == "fengdu-2019-m14"
    assert made.text.endswith("[parameters]\npass_line = 70\n")
    assert made.text.startswith("# ")
