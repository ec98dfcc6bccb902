"""The messages that dispatch sends."""

from collections.abc import Sequence
from datetime import tzinfo

from bot.domain.article import Article
from bot.texts.alert import alert
from bot.texts.catalogue import Texts
from bot.texts.digest import digest
from bot.texts.escape import is_openable
from bot.texts.letter import Button, Call, Letter, Preview, Rows


def alert_letter(article: Article, *, zone: tzinfo, language: str, silent: bool = False) -> Letter:
    """Return the alert on one article, with the large card of its page."""
    can_open = is_openable(article.url)
    return Letter(
        html=alert(article, zone, language),
        rows=alert_rows(article.id, language, url=article.url if can_open else None),
        preview=Preview.LARGE if can_open else Preview.NONE,
        preview_url=article.url if can_open else None,
        silent=silent,
    )


def alert_rows(article_id: int, language: str, *, url: str | None) -> Rows:
    """Return the buttons under an alert."""
    texts = Texts(language)
    mute = Button(
        text=texts.plain("alert.mute"), call=Call(action="alert-mute", arguments=(article_id,))
    )
    if url is None:
        return ((mute,),)
    return ((Button(text=texts.plain("alert.open"), url=url), mute),)


def digest_letters(
    articles: Sequence[Article], *, zone: tzinfo, language: str, silent: bool = False
) -> list[tuple[Letter, int]]:
    """Return the messages for several articles, each with how many it covers, in their order."""
    return [
        (Letter(html=html, silent=silent), count)
        for html, count in digest(articles, zone, language)
    ]
