"""Filling a Word template: what stands in {{ }} is replaced by what was counted, the rest stays as the office made it.

A fact that nobody knows becomes a gap, 【待填：…】 with a yellow ground, for a person to fill in: it is never made up,
and never stops a document.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from datetime import date
from html import escape
from io import BytesIO
from typing import Any

from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from govkit.messages import say
from govkit.sheets import OutputError
from govkit.sheets.errors import DAMAGE
from govkit.sheets.pack import timeless
from govkit.sheets.template import TEMPLATES

Fact = str | int | None | Mapping[str, "Fact"] | Sequence[Mapping[str, "Fact"]]
"""What a name of a template stands for: a text or a number, a group of names, or lines to repeat; None is a gap."""

Facts = Mapping[str, Fact]
"""The names of a template, or of a group or line in it, and what they stand for."""

_GAP = re.compile(r"(【待填：[^】]*】)")
_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUOTED = re.compile(r"'([^']*)'")
_TEXT, _RUN, _LOOKS = "w:t", "w:r", "w:rPr"


def fill(file_name: str, facts: Facts, day: date) -> bytes:
    """A template, filled; the same facts give the same bytes.

    Args:
        file_name: the template, in the folder of templates; or its full path.
        facts: what its names stand for.
        day: the day of which the file says that it was made.

    Raises:
        OutputError: the template is missing, no Word document, or has names or marks that are wrong.
    """
    document = _opened(file_name)
    environment = SandboxedEnvironment(undefined=StrictUndefined, finalize=_printed, autoescape=True)
    try:
        document.render(_shown(facts, ""), environment, autoescape=True)
        _mark_gaps(document.docx.element.body)
        document.docx.core_properties.last_modified_by = "govkit"  # not who last changed the template
        stream = BytesIO()
        document.save(stream)
    except UndefinedError as error:
        name = _QUOTED.findall(str(error))[-1]
        raise OutputError(say("document.no_name", file=file_name, name=name)) from error
    except TemplateSyntaxError as error:
        raise OutputError(say("document.bad_mark", file=file_name, place=_near(error))) from error
    except (TemplateError, *DAMAGE) as error:
        raise OutputError(say("document.bad_content", file=file_name)) from error
    return timeless(stream.getvalue(), day)


def gap(name: str) -> str:
    """What stands where a fact is not known."""
    return say("document.gap", name=name)


def _opened(file_name: str) -> Any:
    try:
        content = (TEMPLATES / file_name).read_bytes()
        document = DocxTemplate(BytesIO(content))
        document.init_docx()
    except FileNotFoundError:
        raise OutputError(say("sheet.no_template", file=file_name, folder=TEMPLATES)) from None
    except DAMAGE as error:
        raise OutputError(say("document.bad_template", file=file_name)) from error
    return document


def _shown(fact: Fact, name: str) -> Any:
    """A fact with gaps in place of what is not known; they are called as the names that lead to them."""
    if fact is None:
        return gap(name)
    if isinstance(fact, Mapping):
        return {key: _shown(value, name + key) for key, value in fact.items()}
    if isinstance(fact, str | int):
        return fact
    return [_shown(line, "") for line in fact]


def _printed(value: Any) -> Any:
    """A value as XML. The underscore is written by its number: docxtpl takes “{_{” for a way to write “{{”."""
    text = _NO_XML.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))
    return Markup(escape(text).replace("_", "&#95;"))  # noqa: S704 - escaped


def _near(error: TemplateSyntaxError) -> str:
    """The text of the template around a mark that is wrong."""
    lines: Iterable[str] = getattr(error, "docx_context", ())
    return " ".join("".join(lines).split())


def _mark_gaps(body: Any) -> None:
    """Give gaps a yellow ground: a run that has one is cut into runs, of which the gaps get it."""
    for run in list(body.iter(qn(_RUN))):
        if _GAP.search("".join(text.text or "" for text in run.iter(qn(_TEXT)))):
            for piece in _pieces(run):
                run.addprevious(piece)
            run.getparent().remove(run)


def _pieces(run: Any) -> Iterable[Any]:
    for child in run:
        if child.tag == qn(_LOOKS):
            continue
        if child.tag != qn(_TEXT):
            yield _like(run, deepcopy(child))
            continue
        for number, words in enumerate(_GAP.split(child.text or "")):
            text = OxmlElement(_TEXT)
            text.text = words
            text.set(qn("xml:space"), "preserve")
            if words:
                yield _like(run, text, is_gap=bool(number % 2))


def _like(run: Any, child: Any, *, is_gap: bool = False) -> Any:
    """A run that looks as another one, with one child."""
    made: Any = OxmlElement(_RUN)
    looks = run.find(qn(_LOOKS))
    if looks is not None:
        made.append(deepcopy(looks))
    if is_gap:
        made.get_or_add_rPr().highlight_val = WD_COLOR_INDEX.YELLOW
    made.append(child)
    return made
