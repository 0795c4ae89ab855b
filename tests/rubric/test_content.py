"""The content of rules that came from elsewhere is what their hash says."""

import pytest

from govkit.rubric import Rubric, load_rubric, rubric_ids
from govkit.rubric.content import content_hash


@pytest.mark.parametrize("rubric_id", rubric_ids())
def test_rules_that_went_round(rubric_id: str) -> None:
    """The hash of every rubric of govkit can be recomputed from the file of it that packs hold."""
    rubric = load_rubric(rubric_id)
    again = Rubric.model_validate_json(rubric.model_dump_json(exclude_unset=True, indent=1))
    assert content_hash(again) == content_hash(rubric) == rubric.sha256


def test_altered_rules() -> None:
    """One word or one point is enough for another hash."""
    text = load_rubric("fengdu-2019").model_dump_json(exclude_unset=True)
    for old, new in (("首页", "主页"), ('"pass_line":"60"', '"pass_line":"61"')):
        assert old in text
        altered = Rubric.model_validate_json(text.replace(old, new, 1))
        assert content_hash(altered) != altered.sha256
