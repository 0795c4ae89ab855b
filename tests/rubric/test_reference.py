"""What is generated from the rubric is committed as it is generated now."""

from importlib.resources import files
from pathlib import Path

import pytest

from govkit.rubric import load_rubric, rubric_ids
from govkit.rubric.reference import reference, schema

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("rubric_id", rubric_ids())
def test_reference_table_is_current(rubric_id: str) -> None:
    """`docs/rubric-ID.md` is what `govkit rubric show ID` prints."""
    assert (DOCS / f"rubric-{rubric_id}.md").read_text(encoding="utf-8") == reference(load_rubric(rubric_id))


def test_reference_table_has_every_item() -> None:
    """Each item stands in the table with its wording."""
    rubric = load_rubric("fengdu-2019")
    text = reference(rubric)
    assert all(f"| {code} | {rubric.wording(item)} |" in text for code, item in rubric.items.items())


def test_schema_is_current() -> None:
    """The schema that rubric files name in their first line is what `govkit rubric schema` prints."""
    committed = (files("govkit.rubric") / "data" / "rubric.schema.json").read_text(encoding="utf-8")
    assert committed == schema()
    assert '"sha256":' not in committed, "a file does not carry its own hash"
