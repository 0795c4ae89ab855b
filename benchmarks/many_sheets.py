"""Writes the sheets of so many made-up sites: `python -m benchmarks.many_sheets COUNT alone|processes|dask`.

A process of its own for each measurement, so that the memory of one is not the other's. Prints seconds and MiB as JSON.
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

import psutil
from distributed import Client, LocalCluster

from benchmarks.season import BATCH, RUBRIC, results, subjects
from benchmarks.timing import MIB, cores
from govkit.sheets.output import write_sheets


def measure(count: int, sort: str) -> dict[str, float]:
    """Seconds of the whole run and of scoring alone, and what this process holds at most beyond its list of sites."""
    sites = subjects(count)
    began = time.perf_counter()
    for _ in results(sites):
        pass
    scoring = time.perf_counter() - began
    process = psutil.Process()
    before = most = process.memory_info().rss

    def look(*_: int) -> None:
        nonlocal most
        most = max(most, process.memory_info().rss)

    with tempfile.TemporaryDirectory() as folder, workers(sort) as executor:
        began = time.perf_counter()
        write_sheets(BATCH, RUBRIC, sites, results(sites), Path(folder) / "out", look, executor)
        taken = time.perf_counter() - began
        look()
    return {"seconds": taken, "scoring": scoring, "peak": (most - before) / MIB}


@contextmanager
def workers(sort: str) -> Iterator[Executor | None]:
    """As many as there are cores. Processes start with the first sheets; a cluster is there before."""
    if sort == "alone":
        yield None
    elif sort == "processes":
        with ProcessPoolExecutor(cores(), mp_context=get_context("spawn")) as processes:
            yield processes
    else:
        with (
            LocalCluster(n_workers=cores(), threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster,  # type: ignore[no-untyped-call]
            Client(cluster) as client,  # type: ignore[no-untyped-call]
        ):
            yield client.get_executor()


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), sys.argv[2])))
