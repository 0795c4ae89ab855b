"""Lots: a number for everything that can be drawn, which follows from the seed and from nothing else."""

import hashlib


def lot(seed: str, *names: str) -> str:
    """The lot of what goes by these names: the SHA-256 of seed and names, one a line. The lowest are drawn first.

    No other program's random numbers are needed to check a draw, in whatever order a ledger lists its objects.
    """
    return hashlib.sha256("\n".join((seed, *names)).encode()).hexdigest()
