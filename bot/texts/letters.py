"""The messages that dispatch sends."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo

from bot.domain.article import Article
from bot.texts.alert import Correction, alert
from bot.texts.catalogue import Texts
from bot.texts.digest import digest
from bot.texts.escape import Html, is_openable
from bot.texts.letter import Button, Call, Letter, Preview, Rows


def alert_letter(
    article: Article,
    *,
    zone: tzinfo,
    language: str,
    silent: bool = False,
    corrected: Correction | None = None,
) -> Letter:
    """Return the alert on one article, with the large card of its page."""
    can_open = is_openable(article.url)
    return Letter(
        html=alert(article, zone, language, corrected),
        rows=alert_rows(article.id, language, url=article.url if can_open else None),
        preview=Preview.LARGE if can_open else Preview.NONE,
        preview_url=article.url if can_open else None,
        silent=silent,
    )


def shared_letter(article: Article, *, zone: tzinfo, language: str) -> Letter:
    """Return the same for a chat that did not ask for it: no buttons but the one that opens."""
    letter = alert_letter(article, zone=zone, language=language)
    return replace(letter, rows=(tuple(_opening(letter.preview_url, Texts(language))),))


def alert_rows(article_id: int, language: str, *, url: str | None) -> Rows:
    """Return the buttons under an alert."""
    texts = Texts(language)
    calls = {"alert.mute": "alert-mute", "alert.why": "why"}
    acting = [
        Button(text=texts.plain(key), call=Call(action=action, arguments=(article_id,)))
        for key, action in calls.items()
    ]
    return ((*_opening(url, texts), *acting),)


def _opening(url: str | None, texts: Texts) -> list[Button]:
    return [] if url is None else [Button(text=texts.plain("alert.open"), url=url)]


def digest_letters(
    articles: Sequence[Article],
    *,
    zone: tzinfo,
    language: str,
    silent: bool = False,
    title: Html | None = None,
) -> list[tuple[Letter, int]]:
    """Return the messages for several articles, each with how many it covers, in their order.

    The title is that of `bundle_title`; None for the usual one.
    """
    return [
        (Letter(html=html, silent=silent), count)
        for html, count in digest(articles, zone, language, title)
    ]
