"""An office's own rubric files: the folder 检查规则 of the data folder."""

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from govkit.rubric import Rubrics
from govkit.store.errors import file_errors

RUBRICS = "检查规则"
SUFFIX = ".toml"


def folder_of(environ: Mapping[str, str] = os.environ) -> Path:
    """The data folder that the environment names; it need not be there."""
    given = environ.get("GOVKIT_HOME")
    return Path(given).expanduser().absolute() if given else platformdirs.user_data_path("govkit", appauthor=False)


def rubrics_in(folder: Path) -> Rubrics:
    """The rubrics at hand where a data folder is: those of govkit, and the files in its folder 检查规则.

    Raises:
        StoreError: a file cannot be read.
    """
    place = folder / RUBRICS
    with file_errors(str(place)):
        files = sorted(place.glob(f"*{SUFFIX}")) if place.is_dir() else []
        return Rubrics({file.stem: file.read_bytes() for file in files if not file.name.startswith(".")})


def open_rubrics(environ: Mapping[str, str] = os.environ) -> Rubrics:
    """The rubrics at hand, without opening batches or the register; see `rubrics_in`."""
    return rubrics_in(folder_of(environ))
