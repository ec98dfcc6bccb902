"""Inline mode: `@bot words` in any chat shows articles to send there.

The words are a query as for /search, the newest answers first; none at all are answered with the
newest headlines. They come while they are being typed: where they find nothing, the last of them
counts as the beginning of a word. An offset is a page's number, with an asterisk behind it where
the pages before were found so.
"""

import re
from dataclasses import dataclass
from datetime import tzinfo
from typing import Final

from bot.services.archive import Page
from bot.telegram.handlers.services import ChatServices
from bot.texts.card import Card, card
from bot.texts.catalogue import Texts
from bot.texts.clip import clean

#: What leads from the chat in which nothing was found to the search: behind `?start=`.
SEARCH_LINK: Final = "search"
PAGE: Final = 20
_OFFSET: Final = re.compile(r"([0-9]{1,3})(\*?)", re.ASCII)
_LAST_PAGE: Final = 999


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who types, and how they read."""

    services: ChatServices
    #: An IETF tag.
    language: str
    zone: tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineReply:
    #: For the log.
    outcome: str
    cards: tuple[Card, ...] = ()
    #: Empty where there is no more.
    next_offset: str = ""
    #: What the button to the bot says; empty for no button.
    button: str = ""


async def inline_search(asker: Asker, typed: str, offset: str) -> InlineReply:
    """Return a page of cards; an offset that is none of ours has none."""
    place = _OFFSET.fullmatch(offset or "0")
    if place is None:
        return InlineReply(outcome="stale")
    number, beginning = int(place[1]), place[2]
    text = clean(typed)
    if not text:
        page = await asker.services.archive.latest(None, number, size=PAGE)
        return _reply(asker, page, "latest")
    page = await asker.services.archive.search(text + beginning, number, size=PAGE)
    if not page.articles and not number:
        page = await asker.services.archive.search(f"{text}*", size=PAGE)
        beginning = "*"
    return _reply(asker, page, "found" if page.articles else "nothing found", beginning)


def _reply(asker: Asker, page: Page, outcome: str, beginning: str = "") -> InlineReply:
    is_in_vain = not page.articles and not page.number
    has_next = page.has_next and page.number < _LAST_PAGE
    return InlineReply(
        outcome=outcome,
        cards=tuple(card(article, asker.zone, asker.language) for article in page.articles),
        next_offset=f"{page.number + 1}{beginning}" if has_next else "",
        button=Texts(asker.language).plain("inline.nothing") if is_in_vain else "",
    )
