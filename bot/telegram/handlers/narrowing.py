"""The buttons that put a filter into what a message shows, or take one out of it.

Under results the query is read from the message. Under the newest headlines there is none: the
button names the topic that they are of, and the tap leads to a search. A query that loses its last
filter, and has no words, is the newest headlines again.
"""

from dataclasses import replace
from typing import Final

from bot.domain.filters import filters_of, narrowed, recent_part, topic_part, widened
from bot.domain.relevance import Order
from bot.domain.topic import TopicKind
from bot.telegram.calls import StaleButtonError
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.filter_buttons import filter_token
from bot.telegram.handlers.latest_page import latest_letter
from bot.telegram.handlers.search_results import results_letter
from bot.telegram.handlers.shown_query import LONGEST_QUERY, query_of
from bot.telegram.handlers.turn import Press, Reaction, Turn
from bot.texts.clip import units


async def search_topic(turn: Turn, arguments: Arguments) -> Reaction:
    """Narrow the results down to a topic."""
    order, kind, topic_id = arguments.order(), arguments.kind(), arguments.number()
    part = await _part(turn, kind, topic_id)
    return await _narrow(turn, _query(turn), part, order)


async def search_recent(turn: Turn, arguments: Arguments) -> Reaction:
    """Narrow the results down to the last 30 days, counted from now."""
    return await _narrow(turn, _query(turn), _recent(turn), arguments.order())


async def search_drop(turn: Turn, arguments: Arguments) -> Reaction:
    """Take a filter out of the query."""
    order, token = arguments.order(), arguments.number()
    query, zone = _query(turn), turn.services.site.zone
    unwanted = [found for found in filters_of(query, zone) if filter_token(found) == token]
    return await _shown(turn, widened(query, unwanted, zone), order, "widened")


async def latest_topic(turn: Turn, arguments: Arguments) -> Reaction:
    """Search for the newest of a topic, and of the one that the headlines are of."""
    base = await _base(turn, arguments)
    part = await _part(turn, arguments.kind(), arguments.number())
    return await _narrow(turn, base, part, Order.NEWEST)


async def latest_recent(turn: Turn, arguments: Arguments) -> Reaction:
    return await _narrow(turn, await _base(turn, arguments), _recent(turn), Order.NEWEST)


async def _narrow(turn: Turn, query: str | None, part: str | None, order: Order) -> Reaction:
    if query is None or part is None:
        return Reaction(toast=turn.texts.plain("toast.gone"), outcome="gone")
    longer = narrowed(query, part, turn.services.site.zone)
    if units(longer) > LONGEST_QUERY:  # such a button is never offered
        raise StaleButtonError
    return await _shown(turn, longer, order, "narrowed")


async def _shown(turn: Turn, query: str, order: Order, outcome: str) -> Reaction:
    """Show the first page; another query than before is not yet a standing search."""
    turn = replace(turn, pressed=None)
    page = await turn.services.archive.search(query, 0, order)
    if page.query is None or not page.query.groups:
        return Reaction(letter=await latest_letter(turn, None, 0), outcome=outcome)
    return Reaction(letter=await results_letter(turn, query, page, []), outcome=outcome)


def _query(turn: Turn) -> str:
    query = query_of(turn.pressed)
    if query is None:
        raise StaleButtonError
    return query


async def _base(turn: Turn, arguments: Arguments) -> str | None:
    """Return the query for what the headlines are of: empty for everything, None if it is gone."""
    kind, topic_id = arguments.optional_kind(), arguments.number()
    return await _part(turn, kind, topic_id) if kind else ""


async def _part(turn: Turn, kind: TopicKind, topic_id: int) -> str | None:
    """Return the part of a query that asks for the topic; None where it is gone."""
    record = await turn.services.subscriptions.by_id(turn.subscriber, kind, topic_id)
    return topic_part(record.topic) if record else None


def _recent(turn: Turn) -> str:
    part, _ = recent_part(turn.services.clock(), turn.services.site.zone)
    return part


PRESSES: Final = {
    "search-topic": Press(search_topic),
    "search-recent": Press(search_recent),
    "search-drop": Press(search_drop),
    "latest-topic": Press(latest_topic),
    "latest-recent": Press(latest_recent),
}
