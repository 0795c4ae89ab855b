"""Data of the training in: cases, exercises, explanations, validated; what is wrong in all files is told at once."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from govkit.complaints import in_chinese
from govkit.messages import say
from govkit.rubric import Row, Rubric, load_rubric, rubric_ids
from govkit.training.cases import Case
from govkit.training.exercises import Exercise
from govkit.training.explanations import Explained, Explanation, explain_items
from govkit.training.situation import TrainingError

DATA = files("govkit.training") / "data"

_Named = TypeVar("_Named", Case, Exercise)


@cache
def load_cases() -> tuple[Case, ...]:
    """The worked cases, in the order of their ids.

    Raises:
        TrainingError: a file is none; all that is wrong in any file is named.
    """
    return load_cases_from(DATA / "cases")


def load_cases_from(folder: Traversable) -> tuple[Case, ...]:
    """The worked cases of a folder, a file each; see `load_cases`."""
    return _load_all(Case, folder)


@cache
def load_exercises() -> tuple[Exercise, ...]:
    """The exercises, in the order of their ids.

    Raises:
        TrainingError: a file is none; all that is wrong in any file is named.
    """
    return load_exercises_from(DATA / "exercises")


def load_exercises_from(folder: Traversable) -> tuple[Exercise, ...]:
    """The exercises of a folder, a file each; see `load_exercises`."""
    return _load_all(Exercise, folder)


@cache
def load_explanations() -> Mapping[str, Explanation]:
    """The explanations of items, by code.

    Raises:
        TrainingError: a file is none; all that is wrong in any file is named.
    """
    return load_explanations_from(DATA / "explanations")


def load_explanations_from(folder: Traversable) -> Mapping[str, Explanation]:
    """The explanations in all files of a folder; see `load_explanations`."""
    read: dict[str, Explanation] = {}
    complaints: list[str] = []
    adapter = TypeAdapter(dict[str, Explanation])
    for file in _toml_files(folder):
        try:
            found = adapter.validate_python(_parsed(file))
        except ValidationError as error:
            complaints += (_in_file(file, text) for text in in_chinese(error))
            continue
        except TrainingError as error:
            complaints += error.complaints
            continue
        complaints += (
            _in_file(file, say("training.explained_twice", item=code)) for code in found.keys() & read.keys()
        )
        read |= found
    if complaints:
        raise TrainingError(complaints)
    return read


def explained_rubric(rubric: Rubric) -> tuple[Explained, ...]:
    """Every item of a rubric with its explanation, in the order of the annex.

    Raises:
        TrainingError: as `load_explanations` and `explain_items`.
    """
    return explain_items(rubric, load_explanations(), _explained_rows())


@cache
def _explained_rows() -> Mapping[str, Row]:
    """What the explanations were written for: the indicators of the rubrics that come with govkit, by item."""
    return {code: row for rubric_id in rubric_ids() for code, row in load_rubric(rubric_id).row_of.items()}


def _load_all(model: type[_Named], folder: Traversable) -> tuple[_Named, ...]:
    read: list[_Named] = []
    complaints: list[str] = []
    for file in _toml_files(folder):
        try:
            one = model.model_validate(_parsed(file))
        except ValidationError as error:
            complaints += (_in_file(file, text) for text in in_chinese(error))
        except TrainingError as error:
            complaints += error.complaints
        else:
            read.append(one)
            if file.name != f"{one.id}.toml":
                complaints.append(_in_file(file, say("training.id", id=one.id)))
    if complaints:
        raise TrainingError(complaints)
    return tuple(read)


def _toml_files(folder: Traversable) -> Iterator[Traversable]:
    return iter(sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda file: file.name))


def _parsed(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TrainingError([_in_file(file, say("packs.no_toml", error=error))]) from error


def _in_file(file: Traversable, text: str) -> str:
    return say("training.in_file", file=file.name, text=text)
