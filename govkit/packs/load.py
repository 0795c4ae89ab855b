"""Packs in: found by id and validated."""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pydantic import ValidationError

from govkit.complaints import in_chinese
from govkit.messages import say
from govkit.packs.model import Pack

DATA = files("govkit.packs") / "data"


class PackError(ValueError):
    """A pack that cannot be used. `complaints` holds a sentence in Chinese for each thing wrong."""

    def __init__(self, pack_id: str, complaints: Iterable[str]) -> None:
        self.complaints = tuple(complaints)
        super().__init__("\n".join([say("packs.unusable", id=pack_id), *self.complaints]))


def pack_ids() -> tuple[str, ...]:
    """The ids of all packs that come with govkit, sorted."""
    return tuple(sorted(f.name.removesuffix(".toml") for f in DATA.iterdir() if f.name.endswith(".toml")))


@cache
def load_pack(pack_id: str) -> Pack:
    """The pack with this id.

    Raises:
        PackError: there is no such pack, or its file is none; all that is wrong is named.
    """
    return load_pack_from(DATA, pack_id)


def load_pack_from(folder: Traversable, pack_id: str) -> Pack:
    """The pack `<pack_id>.toml` of a folder; see `load_pack`."""
    file = folder / f"{pack_id}.toml"
    if not file.is_file():
        raise PackError(pack_id, [say("packs.no_pack", ids="、".join(pack_ids()))])
    try:
        pack = Pack.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(pack_id, [say("packs.no_toml", error=error)]) from error
    except ValidationError as error:
        raise PackError(pack_id, in_chinese(error)) from error
    if pack.id != pack_id:
        raise PackError(pack_id, [say("packs.id", id=pack.id, file=file.name)])
    return pack
