"""Pages of articles, as /latest and /search show them."""

from collections.abc import Callable
from typing import Final

from bot.domain.relevance import Order
from bot.services.archive import PAGE_SIZE, Page
from bot.telegram.handlers.paging import turning
from bot.telegram.handlers.turn import Turn
from bot.texts.escape import Html
from bot.texts.letter import Button, Call
from bot.texts.results import results

#: What leads to the page before and to the one after; by relevance neither is older.
_TURNING: Final = {
    Order.NEWEST: ("search.previous", "search.next"),
    Order.RELEVANCE: ("list.previous", "list.next"),
}


def listed(turn: Turn, page: Page, empty: str) -> Html:
    """Return the page's articles; the text of the key `empty` where there are none at all."""
    if not page.articles:
        return turn.texts.t("search.no-more" if page.number else empty)
    first = page.number * PAGE_SIZE + 1
    return results(page.articles, turn.zone, turn.language, first=first)


def page_buttons(turn: Turn, page: Page, call: Callable[[int], Call]) -> tuple[Button, ...]:
    """Return the buttons to the pages before and after; `call` makes the call for a page."""
    before, after = (turn.texts.plain(key) for key in _TURNING[page.order])
    return turning(
        (before, call(page.number - 1)) if page.number else None,
        (after, call(page.number + 1)) if page.has_next else None,
    )
