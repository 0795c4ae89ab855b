"""合并台账: objects as the standard sheets 网站台账 and 账号台账."""

from collections.abc import Sequence
from pathlib import Path

from govkit.ledger import Subject
from govkit.sheets.staging import staging
from govkit.sheets.standard import ledger_tables, workbook_of


def write_ledger(subjects: Sequence[Subject], path: Path) -> None:
    """Write a ledger to `path`, with all its columns; the same is read from it, sites before accounts.

    Raises:
        OutputError: a text does not fit into a cell, or the file cannot be written; then nothing has changed.
    """
    content = workbook_of(ledger_tables(subjects))
    with staging(path.parent) as stage:
        stage.store(Path(path.name), content)
        stage.put_in_place()
