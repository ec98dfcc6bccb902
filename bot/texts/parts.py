"""The parts of an article as alerts, digests and lists of results show them.

Each part has a longest length of its own. Together they stay far below Telegram's limit for a
message, so that a message is never cut as a whole. A part that is missing is empty text.
"""

from datetime import tzinfo
from typing import Final

from bot.domain.article import Article
from bot.domain.topic import Topic, TopicKind
from bot.texts.catalogue import Texts
from bot.texts.clip import clean, clip, is_blank, isolated
from bot.texts.dates import format_published
from bot.texts.escape import Html, bold, escape, italic, joined, link

LONGEST_NAME: Final = 60
LONGEST_HEADLINE: Final = 300
LONGEST_DEK: Final = 1000
_MOST_LABELS: Final = 4
_MOST_AUTHORS: Final = 4
_DOT: Final = " · "


def shown(text: str, limit: int) -> str:
    """Return foreign text as a message shows it, not yet escaped; empty where it shows nothing."""
    cleaned = clean(text)
    return "" if is_blank(cleaned) else isolated(clip(cleaned, limit))


def headline(article: Article, texts: Texts, limit: int = LONGEST_HEADLINE) -> Html:
    """Return the headline, linked and bold; a stand-in where there is none."""
    text = shown(article.headline, limit) or texts.plain("article.untitled")
    return link(article.url, bold(text))


def dek(article: Article, limit: int = LONGEST_DEK) -> Html:
    """Return the dek; nothing where it only repeats the headline."""
    if clean(article.dek).casefold() == clean(article.headline).casefold():
        return Html("")
    return escape(shown(article.dek, limit))


def section_name(article: Article) -> str:
    """Return the section that an article stands under: the first that is described, or the first.

    A profile describes its sections; those found in a feed have no description.
    """
    sections = _of_kind(article, TopicKind.SECTION)
    ranked = sorted(sections, key=lambda topic: not topic.description)
    return next(iter(names(tuple(ranked))), "")


def label_names(article: Article) -> list[str]:
    return names(_of_kind(article, TopicKind.LABEL))[:_MOST_LABELS]


def kicker(article: Article, *before: str) -> Html:
    """Return section and labels in capitals; `before` comes first."""
    names = (*before, section_name(article), *label_names(article))
    capitals = [name.upper() for name in names if name]
    return bold(_DOT.join(dict.fromkeys(capitals))) if capitals else Html("")


def byline(
    article: Article, zone: tzinfo, language: str, *before: str, most_authors: int = _MOST_AUTHORS
) -> Html:
    """Return authors and time of publication, in italics; `before` comes first."""
    written = escape(format_published(article.published, zone, language))
    parts = [*map(escape, before), _authors(article, Texts(language), most_authors), written]
    return italic(joined(_DOT, parts))


def names(topics: tuple[Topic, ...]) -> list[str]:
    """Return the topics' names as messages show them; those that show nothing are left out."""
    return [name for topic in topics if (name := shown(topic.name, LONGEST_NAME))]


def _authors(article: Article, texts: Texts, most: int) -> Html:
    """Return "A, B and C", or "A, B, C, D and 2 others"."""
    written = names(_of_kind(article, TopicKind.AUTHOR))
    if len(written) <= most:
        return texts.listing(written)
    return texts.n("article.others", len(written) - most, names=texts.commas(written[:most]))


def _of_kind(article: Article, kind: TopicKind) -> tuple[Topic, ...]:
    return tuple(topic for topic in article.topics if topic.kind is kind)
