"""The rules by which sheets can be proved, and how far they can be trusted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from govkit.messages import say
from govkit.organising.rules import known_rules
from govkit.reading import FilledSheet
from govkit.rubric import Rubric
from govkit.rubric.content import content_hash
from govkit.sheets.pack import RUBRIC
from govkit.store import open_home, open_rubrics


@dataclass(frozen=True, slots=True)
class AtHand:
    """Rules at hand.

    Attributes:
        rubrics: by their hash.
        unproven: those of them that came with the sheets only, so that nobody here knows them otherwise.
        faults: rows of files with rules whose content is not what their hash says.
    """

    rubrics: Mapping[str, Rubric]
    unproven: Sequence[Rubric]
    faults: Sequence[tuple[str, ...]]


def rules_at_hand(packs: Iterable[Path], read: Mapping[Path, Sequence[FilledSheet]]) -> AtHand:
    """The rules that sheets follow: those of govkit, then those pinned in batches, then those that came with sheets.

    Args:
        packs: folders that may hold rules.
        read: the sheets by their files; rules may lie beside these, or one folder up.
    """
    wanted = {sheet.origin.rubric_sha256 for own in read.values() for sheet in own}
    known = known_rules(wanted, open_rubrics(), open_home)
    came: dict[str, Rubric] = {}
    faults: list[tuple[str, ...]] = []
    for folder in dict.fromkeys(
        [*map(Path.resolve, packs), *(up for path in read for up in path.resolve().parents[:2])]
    ):
        rubric = _packed(folder)
        if rubric and content_hash(rubric) != rubric.sha256:
            faults.append((f"{folder.name}/{RUBRIC}", "", say("verify.rules"), "", "", ""))
        elif rubric and rubric.sha256 in wanted - known.keys():
            came[rubric.sha256] = rubric
    return AtHand({**came, **known}, tuple(came.values()), faults)


def _packed(folder: Path) -> Rubric | None:
    """The rules in a pack; None where there are none that can be read."""
    try:
        return Rubric.model_validate_json((folder / RUBRIC).read_bytes())
    except (OSError, ValueError):
        return None
