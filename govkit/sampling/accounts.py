"""The accounts of a quarter: more than a share of them, by unit and platform, those longest unsampled first.

Clause: 丰都县 2019, 三（三）5: 每季度 … 对政务新媒体进行抽查（抽查比例大于50%）.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from math import ceil, floor
from operator import itemgetter
from typing import NamedTuple

from govkit.ledger import PLATFORM, Subject
from govkit.messages import say
from govkit.sampling.lots import lot

LAST_QUARTER = 4
HALF = Fraction(1, 2)
"""The share that the notice asks for."""
_SHARE = re.compile(r"\d{1,9}(?:/0*[1-9]\d{0,8}|\.\d{1,9})?", re.ASCII)  # Fraction takes 1e-9999999 too


class Ground(StrEnum):
    """Why an account is in the sample."""

    FAILED = "failed"  # it failed when it was inspected last
    DUE = "due"  # the year ends, and it has not been drawn yet
    DRAWN = "drawn"


class Past(NamedTuple):
    """When an account was drawn last, as (year, quarter), and whether it failed then."""

    quarter: tuple[int, int]
    failed: bool = False


def carried(past: Mapping[str, Past], renamed: Mapping[str, str]) -> dict[str, Past]:
    """What is known of accounts, by the identifiers that they have now; where there is something of both, the later.

    Args:
        past: what is known, by the identifiers of its time.
        renamed: the new identifiers, by the old.
    """
    found: dict[str, Past] = {}
    for name, last in past.items():
        now = renamed.get(name, name)
        found[now] = max(found.get(now, last), last)
    return found


class Drawn(NamedTuple):
    """An account of the sample, why it is in, and its lot."""

    subject: Subject
    ground: Ground
    lot: str


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw: what it was made from, and what came of it.

    Attributes:
        seed: as printed.
        quarter: year, and number from 1 to 4.
        population: how many accounts there are.
        least: how many had to be drawn at least.
        drawn: the accounts, in the order of the ledger.
        share: the sample had to be larger than this share of the accounts.
    """

    seed: str
    quarter: tuple[int, int]
    population: int
    least: int
    drawn: tuple[Drawn, ...]
    share: Fraction = HALF


def read_share(text: str) -> Fraction:
    """A share as people write it: 1/2, 0.6.

    Raises:
        ValueError: it is none above 0 and up to 1; the message is in Chinese.
    """
    share = Fraction(text.strip()) if _SHARE.fullmatch(text.strip()) else Fraction(0)
    if not 0 < share <= 1:
        raise ValueError(say("sampling.no_share", text=text))
    return share


def least_number(population: int, share: Fraction) -> int:
    """How many are more than a share of all: of 20 and of 21 accounts, 11 are more than half. All, for a share of 1."""
    return min(population, population * share.numerator // share.denominator + 1)


def draw_accounts(
    accounts: Sequence[Subject],
    past: Mapping[str, Past],
    quarter: tuple[int, int],
    seed: str,
    share: Fraction = HALF,
) -> Draw:
    """Draw the accounts of a quarter.

    Those that failed last time are always in; in the last quarter also those that the year has not drawn yet. Then
    come those that have waited longest. Where not all that have waited as long can be taken, each unit gets its share
    of the places, and each platform as nearly as that allows; the lot decides between equals.

    Args:
        accounts: all that can be drawn, in the order of the ledger.
        past: when each was drawn last, by identifier; who is missing has never been drawn.
        quarter: year, and number from 1 to 4.
        seed: decides what chance decides.
        share: the sample is larger than this share of the accounts.
    """
    lots = {account.id: lot(seed, account.id) for account in accounts}
    grounds: dict[str, Ground] = {}
    for account in accounts:
        last = past.get(account.id)
        if last and last.failed:
            grounds[account.id] = Ground.FAILED
        elif quarter[1] == LAST_QUARTER and (last is None or last.quarter < (quarter[0], 1)):
            grounds[account.id] = Ground.DUE
    least = least_number(len(accounts), share)
    waiting = [account for account in accounts if account.id not in grounds]
    waiting.sort(key=lambda account: _since(past, account))
    for _, same in groupby(waiting, key=lambda account: _since(past, account)):
        left = least - len(grounds)
        if left > 0:
            grounds |= dict.fromkeys(_stratified(list(same), left, lots), Ground.DRAWN)
    drawn = tuple(
        Drawn(account, grounds[account.id], lots[account.id]) for account in accounts if account.id in grounds
    )
    return Draw(seed, quarter, len(accounts), least, drawn, share)


def _since(past: Mapping[str, Past], account: Subject) -> tuple[int, int]:
    """When it was drawn last; before all others, if never."""
    last = past.get(account.id)
    return last.quarter if last else (0, 0)


def _stratified(accounts: Sequence[Subject], number: int, lots: Mapping[str, str]) -> list[str]:
    """Draw some of these: every unit its share, rounded down or up; platforms as nearly as that allows."""
    if number >= len(accounts):
        return [account.id for account in accounts]
    rate = Fraction(number, len(accounts))
    units = {unit: count * rate for unit, count in Counter(account.sponsor for account in accounts).items()}
    platforms = {name: count * rate for name, count in Counter(map(_platform, accounts)).items()}
    taken: dict[str, Subject] = {}
    of_unit: Counter[str] = Counter()
    of_platform: Counter[str] = Counter()
    for rounded in (floor, ceil):  # what each unit is sure of; then the places that are left
        queues: dict[str, list[tuple[Fraction, str, Subject]]] = {}
        for account in accounts:
            if account.id not in taken:
                due = of_unit[account.sponsor] - units[account.sponsor]
                queues.setdefault(_platform(account), []).append((due, lots[account.id], account))
        for queue in queues.values():
            queue.sort(key=itemgetter(0, 1), reverse=True)
        while queues and len(taken) < number:
            platform = max(queues, key=lambda name: (platforms[name] - of_platform[name], name))
            account = queues[platform].pop()[-1]
            if not queues[platform]:
                del queues[platform]
            if of_unit[account.sponsor] < rounded(units[account.sponsor]):
                taken[account.id] = account
                of_unit[account.sponsor] += 1
                of_platform[platform] += 1
    return list(taken)


def _platform(account: Subject) -> str:
    return account.details.get(PLATFORM, "")
