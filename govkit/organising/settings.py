"""What an office has chosen once for all its quarters, or for a year: kept in the home, a line each."""

from collections.abc import Iterable
from pathlib import Path

from govkit.messages import say
from govkit.packs import pack_ids
from govkit.store.errors import file_errors
from govkit.store.evidence import written_whole


def chosen_packs(home: Path) -> tuple[str, ...]:
    """The packs that are switched on, in the order of all; none where nobody has chosen. Unknown ones do not count."""
    lines = _lines(home / say("organising.packs"))
    return tuple(pack_id for pack_id in pack_ids() if pack_id in lines)


def choose_packs(home: Path, chosen: Iterable[str]) -> None:
    """Switch these packs on, and the others off."""
    _keep(home / say("organising.packs"), chosen)


def batches_left_out(home: Path, year: int) -> frozenset[str]:
    """The names of the batches that do not count for 年度考核 of a year; none where nobody has chosen."""
    return frozenset(_lines(_left_out(home, year)))


def leave_batches_out(home: Path, year: int, names: Iterable[str]) -> None:
    """Have these batches not count for 年度考核 of a year, and all others count."""
    _keep(_left_out(home, year), names)


def class_names(home: Path) -> tuple[str, ...]:
    """The people of the class that was written down last."""
    return tuple(_lines(_class(home)))


def set_class_names(home: Path, names: Iterable[str]) -> None:
    """Write down who is in the class."""
    _keep(_class(home), names)


def _class(home: Path) -> Path:
    return home / say("lesson.folder") / say("lesson.class")


def _left_out(home: Path, year: int) -> Path:
    return home / say("organising.year_folder") / say("organising.left_out", year=year)


def _lines(path: Path) -> list[str]:
    """The lines of a file, also where somebody has saved it with a mark of UTF-8, or as Windows saves Chinese text."""
    with file_errors(str(path.parent)):
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return []
    try:
        return content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace").splitlines()


def _keep(path: Path, lines: Iterable[str]) -> None:
    with file_errors(str(path.parent)):
        path.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(path) as file:
            file.write("".join(f"{line}\n" for line in lines).encode())
