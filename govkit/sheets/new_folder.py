"""A folder that appears with everything in it, or not at all."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from govkit.messages import say
from govkit.sheets.errors import OutputError


@contextmanager
def new_folder(out: Path) -> Iterator[Path]:
    """A folder to work in, which becomes `out` when the block ends; nothing of it is left where the block fails.

    Raises:
        OutputError: there is something in `out` already.
        OSError: it cannot be made.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise OutputError(say("papers.taken", folder=out))
    # Beside the folder and on the same disk, so that all of it comes into place at once.
    work = out.absolute().parent / f".govkit-{uuid4().hex}"
    work.mkdir(parents=True)
    try:
        yield work
        if out.exists():
            out.rmdir()
        work.rename(out)
    finally:
        shutil.rmtree(work, ignore_errors=True)
