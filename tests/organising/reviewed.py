"""A small inspection, all of it reviewed, with a screenshot at one finding, for tests of what follows it."""

from dataclasses import replace
from pathlib import Path

from govkit.reading import read_spot_check
from govkit.rubric import load_rubric
from govkit.store import Change, Home
from tests.organising.test_following import RECORDS, review
from tests.workbooks import ACCOUNTS, BATCH, SITES, write

PICTURE = b"\x89PNG\r\n\x1a\n"


def add_reviewed(home: Home, folder: Path) -> None:
    """Make the batch 第四季度抽查: four problems of two units."""
    check = read_spot_check(write(folder / "抽查.xlsx", BATCH, SITES, ACCOUNTS, RECORDS))
    with home.create(check, load_rubric(check.batch.rubric_id), "组织者") as store:
        record = store.record("5002300002")
        name = store.keep_evidence(PICTURE, ".png")
        seen = replace(record.findings["V5.1"], screenshot=name, url="http://b.example/x")
        store.write("张三", "5002300002", [Change("V5.1", seen, record.revision("V5.1"))])
        for subject in store.subjects:
            review(store, subject.id)
