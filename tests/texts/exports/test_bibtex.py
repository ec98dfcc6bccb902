"""Reading lists for LaTeX, read back by a parser of BibTeX."""

import re
from zoneinfo import ZoneInfo

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import SeparateCoAuthors
from bibtexparser.model import Entry
from hypothesis import given, settings

from bot.domain.reading_list import SavedArticle
from bot.domain.topic import TopicKind, author
from bot.texts.clip import clean
from bot.texts.exports import fields
from bot.texts.exports.bibtex import bibtex
from tests.aids.examples import examples
from tests.aids.prose import saved_articles
from tests.aids.shelves import kept

SEOUL = ZoneInfo("Asia/Seoul")
#: What each piece of LaTeX stands for.
MEANT = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciicircum{}": "^",
    r"\textasciitilde{}": "~",
    r"\$": "$",
    r"\&": "&",
    r"\#": "#",
    r"\%": "%",
    r"\_": "_",
    "{}": "",
}
PIECES = re.compile("|".join(map(re.escape, MEANT)))


def read(text: str) -> list[Entry]:
    library = parse_string(text, append_middleware=[SeparateCoAuthors()])
    assert library.failed_blocks == []
    return library.entries


def plain(latex: str) -> str:
    """Return what LaTeX would set; nothing special may be left over."""
    assert not re.search(r"[\\{}$&#%_^~]", PIECES.sub("", latex))
    return PIECES.sub(lambda piece: MEANT[piece[0]], latex)


def whole(value: str) -> str:
    """Return what stands within braces of its own."""
    assert value.startswith("{")
    assert value.endswith("}")
    return value[1:-1]


def test_an_entry_tells_what_a_citation_needs() -> None:
    (entry,) = read(bibtex([kept()], SEOUL, "NK News"))

    assert (entry.entry_type, entry.key) == ("online", "lindqvist2026harbour")
    assert {field.key: field.value for field in entry.fields} == {
        "author": ["Ada Lindqvist", "Beom O'Neill"],
        "title": "{Harbour cranes stand idle}",
        "organization": "NK News",
        "date": "2026-03-05",
        "year": "2026",
        "month": "mar",
        "url": "https://www.example.org/2026/03/harbour/",
        "urldate": "2026-03-06",
        "abstract": "Three ports report fewer ships",
        "keywords": "Trade, NK PRO",
    }


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ada Lindqvist", "Ada Lindqvist"),
        ("Wire and Sons", "{Wire and Sons}"),
        ("Lindqvist, Ada", "{Lindqvist, Ada}"),
        ("others", "{others}"),
        ("Sandy Andersen", "Sandy Andersen"),
        ("김여정", "김여정"),
        ("A_b & C", r"{A\_b \& C}"),
    ],
)
def test_a_name_that_would_be_parted_wrongly_stays_whole(name: str, written: str) -> None:
    (entry,) = read(bibtex([kept(topics=(author(name), author("Beom")))], SEOUL, "NK News"))

    assert entry["author"] == [written, "Beom"]


def test_entries_alike_have_keys_of_their_own_and_the_older_one_keeps_its() -> None:
    items = [kept("Harbour closed", number=9), kept(number=8), kept("Harbour opened", number=10)]
    keys = [entry.key for entry in read(bibtex(items, SEOUL, "NK News"))]

    assert keys == ["lindqvist2026harbour-2", "lindqvist2026harbour", "lindqvist2026harbour-3"]


def test_a_key_is_plain_where_names_are_not() -> None:
    items = [kept("항구", topics=()), kept("Été", number=8, topics=(author("Jürgen Groß-Öl"),))]
    keys = [entry.key for entry in read(bibtex(items, SEOUL, "NK News"))]

    assert keys == ["article2026", "ol2026ete"]


def test_an_address_is_kept_but_for_braces_which_would_be_counted() -> None:
    (entry,) = read(bibtex([kept(url="https://www.example.org/a_b?x=1%20&y={2}")], SEOUL, "S"))

    assert entry["url"] == "https://www.example.org/a_b?x=1%20&y=%7B2%7D"


def test_an_empty_list_is_an_empty_file() -> None:
    assert bibtex([], SEOUL, "NK News") == ""


@given(saved_articles)
@settings(max_examples=examples(30))
def test_any_text_comes_back_as_it_was(items: list[SavedArticle]) -> None:
    entries = read(bibtex(items, SEOUL, "NK News"))

    assert len({entry.key for entry in entries}) == len(items)
    for entry, item in zip(entries, items, strict=True):
        found = {field.key: field.value for field in entry.fields}
        names = fields.names(item.article, TopicKind.AUTHOR)
        assert plain(whole(found["title"])) == clean(item.article.headline)
        assert plain(found.get("abstract", "")) == fields.dek(item.article)
        written = found.get("author", [])
        assert [_name(one) for one in written] == names


def _name(written: str) -> str:
    is_whole = written.startswith("{") and written.endswith("}") and written != "{}"
    return plain(whole(written) if is_whole else written)
