"""What tests of documents share."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document


@pytest.fixture(scope="session")
def document_to_pdf(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Return a function that prints a Word document through LibreOffice; skip where it came without Writer."""
    profile = tmp_path_factory.mktemp("libreoffice-profile").as_uri()

    def convert(path: Path) -> Path:
        folder = tmp_path_factory.mktemp("pdf")
        command = [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=180)
        return folder / f"{path.stem}.pdf"

    blank = tmp_path_factory.mktemp("blank") / "blank.docx"
    Document().save(str(blank))
    if not convert(blank).is_file():
        pytest.skip("LibreOffice Writer is not installed")
    return convert
