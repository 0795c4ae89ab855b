"""The one exception of this room."""


class OutputError(Exception):
    """Sheets that cannot be made or written. The message is a sentence in Chinese that says what to do."""
