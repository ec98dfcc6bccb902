"""Reading lists as notes, read back by a parser of CommonMark."""

from zoneinfo import ZoneInfo

from hypothesis import given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.domain.reading_list import SavedArticle
from bot.texts.catalogue import Texts
from bot.texts.clip import clean
from bot.texts.exports.markdown import markdown
from tests.aids.examples import examples
from tests.aids.prose import languages, saved_articles
from tests.aids.shelves import kept

SEOUL = ZoneInfo("Asia/Seoul")
PARSER = MarkdownIt("commonmark")
#: An entry is a link and lines of text, whatever its texts hold.
PLAIN = {"text", "link_open", "link_close", "hardbreak"}


def entries(text: str) -> list[list[Token]]:
    """Return the pieces of each entry of the list; the first line is a heading."""
    tokens = PARSER.parse(text)
    assert [token.type for token in tokens[:3]] == ["heading_open", "inline", "heading_close"]
    return [token.children or [] for token in tokens[3:] if token.type == "inline"]


def told(pieces: list[Token]) -> list[str]:
    """Return the lines of an entry."""
    texts = ("\n" if one.type == "hardbreak" else one.content for one in pieces)
    return "".join(texts).split("\n")


def test_an_entry_is_a_link_with_what_is_known_below_it() -> None:
    text = markdown([kept()], SEOUL, "en")

    assert text.startswith("# Reading list\n\n- [Harbour")
    ((link, *rest),) = entries(text)
    assert link.attrs == {"href": "https://www.example.org/2026/03/harbour/"}
    assert told([link, *rest]) == [
        "Harbour cranes stand idle",
        "Three ports report fewer ships",
        "Ada Lindqvist, Beom O'Neill · Trade · NK PRO · 5 Mar 2026, 05:06",
    ]


def test_an_address_with_marks_of_its_own_leads_to_the_same_place() -> None:
    url = "https://www.example.org/a_(b)?x=1&lt=2&y=\\3"
    ((link, *_),) = entries(markdown([kept(url=url)], SEOUL, "en"))

    assert link.attrs == {"href": url.replace("\\", "%5C")}


@given(saved_articles, languages)
@settings(max_examples=examples(30))
def test_any_text_is_shown_as_it_is(items: list[SavedArticle], language: str) -> None:
    found = entries(markdown(items, SEOUL, language))

    assert len(found) == len(items)
    for pieces, item in zip(found, items, strict=True):
        headline = clean(item.article.headline)
        assert {one.type for one in pieces} <= PLAIN
        assert told(pieces)[0] == (headline or Texts(language).plain("article.untitled"))
