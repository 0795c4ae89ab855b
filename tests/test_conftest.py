"""The rules that `conftest.py` lays on all tests."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

pytest_plugins = ["pytester"]
CONFTEST = Path(__file__).with_name("conftest.py").read_text(encoding="utf-8")


def outcomes(pytester: pytest.Pytester, test: str) -> dict[str, int]:
    """Run the source of a test module under the project's conftest; return how many ended how."""
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(test)
    return pytester.runpytest_inprocess("-p", "no:cacheprovider").parseoutcomes()


@pytest.fixture
def ci(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in continuous integration."""
    monkeypatch.setenv("CI", "true")


def test_skip_outside_ci_stays_a_skip(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """A contributor without LibreOffice sees skips, not failures."""
    monkeypatch.delenv("CI", raising=False)
    assert outcomes(pytester, "import pytest\ndef test_it():\n    pytest.skip('no LibreOffice')") == {"skipped": 1}


@pytest.mark.usefixtures("ci")
@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("def test_it():\n    pytest.skip('no LibreOffice')", {"failed": 1}),
        ("@pytest.mark.skip(reason='later')\ndef test_it(): pass", {"errors": 1}),
        ("@pytest.fixture\ndef tool(): pytest.skip('no tool')\ndef test_it(tool): pass", {"errors": 1}),
        ("pytest.skip('no module', allow_module_level=True)", {"errors": 1}),
    ],
    ids=["in the test", "by a mark", "in a fixture", "whole file"],
)
def test_skip_in_ci_fails(pytester: pytest.Pytester, test: str, expected: dict[str, int]) -> None:
    """In continuous integration a test that did not run is a failure, wherever the skip was asked for."""
    assert outcomes(pytester, f"import pytest\n{test}") == expected


@pytest.mark.usefixtures("ci")
def test_skip_for_another_system_stays_a_skip_in_ci(pytester: pytest.Pytester) -> None:
    """A test for another operating system may be skipped in continuous integration."""
    test = "import pytest\n@pytest.mark.skipif(True, reason='only on Windows')\ndef test_it(): pass"
    assert outcomes(pytester, test) == {"skipped": 1}


@pytest.mark.usefixtures("ci")
def test_expected_failure_stays_expected_in_ci(pytester: pytest.Pytester) -> None:
    """A test that is expected to fail is no skip, though pytest reports it in the same way."""
    test = "import pytest\n@pytest.mark.xfail(reason='known')\ndef test_it(): assert False"
    assert outcomes(pytester, test) == {"xfailed": 1}


def test_to_pdf_prints_a_workbook(to_pdf: Callable[[Path], Path], tmp_path: Path) -> None:
    """A workbook in a folder with a Chinese name and a blank becomes a PDF file."""
    folder = tmp_path / "汇总 表"
    folder.mkdir()
    workbook = openpyxl.Workbook()
    workbook.worksheets[0]["A1"] = "检查结果"
    workbook.save(folder / "汇总表.xlsx")
    assert to_pdf(folder / "汇总表.xlsx").read_bytes().startswith(b"%PDF")


def test_to_pdf_fails_where_nothing_was_printed(to_pdf: Callable[[Path], Path], tmp_path: Path) -> None:
    """A file that is missing fails the test at once, though LibreOffice itself reports success."""
    with pytest.raises(AssertionError, match="made no PDF"):
        to_pdf(tmp_path / "missing.xlsx")
