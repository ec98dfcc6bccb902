"""An alert: kicker, linked headline, dek, byline; what is missing leaves no line."""

from datetime import tzinfo

from bot.domain.article import Article
from bot.texts import parts
from bot.texts.catalogue import Texts
from bot.texts.escape import Html, joined


def alert(article: Article, zone: tzinfo, language: str) -> Html:
    """Return the article's alert, in at most 4,096 UTF-16 units after parsing."""
    texts = Texts(language)
    lines = [
        parts.kicker(article),
        parts.headline(article, texts),
        parts.dek(article),
        parts.byline(article, zone, language),
    ]
    return joined("\n", lines)
