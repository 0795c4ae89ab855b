"""The `govkit` command. Exit status: 0 done, 2 bad input, 1 anything else."""

import io
import os
import sys
import tempfile
import traceback
from pathlib import Path

import typer
from typer.exceptions import TyperException

from govkit import sheets
from govkit.commands import (
    assess,
    blank,
    bulletin,
    collect,
    demo,
    documents,
    due,
    filing,
    keeping,
    ledger,
    lesson,
    rectify,
    report,
    rubrics,
    rule_packs,
    sample,
    score,
    template,
    verify,
)
from govkit.commands.help import Group, complaint
from govkit.commands.show import console, print_problems
from govkit.messages import say
from govkit.problems import ProblemsError
from govkit.rubric import RubricError
from govkit.store import StoreError

DONE, FAILED, BAD_INPUT = 0, 1, 2
_INTERRUPTED = 130  # what typer makes of Ctrl-C

app = typer.Typer(cls=Group, help=say("command.govkit"), add_completion=False, rich_markup_mode=None)
app.add_typer(score.app)
app.add_typer(demo.app)
app.add_typer(keeping.app)
app.add_typer(blank.app)
app.add_typer(collect.app)
app.add_typer(verify.app)
app.add_typer(filing.app)
app.add_typer(bulletin.app)
app.add_typer(documents.app)
app.add_typer(assess.app)
app.add_typer(report.app)
app.add_typer(due.app)
app.add_typer(rubrics.app, name="rubric")
app.add_typer(rectify.app, name="rectify")
app.add_typer(template.app, name="template")
app.add_typer(lesson.app, name="class")
app.add_typer(ledger.app, name="ledger")
app.add_typer(sample.app, name="sample")
app.add_typer(rule_packs.app, name="rules")


def main() -> None:
    """Run the command and exit with its status. Whatever happens, a person sees a sentence, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Chinese shows question marks, not an error
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run the command with these arguments.

    Returns:
        The exit status.
    """
    try:
        outcome = app(arguments or ["--help"], prog_name="govkit", standalone_mode=False)
    except ProblemsError as error:
        print_problems(error.problems)
        return BAD_INPUT
    except RubricError as error:
        return _complain(str(error), BAD_INPUT)
    except TyperException as error:
        return _complain(complaint(error), BAD_INPUT)
    except (sheets.OutputError, StoreError) as error:
        return _complain(str(error), FAILED)
    except BrokenPipeError:
        # Whoever read our output has gone, as `head` does; what Python still holds for it must not be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception:  # noqa: BLE001 - the last door: a person must not be left with a traceback
        return _complain(say("command.internal", log=_log()), FAILED)
    if outcome == _INTERRUPTED:
        return _complain(say("command.interrupted"), FAILED)
    return outcome if isinstance(outcome, int) else DONE


def _complain(sentence: str, status: int) -> int:
    console(stderr=True).print(sentence, markup=False, soft_wrap=True)
    return status


def _log() -> Path:
    """Keep the traceback of an internal error where it can be sent from."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="govkit-", suffix=".log", delete=False) as log:
        log.write(traceback.format_exc())
    return Path(log.name)
