"""HTML: what comes from a workbook or a person stays text."""

import base64

import pytest

from govkit.forms.markup import download, fill, join, lines, link, message, picture
from tests.forms.browser import parsed

EVIL = "<img src=x onerror=alert(1)>\"'{braces}{0.__class__}&amp;"


def test_text_stays_text() -> None:
    """Tags, quotes, braces and entities are shown as they were written, wherever they stand."""
    for piece in (
        fill('<i title="{text}">{text}</i>', text=EVIL),
        join([EVIL, fill("<i>{text}</i>", text=EVIL)], "<br>"),
        message("refused", EVIL),
        lines(f"{EVIL}\n{EVIL}"),
        link(f"http://a.example/?{EVIL}", EVIL),
        download(f"{EVIL}.xlsx", b"x", EVIL),
    ):
        tags, data = parsed(piece)
        assert {tag for tag, _ in tags} <= {"i", "br", "div", "a"}
        assert EVIL in data
        assert not {name for _, attributes in tags for name in attributes} - {
            *("title", "class", "role", "href", "target", "rel", "download"),
        }


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//a.example",
        "http//a.example",
        "http://[",
        "",
    ],
)
def test_no_link(address: str) -> None:
    """An address that is none of the web is text that cannot be followed."""
    tags, data = parsed(link(address))
    assert not tags
    assert data == address


def test_link() -> None:
    """An address of the web opens in a new tab that knows nothing of this one."""
    ((tag, attributes),), words = parsed(link("HTTPS://a.example/?a=1&b=2"))
    assert (tag, attributes["href"], words) == ("a", "HTTPS://a.example/?a=1&b=2", "HTTPS://a.example/?a=1&b=2")
    assert (attributes["target"], attributes["rel"]) == ("_blank", "noopener noreferrer")


def test_files() -> None:
    """Files travel inside the page; a screenshot is a picture, whatever its name says."""
    ((_, attributes),), _ = parsed(download("汇总表.xlsx", b"content", "汇总表"))
    kind, _, data = str(attributes["href"]).partition(";base64,")
    assert (kind, base64.b64decode(data)) == (
        "data:application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        b"content",
    )
    for name, kind in (("a.png", "image/png"), ("a.jpg", "image/jpeg"), ("a.html", "image/png"), ("a", "image/png")):
        tags, _ = parsed(picture(name, b"x", 1))
        assert {str(attributes.get("href", attributes.get("src"))).split(";")[0] for _, attributes in tags} == {
            f"data:{kind}"
        }
