"""Documents that cannot rot: every command stands in them, every link leads somewhere."""

import re
import tomllib
from pathlib import Path

import pytest
import typer.main

import govkit
from govkit.commands import app

ROOT = Path(__file__).parents[1]
PAGES = ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", "sample_data/README.md"]


def verbs() -> list[str]:
    """All commands of `govkit`, those of groups with their group."""
    found = []
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        nested = getattr(command, "commands", {})
        found += [f"{name} {inner}" for inner in nested] or [name]
    return found


def test_every_command_is_in_the_readme() -> None:
    """README.md names each command of `govkit` and each verb of `start.py`."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for verb in [*verbs(), "lab", "app", "bench", "wheels", "test"]:
        assert f"start.py {verb}" in text, verb
    assert len(verbs()) >= 5


def test_quick_start_is_two_commands() -> None:
    """The quick start is exactly two commands."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = text.split("## Quick start")[1].split("```")[1]
    assert block.split("\n")[1:-1] == ["python3 start.py demo", "python3 start.py test"]


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    """Every link and picture inside the project exists; anchors are headings of their page."""
    path = ROOT / page
    text = path.read_text(encoding="utf-8")
    headings = {
        re.sub(r"[^\w-]", "", line.lstrip("# ").strip().lower().replace(" ", "-"))
        for line in text.splitlines()
        if line.startswith("#")
    }
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if target.startswith("#"):
            assert target[1:] in headings, target
        elif "://" not in target:
            assert (path.parent / target.split("#")[0]).exists(), target


@pytest.mark.parametrize("notebook", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.name)
def test_notebooks_keep_no_place_of_a_machine(notebook: Path) -> None:
    """The outputs that a notebook carries name no folder of the machine on which it ran."""
    text = notebook.read_text(encoding="utf-8")
    assert str(ROOT) not in text
    assert not re.search(r"(Posix|Windows)Path|/home/|/Users/|C:\\\\", text)


def test_version_is_one() -> None:
    """The package, its configuration and the changelog name the same version."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert version == govkit.__version__
    assert f"\n## {version} — " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_score_changes_are_told() -> None:
    """Every release says under its own heading which scores change."""
    releases = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split("\n## ")[1:]
    assert all("\n### Scores change\n" in release for release in releases)
