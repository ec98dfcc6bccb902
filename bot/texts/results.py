"""Numbered lists of articles, for /latest and /search."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Final

from bot.domain.article import Article
from bot.texts import parts
from bot.texts.catalogue import Texts
from bot.texts.escape import Html, joined

_LONGEST_HEADLINE: Final = 200
_LONGEST_DEK: Final = 160
_MOST_AUTHORS: Final = 2


def results(articles: Sequence[Article], zone: tzinfo, language: str, *, first: int) -> Html:
    """Return the list, its first article with that number.

    An article takes 650 units at most: five leave room for a title within Telegram's 4,096.
    """
    texts = Texts(language)
    return joined(
        "\n\n",
        [
            _entry(article, number, texts, zone, language)
            for number, article in enumerate(articles, first)
        ],
    )


def _entry(article: Article, number: int, texts: Texts, zone: tzinfo, language: str) -> Html:
    title = Html(f"{number}. {parts.headline(article, texts, _LONGEST_HEADLINE)}")
    label = parts.label_names(article)[:1]
    below = parts.byline(article, zone, language, *label, most_authors=_MOST_AUTHORS)
    return joined("\n", [title, parts.dek(article, _LONGEST_DEK), below])
