"""The messages that dispatch sends."""

from collections.abc import Sequence
from datetime import tzinfo

from bot.domain.article import Article
from bot.texts.alert import Correction, alert
from bot.texts.catalogue import Texts
from bot.texts.digest import LONGEST_DEK, digest
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


def corrected_digest_letter(
    articles: Sequence[Article], *, zone: tzinfo, language: str, title: Html | None = None
) -> Letter:
    """Return a digest that is one message already, with all its articles as they are now.

    Where longer headlines leave no room for the deks, these are shortened, or left out.
    """
    for longest_dek in (LONGEST_DEK, LONGEST_DEK // 2, 0):
        letters = digest(articles, zone, language, title, longest_dek=longest_dek)
        if len(letters) == 1:
            break
    return Letter(html=letters[0][0])
