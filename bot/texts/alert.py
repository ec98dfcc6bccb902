"""An alert: kicker, linked headline, dek, byline; what is missing leaves no line.

An alert whose article was corrected shows the headline that it had struck through, and when it
was updated.
"""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from bot.domain.article import Article
from bot.texts import parts
from bot.texts.catalogue import Texts
from bot.texts.dates import format_clock_at
from bot.texts.escape import Html, italic, joined, struck

#: The beginning of "retraction" and "retracted"; any other headline is a correction.
_RETRACTED: Final = "retract"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What is told of an article that was corrected."""

    #: Empty where the headline stayed.
    former_headline: str
    #: Aware.
    at: datetime
    #: Whether the headline turned into a correction or a retraction, and is an alert once more.
    afresh: bool = False


def alert(
    article: Article, zone: tzinfo, language: str, corrected: Correction | None = None
) -> Html:
    """Return the article's alert, in at most 4,096 UTF-16 units after parsing."""
    texts = Texts(language)
    lines = [
        parts.kicker(article, *_kind(article, corrected, texts)),
        _former(corrected),
        parts.headline(article, texts),
        parts.dek(article),
        parts.byline(article, zone, language),
        _updated(corrected, texts, zone, language),
    ]
    return joined("\n", lines)


def _kind(article: Article, corrected: Correction | None, texts: Texts) -> list[str]:
    if corrected is None or not corrected.afresh:
        return []
    is_retracted = _RETRACTED in article.headline.casefold()
    return [texts.plain("alert.retracted" if is_retracted else "alert.correction")]


def _former(corrected: Correction | None) -> Html:
    former = parts.shown(corrected.former_headline, parts.LONGEST_HEADLINE) if corrected else ""
    return struck(former) if former else Html("")


def _updated(corrected: Correction | None, texts: Texts, zone: tzinfo, language: str) -> Html:
    if corrected is None:
        return Html("")
    clock = format_clock_at(corrected.at, zone, language)
    return italic(texts.t("alert.updated", clock=clock))
