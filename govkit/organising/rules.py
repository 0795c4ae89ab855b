"""The rules that sheets follow, wherever they are known."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from govkit.rubric import Rubric, Rubrics
from govkit.store import Home, StoreError


def known_rules(wanted: Iterable[str], rubrics: Rubrics, home: Callable[[], Home]) -> Mapping[str, Rubric]:
    """Rules by their hash: those of govkit and of the office, then those pinned in batches.

    Args:
        wanted: the hashes that are looked for; batches are only opened for what is not known otherwise.
        rubrics: those of govkit and of the office.
        home: gives the home of the batches.
    """
    known = {rubric.sha256: rubric for rubric in rubrics.usable()}
    if set(wanted) - known.keys():
        known = {rubric.sha256: rubric for rubric in _pinned(home())} | known
    return known


def _pinned(home: Home) -> Iterator[Rubric]:
    for info in home.batches():
        try:
            with home.open(info.key) as store:
                yield store.rubric
        except StoreError:
            continue  # a batch that cannot be opened has no rules to offer
