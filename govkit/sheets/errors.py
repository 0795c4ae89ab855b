"""The one exception of this room, and those that stand for a damaged workbook."""

import zlib
from zipfile import BadZipFile

from openpyxl.utils.exceptions import InvalidFileException

DAMAGE = (
    *(BadZipFile, InvalidFileException, zlib.error, EOFError, OSError),
    *(SyntaxError, LookupError, ValueError, TypeError, AttributeError, RuntimeError),
)
"""What openpyxl and the standard library raise on a workbook that is damaged; errors of XML are syntax errors."""


class OutputError(Exception):
    """Sheets that cannot be made or written. The message is a sentence in Chinese that says what to do."""
