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
    to_channel: bool = False,
) -> Letter:
    """Return the alert on one article, with the large card of its page.

    In a channel it has one button, to open the article: whoever reads there changes nothing.
    """
    url = article.url if is_openable(article.url) else None
    rows = alert_rows(article.id, language, url=url)
    return Letter(
        html=alert(article, zone, language, corrected),
        rows=_links(rows) if to_channel else rows,
        preview=Preview.LARGE if url else Preview.NONE,
        preview_url=url,
        silent=silent,
    )


def _links(rows: Rows) -> Rows:
    """Return the buttons that open an address."""
    return tuple(kept for row in rows if (kept := tuple(one for one in row if one.url)))


def alert_rows(article_id: int, language: str, *, url: str | None) -> Rows:
    """Return the buttons under an alert."""
    texts = Texts(language)
    calls = {"alert.mute": "alert-mute", "alert.why": "why"}
    acting = [
        Button(text=texts.plain(key), call=Call(action=action, arguments=(article_id,)))
        for key, action in calls.items()
    ]
    opening = [] if url is None else [Button(text=texts.plain("alert.open"), url=url)]
    return ((*opening, *acting),)


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
