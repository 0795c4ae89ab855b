"""All HTML of the forms is put together here.

Whatever comes from a workbook or a person is escaped, as `Markup` escapes what is put into it.
"""

import base64
import mimetypes
from collections.abc import Iterable
from urllib.parse import urlsplit

from markupsafe import Markup

from govkit.messages import say


def fill(pattern: str, **values: object) -> Markup:
    """A piece of HTML with its gaps filled, each value escaped unless it is `Markup` itself."""
    return Markup(pattern).format(**values)  # noqa: S704 - the patterns are constants of this package


def join(pieces: Iterable[object], between: str = "") -> Markup:
    """Pieces one after the other, escaped."""
    return Markup(between).join(pieces)  # type: ignore[arg-type]  # noqa: S704 - the same


def message(kind: str, sentence: str) -> Markup:
    """A message to the person; its lines stay lines."""
    return fill('<div class="gk-note gk-{kind}" role="status">{text}</div>', kind=kind, text=lines(sentence))


def lines(text: str) -> Markup:
    """Text whose line ends show."""
    return join(text.splitlines(), "<br>")


def link(address: str, words: str = "") -> Markup:
    """A link that opens in a new tab; an address that is none of the web is shown as text, never followed."""
    try:
        is_web = urlsplit(address).scheme.lower() in {"http", "https"}
    except ValueError:
        is_web = False
    if not is_web:
        return fill("{text}", text=address)
    pattern = '<a href="{address}" target="_blank" rel="noopener noreferrer">{words}</a>'
    return fill(pattern, address=address, words=words or address)


def download(name: str, content: bytes, words: str) -> Markup:
    """A link that saves a file from the page itself, without a server."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    data = f"data:{kind};base64,{base64.b64encode(content).decode()}"
    return fill('<a class="gk-link" download="{name}" href="{data}">{words}</a>', name=name, data=data, words=words)


def picture(name: str, content: bytes, number: int) -> Markup:
    """A screenshot, small, that opens in full."""
    guessed = mimetypes.guess_type(name)[0] or ""
    kind = guessed if guessed.startswith("image/") else "image/png"  # whatever a file is called, it is no page
    data = f"data:{kind};base64,{base64.b64encode(content).decode()}"
    pattern = '<a download="{name}" href="{data}"><img class="gk-shot" src="{data}" alt="{words}" title="{words}"></a>'
    return fill(pattern, name=name, data=data, words=say("form.shot", number=number))
