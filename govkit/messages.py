"""The catalogue: every sentence that a person reads stands in `messages.toml`, by key, with named gaps."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def catalogue() -> dict[str, dict[str, object]]:
    """All sentences, as they stand in the data file: section → key → sentence, or table of sentences."""
    text = files("govkit").joinpath("messages.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def say(key: str, **values: object) -> str:
    """The sentence under `section.key` with its gaps filled.

    Raises:
        KeyError: no such sentence, or a gap without a value.
    """
    return _sentence(key).format(**values) if values else _plain(key)


@cache
def _plain(key: str) -> str:
    return _sentence(key).format()


@cache
def _sentence(key: str) -> str:
    section, _, name = key.partition(".")
    sentence = catalogue()[section][name]
    if not isinstance(sentence, str):
        raise KeyError(key)
    return sentence
