"""Help and complaints of the command line, in Chinese: the library's own are English."""

import re
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from govkit.messages import catalogue, say

_MISSING = "MissingParameter"  # the name of what the library raises, which it does not give out


class _InChinese:
    """What commands and groups of commands share: the same help, in Chinese."""

    def get_help_option(self, ctx: Any) -> Any:
        """The option --help, with Chinese help."""
        option = super().get_help_option(ctx)  # type: ignore[misc]  # it stands before a class that has it
        if option is not None:
            option.help = say("command.help_option")
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print usage, purpose, subcommands, arguments and options."""
        del formatter
        command = ctx.command
        params = command.get_params(ctx)
        verbs = [(name, verb.help) for name, verb in getattr(command, "commands", {}).items()]
        arguments = [(param.metavar, param.help) for param in params if param.param_type_name == "argument"]
        named = [param for param in params if param.param_type_name != "argument"]
        options = [(" ".join(filter(None, [*param.opts, param.metavar])), param.help) for param in named]
        pieces = [metavar for metavar, _ in arguments] + ([say("command.verb")] if verbs else [])
        console = Console(highlight=False)
        console.print(say("command.usage_line", path=ctx.command_path, pieces="".join(f"{escape(p)} " for p in pieces)))
        console.print(f"\n{escape(command.help)}\n")
        for title, rows in (("verbs", verbs), ("arguments", arguments), ("options", options)):
            if rows:
                console.print(say(f"command.{title}"))
                table = Table(box=None, show_header=False, padding=(0, 2))
                for row in rows:
                    table.add_row(*map(escape, row))
                console.print(table)


class Command(_InChinese, TyperCommand):
    """A command whose help is Chinese."""


class Group(_InChinese, TyperGroup):
    """A group of commands whose help is Chinese."""


def complaint(error: TyperException) -> str:
    """What is wrong with the words of a call, as a sentence in Chinese."""
    sentences = catalogue()["usage"]
    param, ctx = getattr(error, "param", None), getattr(error, "ctx", None)
    if isinstance(error, typer.BadParameter) and param is None:
        return str(error.message)  # a command of ours says what is wrong
    quoted = re.search(r"['(]([^')]*)[')]", error.format_message())
    otherwise = sentences["unknown" if quoted else "unfinished"]
    is_missing = type(error).__name__ == _MISSING
    return str(sentences.get(type(error).__name__, otherwise)).format(
        option=getattr(error, "option_name", ""),
        parameter=" ".join(filter(None, [*_names(param), getattr(param, "metavar", "")])),
        example=_example(ctx) if is_missing else "",
        word=quoted[1] if quoted else "",
    )


def _example(ctx: Any) -> str:
    name = "_".join(ctx.command_path.split()[1:])
    return say(f"example.{name}", path=ctx.command_path)


def _names(param: Any) -> list[str]:
    """How an option is written; nothing for an argument."""
    return list(param.opts) if getattr(param, "param_type_name", "") == "option" else []
