"""Filling scoring sheets: how long one takes, on one core."""

import tempfile
import time
from pathlib import Path

from govkit.ledger import Kind
from govkit.reading import read_spot_check
from govkit.rubric import load_rubric
from govkit.scoring import score_spot_check
from govkit.sheets import write_scoring_sheet

SAMPLE = Path(__file__).parents[1] / "sample_data" / "青禾县2019年第四季度.xlsx"


def run() -> None:
    """All sites, then all accounts, of the sample county; each sheet is filled and saved."""
    check = read_spot_check(SAMPLE)
    inspection = score_spot_check(load_rubric(check.batch.rubric_id), check)
    with tempfile.TemporaryDirectory() as folder:
        for kind in Kind:
            results = inspection.of_kind(kind)
            write_scoring_sheet(inspection, results[0], Path(folder) / "warm.xlsx")
            began = time.perf_counter()
            for number, result in enumerate(results):
                write_scoring_sheet(inspection, result, Path(folder) / f"{number}.xlsx")
            taken = (time.perf_counter() - began) / len(results)
            print(f"{f'one sheet of a {kind}, mean of {len(results)}':<58} {taken * 1000:9.1f} ms")
