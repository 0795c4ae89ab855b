"""What all tests share: LibreOffice, and the rule that nothing is skipped in continuous integration."""

import os
import shutil
import subprocess
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from hypothesis import settings

# Where LibreOffice's installers put it without adding it to the search path.
SOFFICE_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
CONVERSION_SECONDS = 180

# At a desk chance looks for new cases at every run; in continuous integration the same commit gives the same answer.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("desk", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


def refuse_skip(report: pytest.CollectReport | pytest.TestReport) -> None:
    """Turn a skip into a failure in continuous integration, unless the test is for another operating system.

    Args:
        report: The report of a test or of a collected file; changed in place.
    """
    if not os.environ.get("CI") or report.outcome != "skipped" or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    reason = reason.removeprefix("Skipped: ")
    if not reason.startswith("only on"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, which counts as a failure when CI is set: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Apply the rule to tests."""
    report = yield
    refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Apply the rule to files that are skipped as a whole."""
    report = yield
    refuse_skip(report)
    return report


@pytest.fixture(scope="session")
def soffice() -> str:
    """Return the path of LibreOffice's program, or skip the test where it is not installed."""
    candidates = [shutil.which("soffice"), shutil.which("libreoffice"), *filter(os.path.exists, SOFFICE_PLACES)]
    for candidate in candidates:
        if candidate:
            return candidate
    pytest.skip("LibreOffice is not installed")


@pytest.fixture(scope="session")
def to_pdf(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Return a function that prints a workbook or document to a PDF file through LibreOffice."""
    # A profile of its own: with the person's, a LibreOffice window that is open would swallow the command.
    profile = tmp_path_factory.mktemp("libreoffice-profile").as_uri()

    def convert(path: Path) -> Path:
        folder = tmp_path_factory.mktemp("pdf")
        subprocess.run(
            [
                *(soffice, f"-env:UserInstallation={profile}", "--headless"),
                *("--convert-to", "pdf", "--outdir", str(folder), str(path)),
            ],
            check=True,
            capture_output=True,
            timeout=CONVERSION_SECONDS,
        )
        # LibreOffice exits with 0 even where it could not read the file.
        pdf = folder / f"{path.stem}.pdf"
        assert pdf.is_file(), f"LibreOffice made no PDF of {path}"
        return pdf

    return convert
