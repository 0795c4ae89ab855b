"""The rooms of the house: each imports only from those to its left, and only the libraries that are its job."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "govkit"

# The way the data goes. A room may import from those before it.
ROOMS = (
    *(
        "messages",
        "folding",
        "figures",
        "workdays",
        "quarters",
        "file_names",
        "ledger",
        "sampling",
        "findings",
        "season",
        "issues",
        "codec",
        "origin",
        "complaints",
        "rubric",
        "packs",
        "duties",
        "assessing",
        "problems",
        "reading",
        "scoring",
        "tally",
        "rehearsing",
        "rectifying",
        "training",
        "reporting",
        "charts",
    ),
    *("sheets", "documents", "collecting", "store", "organising", "forms", "commands"),
)
# A library, and the rooms that may import it. What is not listed may be imported nowhere.
LIBRARIES = {
    "pydantic": {"complaints", "rubric", "packs", "duties", "assessing", "reporting", "training"},
    "chinese_calendar": {"workdays"},
    "numpy": {"scoring"},
    "matplotlib": {"charts"},
    "nltk": {"training"},
    "noto_cjk_sans_otc": {"charts"},
    "python_calamine": {"reading"},
    "xlrd": {"reading"},
    "lxml": {"reading"},
    "openpyxl": {"sheets"},
    "docx": {"documents"},
    "docxtpl": {"documents"},
    "jinja2": {"documents"},
    "isal": {"sheets"},
    "sqlalchemy": {"store"},
    "platformdirs": {"store"},
    "psutil": {"store"},
    "ipywidgets": {"forms"},
    "markupsafe": {"documents", "forms"},
    "IPython": {"forms"},
    "typer": {"commands"},
    "rich": {"commands"},
}
STANDARD = {
    "abc", "array", "ast", "asyncio", "base64", "bisect", "codecs", "collections", "concurrent", "contextlib", "copy", "csv", "dataclasses", "datetime", "decimal", "difflib", "enum",
    "errno",
    "fractions", "functools", "getpass", "hashlib", "importlib", "io", "itertools", "json", "logging", "lzma", "math", "mimetypes", "operator", "os",
    "pathlib", "pickle", "posixpath", "re", "shutil", "signal", "struct", "subprocess", "sys", "tempfile", "threading", "time", "tomllib", "traceback", "types", "typing",
    "unicodedata", "urllib", "uuid", "warnings", "xml", "zipfile", "zlib", "html",
}  # fmt: skip
CLOCKS = {"commands", "store", "forms"}  # who did what when; no figure depends on it
PURE = {
    "messages",
    "folding",
    "figures",
    "workdays",
    "quarters",
    "file_names",
    "ledger",
    "sampling",
    "findings",
    "season",
    "issues",
    "codec",
    "origin",
    "complaints",
    "rubric",
    "packs",
    "duties",
    "assessing",
    "problems",
    "scoring",
    "tally",
    "rehearsing",
    "rectifying",
    "training",
    "reporting",
}
OUTSIDE = {"os", "shutil", "signal", "subprocess", "tempfile", "zipfile", "sys", "pathlib", "io", "csv"}


def imports() -> Iterator[tuple[str, str, str]]:
    """Every import of the package: file, room, and what is imported."""
    for file in sorted(PACKAGE.rglob("*.py")):
        parts = file.relative_to(PACKAGE).with_suffix("").parts
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((str(file), parts[0], alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{file}: a relative import hides the room"
                names = node.names if node.module == "govkit" else [ast.alias("")]
                yield from ((str(file), parts[0], f"{node.module}.{alias.name}".rstrip(".")) for alias in names)


@pytest.mark.parametrize("room", ROOMS)
def test_imports_point_to_the_left(room: str) -> None:
    """A room knows nothing of those after it."""
    for file, own, name in imports():
        if own == room and name.startswith("govkit."):
            other = name.split(".")[1]
            if other != "__version__":
                assert ROOMS.index(other) <= ROOMS.index(room), f"{file} imports {name}"


def test_libraries_stay_in_their_rooms() -> None:
    """One door for spreadsheets in, one for workbooks out; no network, and no dates of today, anywhere."""
    for file, room, name in imports():
        library = name.split(".")[0]
        if library != "govkit" and library not in STANDARD:
            assert room in LIBRARIES.get(library, ()), f"{file} imports {name}"
        if room in PURE:
            assert library not in OUTSIDE, f"{file} imports {name}"


def test_no_clock_in_the_rules() -> None:
    """Nothing that decides a figure looks at the clock: the 监测时间点 is given."""
    for file in PACKAGE.rglob("*.py"):
        if file.relative_to(PACKAGE).parts[0] not in CLOCKS:
            text = file.read_text(encoding="utf-8")
            assert ".today(" not in text
            assert ".now(" not in text, file


def test_every_room_is_listed() -> None:
    """A new room gets its place in the row."""
    rooms = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert rooms - {"__init__", "__main__"} == set(ROOMS)
