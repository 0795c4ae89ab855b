"""The catalogue: every sentence that the code asks for is there, and every one that is there is asked for."""

import ast
from pathlib import Path

from govkit.messages import catalogue

PACKAGE = Path(__file__).parents[1] / "govkit"
# Sections whose keys the code puts together from data: grounds, steps, kinds, codes, error types.
COMPOSED = {"reason", "step", "pydantic", "unknown_words", "usage", "problem"}


def asked_for() -> tuple[set[str], set[str]]:
    """Keys that the code names in full, and the beginnings of those that it puts together."""
    full, begun = set(), set()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                full.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                begun.add(str(node.values[0].value))
    return full, begun


def test_nothing_is_left_over() -> None:
    """No sentence stands in the catalogue that no code can say."""
    full, begun = asked_for()
    for section, sentences in catalogue().items():
        for key in sentences:
            name = f"{section}.{key}"
            composed = section in COMPOSED or any(name.startswith(start) for start in begun if "." in start)
            assert composed or name in full, name


def test_every_problem_code_is_used() -> None:
    """Each code of the catalogue of problems is reported somewhere, and each that is reported is in it."""
    full, _ = asked_for()
    codes = {
        text
        for text in full
        if len(text) in (3, 4) and text[0] in "FSBCLRMGT" and text[1:3].isdigit() and "." not in text
    }
    assert codes == set(catalogue()["problem"])
