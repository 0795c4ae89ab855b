"""Who inspects, and whose own a unit is, by whatever name it is written."""

from govkit.ledger import Kind, Subject
from govkit.organising import shared_out, unknown_units
from govkit.sampling import Inspector
from govkit.season import Directory, Unit

BUREAU = "青禾县教育局"
DIRECTORY = Directory({BUREAU: Unit(BUREAU, short_names=("县教育局", "教育局"))})
OWN = [Subject(str(number), "教育", Kind.ACCOUNT, sponsor) for number, sponsor in enumerate((BUREAU, "教育局"))]
PEOPLE = [Inspector("王明", "县教育局"), Inspector("李红", "青禾县民政局")]


def test_nobody_inspects_the_own_unit_by_another_name() -> None:
    """A short name in the list of inspectors, or in the ledger, is the same unit."""
    assert set(shared_out(OWN, PEOPLE, "种子", DIRECTORY).values()) == {"李红"}
    assert set(shared_out(OWN, PEOPLE, "种子", Directory(None)).values()) == {"王明", "李红"}


def test_units_that_the_ledger_lacks() -> None:
    """Who is of a unit that sponsors nothing is barred from nothing, and that is said."""
    (told,) = unknown_units(PEOPLE, OWN, DIRECTORY)
    assert "青禾县民政局" in told
    assert "县教育局" not in told
    assert not list(unknown_units(PEOPLE[:1], OWN, DIRECTORY))
