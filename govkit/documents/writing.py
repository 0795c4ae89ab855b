"""What all documents share: how days are written, and how a document gets into its place, with a PDF beside it."""

from datetime import date
from pathlib import Path

from govkit.messages import say
from govkit.sheets import OutputError, print_to_pdf
from govkit.sheets.staging import Stage, staging


def shown_day(day: date | None) -> str | None:
    """A day as documents write it; None stays a gap."""
    return None if day is None else say("sheet.date", date=day)


def write_document(content: bytes, path: Path, *, pdf: bool = False) -> None:
    """Write a document to `path`, and with `pdf` the same as PDF beside it.

    Raises:
        OutputError: there is such a file, in which somebody may have written; a file cannot be written, or LibreOffice
            cannot print it. Then nothing has changed.
    """
    if path.exists():
        raise OutputError(say("document.there", file=path))
    with staging(path.parent) as stage:
        store_documents(stage, {Path(path.name): content}, pdf=pdf)
        stage.put_in_place()


def store_documents(stage: Stage, documents: dict[Path, bytes], *, pdf: bool = False) -> None:
    """Keep documents ready to be put in place, and with `pdf` the same as PDF beside each.

    Raises:
        OutputError: as `write_document`.
    """
    kept = [stage.store(path, content) for path, content in documents.items()]
    if pdf and kept:
        for path, printed in zip(documents, print_to_pdf(kept, kept[0].parent / "pdf"), strict=True):
            stage.store(path.with_suffix(".pdf"), printed.read_bytes())
