"""Which packs of rules an office has switched on: one for all its quarters, kept in the home."""

from collections.abc import Iterable
from pathlib import Path

from govkit.messages import say
from govkit.packs import pack_ids
from govkit.store.errors import file_errors
from govkit.store.evidence import written_whole


def chosen_packs(home: Path) -> tuple[str, ...]:
    """The packs that are switched on, in the order of all; none where nobody has chosen. Unknown ones do not count."""
    with file_errors(str(home)):
        try:
            lines = (home / say("organising.packs")).read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return ()
    return tuple(pack_id for pack_id in pack_ids() if pack_id in lines)


def choose_packs(home: Path, chosen: Iterable[str]) -> None:
    """Switch these packs on, and the others off."""
    with file_errors(str(home)), written_whole(home / say("organising.packs")) as file:
        file.write("".join(f"{pack_id}\n" for pack_id in chosen).encode())
