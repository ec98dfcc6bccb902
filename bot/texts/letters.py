"""The messages that dispatch sends."""

from collections.abc import Sequence
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
    only_opens: bool = False,
) -> Letter:
    """Return the alert on one article, with the large card of its page.

    With `only_opens` it has no buttons but the one that opens the article: for channels, whose
    readers change nothing, and for chats that did not ask for it.
    """
    url = article.url if is_openable(article.url) else None
    opening = (tuple(_opening(url, Texts(language))),)
    return Letter(
        html=alert(article, zone, language, corrected),
        rows=opening if only_opens else alert_rows(article.id, language, url=url),
        preview=Preview.LARGE if url else Preview.NONE,
        preview_url=url,
        silent=silent,
    )


def shared_letter(article: Article, *, zone: tzinfo, language: str) -> Letter:
    """Return the same for a chat that did not ask for it."""
    return alert_letter(article, zone=zone, language=language, only_opens=True)


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
