"""Screenshots that the cells 截图 of a workbook name as files beside it, on their way into the store and out again."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from govkit.findings import Finding, SpotCheck
from govkit.messages import say
from govkit.store import EVIDENCE_NAME, StoreError, evidence_name

_BETWEEN = re.compile("[；;]")
_JOINED = "；"
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")


class Pictures(Mapping[str, bytes]):
    """Pictures by name, each read when it is asked for: all of them together may be larger than memory.

    Args:
        names: what there is.
        read: the content of one.
    """

    def __init__(self, names: Iterable[str], read: Callable[[str], bytes]) -> None:
        self._names, self._read = dict.fromkeys(names), read

    def __getitem__(self, name: str) -> bytes:
        """Read a picture."""
        if name not in self._names:
            raise KeyError(name)
        return self._read(name)

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._names)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._names)


def names_in(finding: Finding) -> list[str]:
    """The names in a cell 截图, which may hold several."""
    return [name for part in _BETWEEN.split(finding.screenshot) if (name := part.strip())]


def taken_in(check: SpotCheck, folder: Path) -> tuple[SpotCheck, Pictures, list[str]]:
    """Find the files that the cells 截图 name, below the folder of the workbook only.

    Returns:
        The spot check with the names that the store gives them, the files under these names, and what looks like the
        name of a file but is not there.
    """
    paths: dict[str, Path] = {}
    known: dict[str, str] = {}
    missing: dict[str, None] = {}
    findings = []
    for finding in check.findings:
        names = names_in(finding)
        for name in names:
            if name not in known and (path := _file(folder, name)):
                known[name] = evidence_name(path.read_bytes(), path.suffix)
                paths[known[name]] = path
            elif name not in known and _SUFFIX.fullmatch(Path(name).suffix) and "://" not in name:
                missing[name] = None
        placed = _JOINED.join(known.get(name, name) for name in names)
        findings.append(replace(finding, screenshot=placed) if known.keys() & set(names) else finding)
    pictures = Pictures(paths, lambda name: paths[name].read_bytes())
    return replace(check, findings=tuple(findings)), pictures, list(missing)


def _file(folder: Path, name: str) -> Path | None:
    """The file of this name, if it is below the folder and has a suffix."""
    with suppress(OSError, ValueError):  # other texts make no path at all
        path = (folder / name.replace("\\", "/")).resolve()
        if path.is_relative_to(folder.resolve()) and path.is_file() and _SUFFIX.fullmatch(path.suffix):
            return path
    return None


def given_out(check: SpotCheck, there: Iterable[str], read: Callable[[str], bytes | None]) -> Pictures:
    """The pictures that a spot check names, of those that the store has."""
    named = {name for f in check.findings for name in names_in(f) if EVIDENCE_NAME.fullmatch(name)}

    def content(name: str) -> bytes:
        found = read(name)
        if found is None:
            raise StoreError(say("store.evidence_damaged", name=name))
        return found

    return Pictures(sorted(named & set(there)), content)
