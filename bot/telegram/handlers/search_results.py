"""The message with a search's results: what was asked, a page of it, and what can be done next."""

from typing import Final

from bot.domain.filters import filters_of
from bot.domain.query import Carries
from bot.domain.relevance import Order, asked_words
from bot.services.archive import Page
from bot.services.records import TopicRecord
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import order_code
from bot.telegram.handlers.article_pages import listed, page_buttons
from bot.telegram.handlers.estimating import search_line
from bot.telegram.handlers.filter_buttons import active_buttons, offered_buttons
from bot.telegram.handlers.latest_page import to_latest
from bot.telegram.handlers.near_topics import near_topics
from bot.telegram.handlers.saving_shown import choose_row
from bot.telegram.handlers.search_faults import problems_of
from bot.telegram.handlers.search_offer import offer_button
from bot.telegram.handlers.turn import Turn
from bot.texts.escape import Html, code, joined
from bot.texts.letter import Button, Call, Letter, Rows

_OTHER: Final = {Order.NEWEST: Order.RELEVANCE, Order.RELEVANCE: Order.NEWEST}


async def results_letter(turn: Turn, query: str, page: Page, notes: list[Html]) -> Letter:
    """Return the message; the query stands in it as its only monospaced text, whole."""
    title = turn.texts.t("search.title", query=code(query))
    problems = problems_of(turn.texts, page.query.problems if page.query else ())
    above = [title, joined("\n", [*notes, *problems])]
    if page.query is not None and not page.query.groups:
        return Letter(html=joined("\n\n", above))
    near = await _near(turn, query, page)
    often = await search_line(turn, query)
    parts = [*above, _found(turn, query, page), often, _or_these(turn, near)]
    pages = page_buttons(turn, page, lambda other: _call(other, page.order))
    rows = (pages, *await _narrowing(turn, query, page), *to_latest(turn, near))
    choose = choose_row(turn, page, _call(page.number, page.order))
    return Letter(html=joined("\n\n", parts), rows=(*rows, (offer_button(turn), *choose)))


def _found(turn: Turn, query: str, page: Page) -> Html:
    has_filters = bool(filters_of(query, turn.services.site.zone))
    return listed(turn, page, "search.nothing-filtered" if has_filters else "search.nothing")


async def _narrowing(turn: Turn, query: str, page: Page) -> Rows:
    """Return the buttons of filters and of the order."""
    call = Call(action="search", arguments=(order_code(page.order),))
    active = await active_buttons(turn, page, query, call)
    offered = await offered_buttons(turn, page, query, call)
    return buttons.paired([*active, *offered, *_ordering(turn, page)])


def _ordering(turn: Turn, page: Page) -> list[Button]:
    """Return the button for the other order, where there is something to put in order."""
    is_chosen = page.order is Order.RELEVANCE
    is_long = len(page.articles) > 1 or page.number > 0
    if page.query is None or not asked_words(page.query) or not (is_long or is_chosen):
        return []
    text = turn.texts.plain("search.by-relevance")
    return [buttons.marked(text, _call(0, _OTHER[page.order]), is_chosen=is_chosen)]


async def _near(turn: Turn, query: str, page: Page) -> list[TopicRecord]:
    """Return the topics that may be meant, where nothing is found."""
    if page.articles or page.number:
        return []
    asked = filters_of(query, turn.services.site.zone)
    _, records = await near_topics(turn, query)
    return [record for record in records if Carries(*record.topic.identity) not in asked]


def _or_these(turn: Turn, near: list[TopicRecord]) -> Html:
    return turn.texts.t("search.near") if near else Html("")


def _call(page: int, order: Order) -> Call:
    return Call(action="search", arguments=(page, order_code(order)))
