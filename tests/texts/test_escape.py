"""Plain text as Telegram's HTML."""

import pytest
from hypothesis import given

from bot.demo.botapi.html import parse_html
from bot.texts.clip import clean, units
from bot.texts.escape import Html, bold, escape, is_openable, joined, link, visible_units
from tests.aids.prose import prose


@given(prose)
def test_escaped_text_reads_as_it_was(text: str) -> None:
    text = clean(text)

    parsed, entities = parse_html(bold(text))

    assert parsed == text
    assert [entity["type"] for entity in entities] == (["bold"] if text else [])
    assert visible_units(bold(text)) == units(text)


def test_html_is_not_escaped_twice() -> None:
    assert escape(escape("a < b")) == "a &lt; b"


def test_what_is_empty_leaves_no_separator() -> None:
    assert joined(" · ", [Html("a"), Html(""), Html("b")]) == "a · b"


@pytest.mark.parametrize(
    ("url", "openable"),
    [
        ("https://www.example.org/a?b=1&c=2", True),
        ("http://127.0.0.1:8765/a", True),
        ("http://[::1]:8765/a", True),
        ("https://example.org/\uae40", True),
        ("http://localhost/a", False),
        ("ftp://example.org/a", False),
        ("https://example.org:99999/a", False),
        ("https://exam ple.org/a", False),
        ("https://[example.org/", False),
        ("https://example.org/" + "a" * 2_100, False),
        ("", False),
    ],
)
def test_only_what_telegram_takes_is_linked(url: str, *, openable: bool) -> None:
    assert is_openable(url) is openable
    assert ("<a " in link(url, "text")) is openable


def test_an_address_cannot_leave_its_attribute() -> None:
    markup = link('https://example.org/?a="><b>', "text")

    parsed, entities = parse_html(markup)

    assert parsed == "text"
    assert [entity["url"] for entity in entities] == ['https://example.org/?a="><b>']
