"""`pyproject.toml` is the one list of dependencies; the lock and conda's list follow it."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
# Where conda-forge has another name: there `matplotlib` also brings a window toolkit, which notebooks do without.
CONDA_NAMES = {"matplotlib": "matplotlib-base", "isal": "python-isal"}
# What only conda's list names: conda installs the interpreter itself, and brings pip only when asked.
CONDA_ONLY = {"python", "pip"}


def direct_dependencies() -> dict[str, SpecifierSet]:
    """Return the specifier of each dependency of `pyproject.toml`, to use and to change govkit."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    requirements = map(Requirement, pyproject["project"]["dependencies"] + pyproject["dependency-groups"]["dev"])
    return {canonicalize_name(requirement.name): requirement.specifier for requirement in requirements}


def conda_dependencies() -> dict[str, SpecifierSet]:
    """Return the specifier of each dependency of `environment.yml`, with those that its pip installs."""
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.strip().startswith("#")]
    entries = [line for line in lines[lines.index("dependencies:") + 1 :] if line != "  - pip:"]
    assert all(re.match(r"(?:  |      )- ", line) for line in entries)
    requirements = [Requirement(line.partition("- ")[2]) for line in entries]
    assert len({requirement.name for requirement in requirements}) == len(requirements)
    return {requirement.name: requirement.specifier for requirement in requirements}


def locked_versions() -> dict[str, set[str]]:
    """Return the versions of each package in the lock: several where Python versions need different ones."""
    versions: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", lock(), flags=re.MULTILINE):
        versions.setdefault(name, set()).add(version)
    return versions


def lock() -> str:
    """Return the text of the lock."""
    return (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_conda_lists_the_same_dependencies() -> None:
    """A person who uses conda gets the packages and the oldest versions that `pyproject.toml` asks for."""
    expected = {CONDA_NAMES.get(name, name): specifier for name, specifier in direct_dependencies().items()}
    conda = conda_dependencies()
    assert {name: conda[name] for name in conda.keys() - CONDA_ONLY} == expected


def test_conda_asks_for_the_same_python() -> None:
    """Conda installs a Python that `pyproject.toml` allows."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert conda_dependencies()["python"] == SpecifierSet(pyproject["project"]["requires-python"])


def test_lock_satisfies_every_direct_dependency() -> None:
    """Each dependency of `pyproject.toml` is pinned, and to a version that it allows."""
    locked = locked_versions()
    for name, specifier in direct_dependencies().items():
        assert locked.get(name), f"{name} is missing from requirements.lock"
        assert all(version in specifier for version in locked[name]), f"{name} is pinned outside {specifier}"


def test_lock_holds_the_build_tools() -> None:
    """What builds govkit itself is pinned too, so that an installation without a network is possible."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(pyproject["build-system"]["requires"]) <= locked_versions().keys()


def test_lock_names_no_host() -> None:
    """Where packages come from is each office's own setting, so the lock names no address."""
    assert "://" not in lock()


def test_lock_has_a_hash_for_every_package() -> None:
    """A package that was replaced on its way is refused."""
    packages = re.findall(r"^[\w.-]+==.*(?:\n    .*)*", lock(), flags=re.MULTILINE)
    assert sum(map(len, locked_versions().values())) == len(packages)
    assert all("--hash=sha256:" in package for package in packages)
