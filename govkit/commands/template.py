"""The command around templates: what is wrong with them, and what they come to."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from govkit import sheets
from govkit.commands.help import Command, Group
from govkit.commands.reading import bars
from govkit.commands.show import console, print_notices
from govkit.documents import review_documents
from govkit.documents.own import SUFFIX
from govkit.messages import say

_WRONG = 2
_TABLE_WIDTH = 120

app = typer.Typer(cls=Group, help=say("command.template"), rich_markup_mode=None)

Place = Annotated[Path | None, typer.Argument(metavar="FILE", readable=False, help=say("command.template_place"))]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", readable=False, help=say("command.template_out"))]


@app.command("check", cls=Command, help=say("command.template_check"))
def check(place: Place = None, out: Out = None) -> int:
    """Say what is wrong with templates, and fill them with samples.

    Returns:
        The exit status.
    """
    documents_only = place is not None and place.suffix.lower() == SUFFIX
    reviews = [] if documents_only else sheets.review_templates(place)
    if documents_only or place is None or place.is_dir():
        reviews += review_documents(place)
    for review in reviews:
        print_notices(say("template.notice", file=review.file.name, fault=f) for f in review.faults if f.is_hint)
    unusable = [review for review in reviews if not review.is_usable]
    if unusable:
        _print_faults(unusable)
    for review in reviews:
        if review.is_usable:
            _tell("template.usable", file=review.file.name)
    if out:
        _write(reviews, out)
    return _WRONG if unusable else 0


def _write(reviews: Sequence[sheets.Review], out: Path) -> None:
    with bars() as progress:
        task = progress.add_task(say("template.printing"), total=None)
        files, pdfs = sheets.write_samples(
            reviews, out, lambda done, total: progress.update(task, completed=done, total=total)
        )
    if pdfs:
        _tell("template.printed", number=len(files), folder=out.resolve())
    elif files:
        _tell("template.written", number=len(files), folder=out.resolve())


def _print_faults(reviews: Sequence[sheets.Review]) -> None:
    """One table of everything wrong; in a narrow terminal a paragraph for each."""
    rows = [(review.file.name, fault) for review in reviews for fault in review.faults if not fault.is_hint]
    screen = console(stderr=True)
    title = say("template.wrong", number=len(rows))
    if screen.width < _TABLE_WIDTH:
        screen.print(title)
        for file, fault in rows:
            screen.print(f"\n{file} {fault.name} {fault.place}", markup=False)
            screen.print(f"    {fault.text}{fault.fix}", markup=False)
        return
    table = Table(title=title, show_lines=True, title_justify="left")
    for heading in ("file", "name", "place", "text", "fix"):
        table.add_column(say(f"template.heading_{heading}"), overflow="fold")
    for file, fault in rows:
        table.add_row(*map(escape, (file, fault.name, fault.place, fault.text, fault.fix)))
    screen.print(table)


def _tell(key: str, **values: object) -> None:
    console().print(say(key, **values), markup=False, soft_wrap=True)
