"""What accounts are called, and as whom they are certified."""

import pytest

from govkit.packs.checks.naming import FollowsRenaming, NameShowsUnit, OwnerIsSponsor
from govkit.packs.judgement import Status
from govkit.season import Season, Unit
from tests.packs import worlds
from tests.packs.checks import ask

SHOWS = NameShowsUnit(kind="name_shows_unit")
OWNER = OwnerIsSponsor(kind="owner_is_sponsor")
FOLLOWS = FollowsRenaming(kind="follows_renaming")


def called(name: str, unit: Unit, **details: str) -> Season:
    """Return an account with a name, and its unit."""
    return worlds.season(worlds.account(name, sponsor=unit.name, **details), units=[unit])


@pytest.mark.parametrize(
    ("name", "short_names", "want"),
    [
        ("青禾县教育局发布", None, Status.PASS),
        ("青禾县 教育局", (), Status.PASS),
        ("平安青禾教育", ("青禾教育",), Status.PASS),
        ("阳光课堂", ("青禾教育",), Status.BREACH),
        ("阳光课堂", None, Status.UNKNOWN),
        ("阳光课堂", (), Status.UNKNOWN),
    ],
)
def test_name_shows_the_unit(name: str, short_names: tuple[str, ...] | None, want: Status) -> None:
    """The full name or a short one has to be in it; whether other words are a short name is unknown without any."""
    assert ask(SHOWS, called(name, worlds.unit(short_names=short_names))).status == want


def test_name_of_an_account_without_a_sponsor() -> None:
    """Nobody's name is in every name: without a sponsor nothing is proved."""
    assert ask(SHOWS, worlds.season(worlds.account(sponsor=""))).status == Status.UNKNOWN


@pytest.mark.parametrize(
    ("owner", "want"),
    [(worlds.BUREAU, Status.PASS), ("青禾县教育局 ", Status.PASS), ("青禾传媒", Status.BREACH), ("", Status.UNKNOWN)],
)
def test_owner_is_the_sponsor(owner: str, want: Status) -> None:
    """账号主体 is the sponsor; a ledger that does not tell it proves nothing."""
    assert ask(OWNER, worlds.season(worlds.account(账号主体=owner))).status == want


def test_owner_without_a_sponsor() -> None:
    """An account without a sponsor cannot be compared."""
    account = worlds.account(sponsor="", 账号主体=worlds.BUREAU)
    assert ask(OWNER, worlds.season(account)).status == Status.UNKNOWN


NEW = "青禾县教育体育局"


@pytest.mark.parametrize(
    ("former", "name", "owner", "want"),
    [
        (None, "青禾教育", NEW, Status.UNKNOWN),
        ((), "青禾教育", NEW, Status.NOT_APPLICABLE),
        (("青禾县教育局",), "青禾教育", NEW, Status.PASS),
        (("青禾县教育局",), "青禾县教育局发布", NEW, Status.BREACH),
        (("青禾县教育局",), "青禾教育", "青禾县教育局", Status.BREACH),
        (("青禾县教育局",), "青禾教育", "", Status.UNKNOWN),
        (("青禾县教育局",), "青禾县教育局发布", "", Status.BREACH),
        (("青禾县教委", "青禾县教育局"), "青禾县教育局发布", NEW, Status.BREACH),
        # The old name is part of the new one.
        (("教育体育局",), NEW, NEW, Status.PASS),
        (("教育体育局",), "教育体育局", NEW, Status.BREACH),
    ],
)
def test_follows_renaming(former: tuple[str, ...] | None, name: str, owner: str, want: Status) -> None:
    """No former name is left, neither in the name nor in the certification; what is not told is unknown."""
    assert ask(FOLLOWS, called(name, worlds.unit(NEW, former_names=former), 账号主体=owner)).status == want


def test_facts_name_what_is_wrong() -> None:
    """Each breach says which name, and what was expected."""
    unit = worlds.unit(NEW, former_names=("青禾县教育局",))
    assert ask(FOLLOWS, called("青禾教育", unit, 账号主体="青禾县教育局")).fact == (
        "“青禾县教育局”仍用旧名“青禾县教育局”，现名“青禾县教育体育局”"
    )
    assert ask(SHOWS, called("阳光课堂", unit)).fact == "名称“阳光课堂”里没有单位名称或简称（青禾教育）"
    assert ask(OWNER, called("青禾教育", unit, 账号主体="青禾传媒")).fact == (
        "账号主体是“青禾传媒”，主办单位是“青禾县教育体育局”"
    )
