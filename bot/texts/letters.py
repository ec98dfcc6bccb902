"""The messages that dispatch sends."""

from collections.abc import Sequence
from datetime import tzinfo
from functools import lru_cache
from typing import Final

from bot.domain.article import Article
from bot.texts.alert import Correction, alert
from bot.texts.catalogue import Texts
from bot.texts.clip import width
from bot.texts.digest import LONGEST_DEK, digest
from bot.texts.escape import Html, is_openable
from bot.texts.letter import Button, Call, Letter, Preview, Rows

#: What a button that saves leads to.
SAVE: Final = "s"
UNSAVE: Final = "n"
#: A phone shows so much of each of four buttons side by side.
_LONGEST_OF_FOUR: Final = 8


@lru_cache(maxsize=256)  # a fan-out writes the same letter to thousands of chats
def alert_letter(
    article: Article,
    *,
    zone: tzinfo,
    language: str,
    silent: bool = False,
    corrected: Correction | None = None,
    is_saved: bool = False,
    only_opens: bool = False,
) -> Letter:
    """Return the alert on one article, with the large card of its page.

    With `only_opens` it has no buttons but the one that opens the article: for channels, whose
    readers change nothing, and for chats that did not ask for it.
    """
    url = article.url if is_openable(article.url) else None
    opening = (tuple(_opening(url, Texts(language))),)
    acting = alert_rows(article.id, language, url=url, is_saved=is_saved)
    return Letter(
        html=alert(article, zone, language, corrected),
        rows=opening if only_opens else acting,
        preview=Preview.LARGE if url else Preview.NONE,
        preview_url=url,
        silent=silent,
    )


def shared_letter(article: Article, *, zone: tzinfo, language: str) -> Letter:
    """Return the same for a chat that did not ask for it."""
    return alert_letter(article, zone=zone, language=language, only_opens=True)


def alert_rows(article_id: int, language: str, *, url: str | None, is_saved: bool = False) -> Rows:
    """Return the buttons under an alert: in one row, or in two where a word is too long for four.

    How they stand does not depend on what is saved.
    """
    texts = Texts(language)
    opening = _opening(url, texts)
    acting = [
        Button(text=texts.plain(key), call=Call(action=action, arguments=(article_id,)))
        for key, action in {"alert.mute": "alert-mute", "alert.why": "why"}.items()
    ]
    shown = (*opening, save_button(texts, article_id, is_saved=is_saved), *acting)
    widest = [*shown, save_button(texts, article_id, is_saved=not is_saved)]
    if all(width(button.text) <= _LONGEST_OF_FOUR for button in widest):
        return (shown,)
    return (shown[:2], shown[2:])


def save_button(texts: Texts, article_id: int, *, is_saved: bool) -> Button:
    """Return the button that saves an article, or takes it off the reading list again."""
    key, target = ("alert.saved", UNSAVE) if is_saved else ("alert.save", SAVE)
    return Button(text=texts.plain(key), call=Call(action="save", arguments=(article_id, target)))


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
