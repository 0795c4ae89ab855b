"""Duties in: found by the id of their pack and validated."""

import tomllib
from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable

from pydantic import ValidationError

from govkit.complaints import in_chinese
from govkit.duties.model import Duties, Duty
from govkit.messages import say
from govkit.packs import Pack

DATA = files("govkit.duties") / "data"


class DutiesError(ValueError):
    """A file of duties that cannot be used. `complaints` holds a sentence in Chinese for each thing wrong."""

    def __init__(self, pack_id: str, complaints: Iterable[str]) -> None:
        self.complaints = tuple(complaints)
        super().__init__("\n".join([say("duties.unusable", id=pack_id), *self.complaints]))


def load_duties(pack: Pack) -> tuple[Duty, ...]:
    """The duties that a notice gives to the supervising office; none where it has no file of them.

    Raises:
        DutiesError: its file of duties is none; all that is wrong is named.
    """
    return load_duties_from(DATA, pack)


def load_duties_from(folder: Traversable, pack: Pack) -> tuple[Duty, ...]:
    """The duties of a notice in `<its id>.toml` of a folder; see `load_duties`."""
    file = folder / f"{pack.id}.toml"
    if not file.is_file():
        return ()
    try:
        duties = Duties.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DutiesError(pack.id, [say("packs.no_toml", error=error)]) from error
    except ValidationError as error:
        raise DutiesError(pack.id, in_chinese(error)) from error
    if duties.pack != pack.id:
        raise DutiesError(pack.id, [say("packs.id", id=duties.pack, file=file.name)])
    clauses = {article.clause for article in pack.articles}
    unknown = [duty for duty in duties.duties if duty.article not in clauses]
    if unknown:
        raise DutiesError(pack.id, [say("packs.no_article", id=duty.what, article=duty.article) for duty in unknown])
    return duties.duties
