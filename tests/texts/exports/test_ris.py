"""Reading lists for reference managers, read back by a parser of RIS."""

from typing import Any
from zoneinfo import ZoneInfo

import rispy
from hypothesis import given, settings

from bot.domain.reading_list import SavedArticle
from bot.domain.topic import TopicKind
from bot.texts.clip import clean
from bot.texts.exports import fields
from bot.texts.exports.ris import ris
from tests.aids.examples import examples
from tests.aids.prose import saved_articles
from tests.aids.shelves import kept

SEOUL = ZoneInfo("Asia/Seoul")


def read(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = rispy.loads(text, newline="\r\n")
    return found


def test_a_record_tells_what_a_citation_needs() -> None:
    text = ris([kept()], SEOUL, "NK News")

    assert text.startswith("TY  - NEWS\r\n")
    assert text.endswith("ER  - \r\n")
    assert read(text) == [
        {
            "type_of_reference": "NEWS",
            "title": "Harbour cranes stand idle",
            "authors": ["Ada Lindqvist", "Beom O'Neill"],
            "secondary_title": "NK News",
            "abstract": "Three ports report fewer ships",
            "keywords": ["Trade", "NK PRO"],
            "year": "2026",
            "date": "2026/03/05/",
            "access_date": "2026/03/06/",
            "urls": ["https://www.example.org/2026/03/harbour/"],
        }
    ]


def test_what_is_missing_leaves_no_line() -> None:
    text = ris([kept(dek="", topics=())], SEOUL, "NK News")

    assert "AU  -" not in text
    assert "AB  -" not in text


@given(saved_articles)
@settings(max_examples=examples(30))
def test_any_text_comes_back_as_it_was(items: list[SavedArticle]) -> None:
    records = read(ris(items, SEOUL, "NK News"))

    assert len(records) == len(items)
    for record, item in zip(records, items, strict=True):
        assert record.get("title", "") == clean(item.article.headline)
        assert record.get("abstract", "") == fields.dek(item.article)
        assert record.get("authors", []) == fields.names(item.article, TopicKind.AUTHOR)
