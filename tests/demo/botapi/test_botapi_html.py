"""What Telegram's HTML accepts and refuses; the rows follow what tdlib does with the same input."""

from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.botapi.html import MarkupError, parse_html
from bot.demo.botapi.utf16 import units

SURROGATES = (
    "Text contains invalid Unicode characters after decoding HTML entities, "
    "check for unmatched surrogate code units"
)


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("&#57311;", SURROGATES),
        ("&#xDFDF", SURROGATES),
        ("é<b", "Unclosed start tag at byte offset 2"),
        ("é<", "Unclosed start tag at byte offset 2"),
        ("é <br>", 'Unsupported start tag "br" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b/>", 'Unsupported start tag "b/" at byte offset 0'),
        ("🏟<P class=x>", 'Unsupported start tag "p" at byte offset 4'),
        ("é<i =x>", 'Empty attribute name in the tag "i" at byte offset 2'),
        ("é<i x>", 'Can\'t find end tag corresponding to start tag "i"'),
        ("é<i x = ", 'Unclosed start tag "i" at byte offset 2'),
        ("é<i x = 1aZ-.,", "Unexpected end of name token at byte offset 9"),
        ("é<i x=1", "Unclosed start tag at byte offset 2"),
        ('é<i x="&lt;>', "Unclosed start tag at byte offset 2"),
        ("é</", "Unexpected end tag at byte offset 2"),
        ("<b></b></b>", "Unexpected end tag at byte offset 7"),
        ("<i>a</i  ", "Unclosed end tag at byte offset 4"),
        ("é<b>a</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-emoji emoji-id="x">a</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
def test_a_refusal_names_its_reason_and_the_byte(markup: str, reason: str) -> None:
    with pytest.raises(MarkupError) as refusal:
        parse_html(markup)

    assert str(refusal.value) == reason


def span(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("", "", []),
        ("a &lt &lt; &gt;&amp;&quot;", 'a < < >&"', []),
        ("&ge;&nbsp;&Lt;&#0;&#12345678;&", "&ge;&nbsp;&Lt;&#0;&#12345678;&", []),
        ("&#65;&#x1F3DF;&#x41", "A🏟A", []),
        ("<b></b>x", "x", []),
        ("🏟<i>🏟 &lt🏟</i>", "🏟🏟 <🏟", [span("italic", 2, 6)]),
        ("<B>x</>", "x", [span("bold", 0, 1)]),
        ("<b >x</b >", "x", [span("bold", 0, 1)]),
        ("<strong>a</strong><em>b</em>", "ab", [span("bold", 0, 1), span("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [span("underline", 0, 1), span("underline", 1, 1)]),
        ("<s>a</s><del>b</del>", "ab", [span("strikethrough", i, 1) for i in (0, 1)]),
        ("<strike a=b c>a</strike>", "a", [span("strikethrough", 0, 1)]),
        ("<span class = 'tg-spoiler'>a</span>", "a", [span("spoiler", 0, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [span("spoiler", 0, 1)]),
        ("<a href=x.org>a</a>", "a", [span("text_link", 0, 1, url="http://x.org/")]),
        (
            '<a href="https://X.org/A?b=1&amp;c=2">a</a>',
            "a",
            [span("text_link", 0, 1, url="https://x.org/A?b=1&c=2")],
        ),
        ("<a>x.org</a>", "x.org", [span("text_link", 0, 5, url="http://x.org/")]),
        ("<a href='javascript:alert(1)'>a</a>", "a", []),
        (
            "<a href='tg://resolve?domain=x'>a</a>",
            "a",
            [span("text_link", 0, 1, url="tg://resolve?domain=x")],
        ),
        ("<a href='nowhere'>a</a>", "a", []),
        ("<a href='tg://user?id=7'>a</a>", "a", [span("text_mention", 0, 1, user_id=7)]),
        ("<pre>a</pre>", "a", [span("pre", 0, 1)]),
        ("<code class=language-c>a</code>", "a", [span("code", 0, 1)]),
        (
            '<pre><code class="language-c">a</code></pre>',
            "a",
            [span("pre", 0, 1, language="c")],
        ),
        (
            '<code class="language-c"><pre>a</pre></code>',
            "a",
            [span("pre", 0, 1, language="c")],
        ),
        ("<blockquote>a</blockquote>", "a", [span("blockquote", 0, 1)]),
        (
            "<blockquote expandable>a</blockquote>",
            "a",
            [span("expandable_blockquote", 0, 1)],
        ),
        (
            '<tg-emoji emoji-id="12">🏟</tg-emoji>',
            "🏟",
            [span("custom_emoji", 0, 2, custom_emoji_id="12")],
        ),
    ],
)
def test_what_is_accepted_yields_text_and_entities_in_utf16_units(
    markup: str, text: str, entities: list[dict[str, Any]]
) -> None:
    assert parse_html(markup) == (text, entities)


@given(st.text())
def test_escaped_text_parses_back_to_itself(text: str) -> None:
    assert parse_html(escape(text)) == (text, [])


@given(st.text(), st.text(min_size=1), st.text())
def test_an_entity_lies_where_its_tag_stood(before: str, inside: str, after: str) -> None:
    markup = f"{escape(before)}<b>{escape(inside)}</b>{escape(after)}"

    assert parse_html(markup) == (
        before + inside + after,
        [span("bold", units(before), units(inside))],
    )
