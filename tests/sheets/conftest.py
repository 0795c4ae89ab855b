"""What tests of sheets share."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

GOLDENS = Path(__file__).with_name("goldens")


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Return a function that compares a text with the one kept under a name.

    After a wanted change, renew them with `GOVKIT_RENEW_GOLDENS=1 pytest tests/sheets`, and review the difference.
    """

    def compare(name: str, text: str) -> None:
        file = GOLDENS / f"{name}.txt"
        if os.environ.get("GOVKIT_RENEW_GOLDENS"):
            file.write_text(text, encoding="utf-8", newline="\n")
        assert text == file.read_text(encoding="utf-8")

    return compare


@pytest.fixture(scope="session")
def through_libreoffice(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], Path]:
    """Return a function that opens a workbook in LibreOffice and saves it in another format (or the same again)."""
    profile = tmp_path_factory.mktemp("profile").as_uri()

    def convert(path: Path, to: str) -> Path:
        folder = tmp_path_factory.mktemp("converted")
        command = [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", to]
        subprocess.run([*command, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=180)
        return next(folder.iterdir())

    return convert
