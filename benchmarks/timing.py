"""Times taken in turns, so that a machine whose speed drifts is as slow for one as for the other."""

import os
import statistics
import time
import tracemalloc
from collections.abc import Callable

ROUNDS = 3
MIB = 2**20


def cores() -> int:
    """The cores that this process may use, where the system tells; else those it has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def compare(ours: str, run_ours: Callable[[], object], other: str, run_other: Callable[[], object]) -> None:
    """Time two ways in turns, after a round that is not counted, and print medians.

    Below stands how many times as long the other way takes, round by round: a drift of the machine is in neither.
    """
    times: dict[str, list[float]] = {ours: [], other: []}
    for counted in range(ROUNDS + 1):
        for name, run in ((ours, run_ours), (other, run_other)):
            began = time.perf_counter()
            run()
            if counted:
                times[name].append(time.perf_counter() - began)
    ratios = [slow / fast for fast, slow in zip(times[ours], times[other], strict=True)]
    for name, taken in times.items():
        print(f"{name:<58} {statistics.median(taken):9.3f} s")
    print(f"{'the other ÷ ours, median of rounds (lowest, highest)':<58} {statistics.median(ratios):9.2f} × "
          f"({min(ratios):.2f}, {max(ratios):.2f})")  # fmt: skip


def peak_memory(run: Callable[[], object]) -> float:
    """The most memory that a run holds at once beyond what there was before, in MiB."""
    tracemalloc.start()
    try:
        run()
        return tracemalloc.get_traced_memory()[1] / MIB
    finally:
        tracemalloc.stop()
