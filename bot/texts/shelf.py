"""A page of a reading list: numbered headlines, each with its kicker and its date."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Final

from bot.domain.reading_list import SavedArticle
from bot.texts import parts
from bot.texts.catalogue import Texts
from bot.texts.dates import format_published
from bot.texts.escape import Html, italic, joined

_LONGEST_HEADLINE: Final = 200


def shelf(items: Sequence[SavedArticle], zone: tzinfo, language: str, *, first: int) -> Html:
    """Return the page, its first article with that number.

    An article takes 600 units at most: five leave room for a title within Telegram's 4,096.
    """
    texts = Texts(language)
    entries = [_entry(item, n, texts, zone, language) for n, item in enumerate(items, first)]
    return joined("\n\n", entries)


def _entry(item: SavedArticle, number: int, texts: Texts, zone: tzinfo, language: str) -> Html:
    article = item.article
    title = Html(f"{number}. {parts.headline(article, texts, _LONGEST_HEADLINE)}")
    date = italic(format_published(article.published, zone, language))
    return joined("\n", [title, joined(" · ", [parts.kicker(article), date])])
