"""Who inspects, held against the units of a quarter, by whatever name those are written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from govkit.ledger import Subject
from govkit.messages import say
from govkit.sampling import Inspector, assign
from govkit.season import Directory


def shared_out(
    subjects: Sequence[Subject], people: Sequence[Inspector], seed: str, directory: Directory
) -> dict[str, str]:
    """Who inspects what; see `assign`. Units may be written with a short name of the directory, here as there.

    Raises:
        NobodyElseError: an object could only be inspected by its own unit.
    """
    own = [each._replace(unit=directory.full_name(each.unit)) for each in people]
    return assign([replace(each, sponsor=directory.full_name(each.sponsor)) for each in subjects], own, seed)


def unknown_units(people: Iterable[Inspector], subjects: Iterable[Subject], directory: Directory) -> Iterator[str]:
    """Units of inspectors that sponsor nothing: spelled otherwise than in the ledger, they bar nobody from anything."""
    sponsors = {directory.full_name(subject.sponsor) for subject in subjects}
    units = dict.fromkeys(each.unit for each in people if each.unit)
    strangers = [unit for unit in units if directory.full_name(unit) not in sponsors]
    if strangers:
        yield say("inspectors.unknown_units", names="、".join(strangers))
