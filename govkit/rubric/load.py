"""Rubric files in: found by id, merged with what they extend, validated, hashed."""

import hashlib
import json
import tomllib
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from govkit.complaints import Complaint, in_chinese, located
from govkit.messages import say
from govkit.rubric.entries import Exact, ItemCode, Limit
from govkit.rubric.model import Rubric


class RubricError(ValueError):
    """A rubric file that cannot be used.

    `complaints` holds a sentence in Chinese for each thing wrong, `located` the same with places in its data, as far as
    the data could be looked at.
    """

    def __init__(self, rubric_id: str, complaints: Iterable[str], located: Iterable[Complaint] = ()) -> None:
        self.complaints, self.located = tuple(complaints), tuple(located)
        super().__init__("\n".join([say("rubric.unusable", id=rubric_id), *self.complaints]))


_Model = TypeVar("_Model", bound=BaseModel)


class _Override(BaseModel):
    model_config = ConfigDict(extra="forbid")


class WithoutServicesOverride(_Override):
    """Of the rule for units without public services, only whether it applies can be changed."""

    applies: bool


class ParametersOverride(_Override):
    """The parameters that a variant changes; the others stay."""

    pass_line: Exact | None = None
    bonus_line: Exact | None = None
    without_services: WithoutServicesOverride | None = None
    limits: dict[ItemCode, Limit] = Field(default_factory=dict)


class Variant(_Override):
    """A rubric file that extends another and changes parameters only."""

    id: str
    version: str
    title: str
    source: str
    extends: str
    parameters: ParametersOverride


DATA = files("govkit.rubric") / "data"
_SUFFIX = ".toml"


class Rubrics:
    """The rubrics at hand: those that come with govkit, and an office's own.

    A rubric of govkit cannot be replaced: a file of an office under its id is among `faults`, and is never used.

    Args:
        own: the content of an office's rubric files, by their names without `.toml`; each may extend any other.
        also: a rubric that is at hand under its id, whatever files say: the one that a batch was made with.
    """

    def __init__(self, own: Mapping[str, bytes] | None = None, also: Rubric | None = None) -> None:
        shipped = {file.name.removesuffix(_SUFFIX) for file in DATA.iterdir() if file.name.endswith(_SUFFIX)}
        self.shipped = tuple(sorted(shipped))
        self._own = {name: content for name, content in (own or {}).items() if name not in shipped}
        self._shadowing = sorted((own or {}).keys() & shipped)
        self._loaded: dict[str, Rubric] = {also.id: also} if also else {}

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all rubrics, sorted; those of govkit first."""
        return (*self.shipped, *sorted((self._own.keys() | self._loaded.keys()) - {*self.shipped}))

    def load(self, rubric_id: str) -> Rubric:
        """The rubric with this id.

        Raises:
            KeyError: there is no such rubric.
            RubricError: its file, or one that it extends, is no valid rubric; all that is wrong is named.
        """
        if rubric_id not in self._loaded:
            self._loaded[rubric_id] = _load(self._content, rubric_id)
        return self._loaded[rubric_id]

    def load_file(self, name: str, content: bytes) -> Rubric:
        """The rubric of a file that lies elsewhere, by its name without `.toml`; it may extend those at hand.

        Raises:
            RubricError: it is no valid rubric; all that is wrong is named.
        """
        return _load(lambda rubric_id: content if rubric_id == name else self._content(rubric_id), name)

    def usable(self) -> tuple[Rubric, ...]:
        """All rubrics without those whose files cannot be used; `faults` tells of these."""
        return tuple(found for name in self.ids if isinstance(found := self._tried(name), Rubric))

    def faults(self) -> tuple[RubricError, ...]:
        """What is wrong with files of an office, each with all that is wrong in it."""
        shadowing = (RubricError(name, [say("rubric.shipped", id=name)]) for name in self._shadowing)
        return (*shadowing, *(found for name in self.ids if isinstance(found := self._tried(name), RubricError)))

    def also(self, rubric: Rubric) -> "Rubrics":
        """The same with a rubric that is at hand whatever files say."""
        return Rubrics(self._own, rubric)

    def _tried(self, rubric_id: str) -> Rubric | RubricError:
        try:
            return self.load(rubric_id)
        except RubricError as error:
            return error

    def _content(self, rubric_id: str) -> bytes:
        return self._own[rubric_id] if rubric_id in self._own else _read(DATA, rubric_id)


def rubric_ids() -> tuple[str, ...]:
    """The ids of all rubrics that come with govkit, sorted."""
    return Rubrics().ids


@cache
def load_rubric(rubric_id: str) -> Rubric:
    """The rubric with this id, of those that come with govkit; see `Rubrics` for others.

    Raises:
        KeyError: there is no such rubric.
        RubricError: its file, or one that it extends, is no valid rubric; all that is wrong is named.
    """
    return _load(partial(_read, DATA), rubric_id)


def load_rubric_from(folder: Traversable, rubric_id: str) -> Rubric:
    """The rubric `<rubric_id>.toml` of a folder; see `load_rubric`."""
    return _load(partial(_read, folder), rubric_id)


def rubric_from(data: Mapping[str, Any]) -> Rubric:
    """The rubric of what stands in a file, with numbers in their shortest form.

    Raises:
        RubricError: it is no valid rubric; all that is wrong is named.
    """
    return _validated(Rubric, {**data, "sha256": _content_hash(dict(data))}, str(data.get("id", "")))


_Content = Callable[[str], bytes]
"""The content of the file of a rubric, by its id; a KeyError where there is none."""


def _load(content: _Content, rubric_id: str) -> Rubric:
    return rubric_from(_merged(content, rubric_id, ()))


def _read(folder: Traversable, rubric_id: str) -> bytes:
    file = folder / f"{rubric_id}{_SUFFIX}"
    if not file.is_file():
        raise KeyError(rubric_id)
    return file.read_bytes()


def _merged(content: _Content, rubric_id: str, seen: tuple[str, ...]) -> dict[str, Any]:
    """The content of a file, laid over what it extends."""
    if rubric_id in seen:
        raise RubricError(rubric_id, [say("rubric.circle", ids=" → ".join([*seen, rubric_id]))])
    data = _parse(content, rubric_id)
    if data.get("id") != rubric_id:
        raise RubricError(rubric_id, [say("rubric.id", id=data.get("id"), file=f"{rubric_id}{_SUFFIX}")])
    if "extends" not in data:
        return data
    variant = _validated(Variant, data, rubric_id)
    try:
        base = _merged(content, variant.extends, (*seen, rubric_id))
    except KeyError:
        raise RubricError(rubric_id, [say("rubric.no_base", id=variant.extends)]) from None
    own = {key: value for key, value in data.items() if key != "extends"}
    return laid_over(base, own)


def _parse(content: _Content, rubric_id: str) -> dict[str, Any]:
    try:
        # A text editor may have put a mark of its own in front.
        return tomllib.loads(content(rubric_id).decode("utf-8-sig").replace("\r\n", "\n"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RubricError(rubric_id, [say("rubric.no_toml", error=error)]) from error


def laid_over(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """What a variant comes to: the tables of a file, with those of another laid over them."""
    merged = dict(base)
    for key, value in over.items():
        both_tables = isinstance(value, dict) and isinstance(base.get(key), dict)
        merged[key] = laid_over(base[key], value) if both_tables else value
    return merged


def _content_hash(data: dict[str, Any]) -> str:
    canonical = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _validated(model: type[_Model], data: dict[str, Any], rubric_id: str) -> _Model:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise RubricError(rubric_id, in_chinese(error), located(error)) from error
