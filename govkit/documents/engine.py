"""Filling a Word template: what stands in {{ }} is replaced by what was counted, the rest stays as the office made it.

A fact that nobody knows becomes a gap, 【待填：…】 with a yellow ground, for a person to fill in: it is never made up,
and never stops a document.
"""

import re
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import partial
from html import escape
from io import BytesIO
from typing import Any

from docx.enum.text import WD_COLOR_INDEX
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate
from jinja2 import (
    ChainableUndefined,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
)
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from govkit.messages import say
from govkit.sheets import OutputError
from govkit.sheets.errors import DAMAGE
from govkit.sheets.pack import timeless
from govkit.sheets.template import TEMPLATES


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in a document, as large as fits.

    Attributes:
        content: the file, PNG or JPEG.
        caption: what it shows, for those who cannot see it.
        width: how wide it is at most, in millimetres.
        height: how high it is at most, in millimetres.
    """

    content: bytes
    caption: str
    width: int
    height: int


Fact = str | int | Picture | None | Mapping[str, "Fact"] | Sequence[Mapping[str, "Fact"]]
"""What a name of a template stands for: a text, a number, a picture, a group of names, or lines to repeat; None is a
gap."""

Facts = Mapping[str, Fact]
"""The names of a template, or of a group or line in it, and what they stand for."""

_GAP = re.compile(r"(【待填：[^】]*】)")
_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUOTED = re.compile(r"'([^']*)'")
_TEXT, _RUN, _LOOKS = "w:t", "w:r", "w:rPr"
_NO_PICTURE = (
    InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, ValueError, KeyError, struct.error,
    ZeroDivisionError,
)  # fmt: skip
"""What the library raises for files that are no pictures, or damaged ones."""


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
    with _template_errors(file_name):
        _render(document, facts, StrictUndefined)
        _mark_gaps(document.docx.element.body)
        document.docx.core_properties.last_modified_by = "govkit"  # not who last changed the template
        stream = BytesIO()
        document.save(stream)
    return timeless(stream.getvalue(), day)


def wrong_names(file_name: str, facts: Facts) -> tuple[str, ...]:
    """All names of a template that stand for nothing, in their order.

    Args:
        file_name: as for `fill`.
        facts: what its names stand for, with a line in each list: what stands in a line that is not there is not seen.

    Raises:
        OutputError: the template is missing, no Word document, or has marks that are wrong.
    """
    found: dict[str, None] = {}

    class Noted(ChainableUndefined):
        """A name that is not there, noted."""

        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            found[str(self._undefined_name)] = None

    with _template_errors(file_name):
        _render(_opened(file_name), facts, Noted)
    return tuple(found)


def _render(document: Any, facts: Facts, undefined: type[Undefined]) -> None:
    environment = SandboxedEnvironment(undefined=undefined, finalize=partial(_printed, document), autoescape=True)
    document.render(_shown(facts, ""), environment, autoescape=True)


@contextmanager
def _template_errors(file_name: str) -> Iterator[None]:
    """What a template can be wrong in, as sentences."""
    try:
        yield
    except UndefinedError as error:
        name = _QUOTED.findall(str(error))[-1]
        raise OutputError(say("document.no_name", file=file_name, name=name)) from error
    except TemplateSyntaxError as error:
        raise OutputError(say("document.bad_mark", file=file_name, place=_near(error))) from error
    except (TemplateError, *DAMAGE) as error:
        raise OutputError(say("document.bad_content", file=file_name)) from error


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
    if isinstance(fact, str | int | Picture):
        return fact
    return [_shown(line, "") for line in fact]


def _printed(document: Any, value: Any) -> Any:
    """A value as XML. The underscore is written by its number: docxtpl takes “{_{” for a way to write “{{”."""
    if isinstance(value, Picture):
        return _drawn(document, value)
    text = _NO_XML.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))
    return Markup(escape(text).replace("_", "&#95;"))  # noqa: S704 - escaped


def _drawn(document: Any, picture: Picture) -> Any:
    """A picture as XML, in a run of its own; what is none is told in a sentence."""
    try:
        image = Image.from_blob(picture.content)
        scale = min(Mm(picture.width) / int(image.width), Mm(picture.height) / int(image.height))
        size = (round(int(side) * scale) for side in (image.width, image.height))
        inline = document.current_rendering_part.new_pic_inline(BytesIO(picture.content), *size)
    except _NO_PICTURE:
        return _printed(document, say("document.no_picture", name=picture.caption))
    inline.docPr.set("descr", picture.caption)
    drawing = f'</w:t></w:r><w:r><w:drawing>{inline.xml}</w:drawing></w:r><w:r><w:t xml:space="preserve">'
    return Markup(drawing)  # noqa: S704 - made by the library


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
