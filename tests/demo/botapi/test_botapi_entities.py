from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.botapi.cleaning import cleaned
from bot.demo.botapi.entities import arranged, found_in
from bot.demo.botapi.html import parse_html
from bot.demo.botapi.rendering import rendered
from bot.demo.botapi.utf16 import piece, units


def span(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("  <b> a </b>  ", " a", [span("bold", 0, 2)]),  # no further than to the entity
        (" \n a \n", "a", []),
        ("<b>a  </b>", "a", [span("bold", 0, 1)]),
        ("a<b> </b>b", "a b", []),
        ("a\tb\r\nc", "a b\nc", []),
        ("\u202ea<b>\u2028b</b>", "ab", [span("bold", 1, 1)]),
        ("a<b>\u202e</b>b", "ab", []),
        ("\u200f\u200fa", "\u200c\u200fa", []),
        ("\u2068a\u2069", "\u2068a\u2069", []),
    ],
)
def test_text_is_cleaned_and_its_entities_move_along(
    markup: str, text: str, entities: list[dict[str, Any]]
) -> None:
    assert cleaned(*parse_html(markup)) == (text, entities)


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once, _ = cleaned(text, [])

    assert cleaned(once, []) == (once, [])


@pytest.mark.parametrize(
    ("markup", "entities"),
    [
        ("<i><b>a</b></i>", [span("bold", 0, 1), span("italic", 0, 1)]),
        ("<b>a</b><b>b</b>", [span("bold", 0, 2)]),
        ("<b>a<b>b</b>c</b>", [span("bold", 0, 3)]),
        (
            "<b>a<code>b</code>c</b>",
            [span("bold", 0, 1), span("code", 1, 1), span("bold", 2, 1)],
        ),
        ("<code><a href='x.org'>a</a></code>", [span("code", 0, 1)]),
        ("<pre>a<code>b</code></pre>", [span("pre", 0, 2)]),
        ("<pre><code>b</code></pre>", [span("pre", 0, 1)]),
    ],
)
def test_entities_are_sorted_joined_and_kept_out_of_code(
    markup: str, entities: list[dict[str, Any]]
) -> None:
    assert arranged(parse_html(markup)[1]) == entities


def test_telegram_lists_at_most_a_hundred_entities() -> None:
    assert len(arranged(span("bold", 2 * i, 1) for i in range(130))) == 100


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start", [("bot_command", "/start")]),
        ("/start@dekbot x", [("bot_command", "/start@dekbot")]),
        ("🏟 /help", [("bot_command", "/help")]),
        ("and/or a//b", []),
        ("see https://x.org/a, then", [("url", "https://x.org/a")]),
        ("hi @dekbot!", [("mention", "@dekbot")]),
        ("a@dekbot.org", []),
    ],
)
def test_commands_addresses_and_mentions_are_found(text: str, found: list[tuple[str, str]]) -> None:
    entities = found_in(text, [])

    assert [(e["type"], piece(text, e["offset"], e["length"])) for e in entities] == found


def test_nothing_is_found_inside_a_link() -> None:
    link = span("text_link", 0, 15, url="https://y.org/")

    assert found_in("https://x.org/a", [link]) == [link]


def test_the_page_gets_safe_html() -> None:
    markup = (
        "<b>a<i>&lt;&amp;</i></b> <a href='x.org/?a&amp;b=\"'>l</a>"
        "<tg-spoiler>s</tg-spoiler>\nhttps://y.org"
    )
    text, entities = parse_html(markup)

    assert rendered(text, found_in(text, arranged(entities))) == (
        "<b>a<i>&lt;&amp;</i></b> "
        '<a href="http://x.org/?a&amp;b=&quot;" target="_blank" rel="noopener noreferrer">l</a>'
        '<span class="tg-spoiler">s</span>\n'
        '<a href="https://y.org" target="_blank" rel="noopener noreferrer">https://y.org</a>'
    )


@given(st.text())
def test_text_without_entities_renders_as_itself_escaped(text: str) -> None:
    assert parse_html(rendered(text, []))[0] == text


def test_an_address_of_another_kind_is_no_link_on_the_page() -> None:
    assert rendered("a", [span("text_link", 0, 1, url="tg://resolve?domain=x")]) == "a"


@given(st.text())
def test_units_count_what_utf16_takes(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le")) // 2
