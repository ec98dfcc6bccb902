"""The filters under pages of articles, as buttons: a tap puts one in, another takes it out.

What the query has already is marked and taken out; what the page suggests is put in (see
`bot.domain.offers`). The calls are made from the page's own: `search` gives `search-topic`,
`search-recent` and `search-drop`, `latest` likewise, each with the page's arguments first. What is
taken out is named by a checksum, as its text may be longer than what a button carries.
"""

from collections.abc import AsyncIterator
from typing import Final
from zlib import crc32

from bot.domain.filters import Filter, filters_of, narrowed, recent_part, topic_part
from bot.domain.offers import offered_topics, offers_recent
from bot.domain.query import Carries, From, Until
from bot.domain.topic import Topic
from bot.services.archive import Page
from bot.services.records import TopicRecord
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import kind_code
from bot.telegram.handlers.shown_query import LONGEST_QUERY
from bot.telegram.handlers.turn import Turn
from bot.texts.clip import units
from bot.texts.dates import format_day
from bot.texts.letter import Button, Call

#: More are taken out by typing.
_MOST_ACTIVE: Final = 4


def filter_token(found: Filter) -> int:
    """Return the number that stands for the filter on a button."""
    match found:
        case Carries(kind, key):
            written = f"{kind}:{key}"
        case From(moment) | Until(moment):
            written = f"{type(found).__name__}:{moment.isoformat()}"
    return crc32(written.encode())


async def active_buttons(turn: Turn, page: Page, query: str, call: Call) -> list[Button]:
    """Return a marked button for each filter of the query."""
    return [
        Button(
            text=buttons.fitted(turn.texts, "filter.active", await _name(turn, page, found)),
            call=_beyond(call, "drop", filter_token(found)),
        )
        for found in filters_of(query, turn.services.site.zone)[:_MOST_ACTIVE]
    ]


async def offered_buttons(turn: Turn, page: Page, query: str, call: Call) -> list[Button]:
    """Return a button for each filter that the page suggests and the query has room for."""
    return [
        button
        async for part, button in _offers(turn, page, query, call)
        if units(narrowed(query, part, turn.services.site.zone)) <= LONGEST_QUERY
    ]


async def _offers(
    turn: Turn, page: Page, query: str, call: Call
) -> AsyncIterator[tuple[str, Button]]:
    """Yield what would be put into the query, and the button that does."""
    active = filters_of(query, turn.services.site.zone)
    more = page.has_next or page.number > 0
    for topic in offered_topics(page.articles, active, more=more):
        part, record = topic_part(topic), await _record(turn, page, topic)
        if part and record:
            text = buttons.fitted(turn.texts, "filter.only", topic.name)
            to = _beyond(call, "topic", kind_code(topic.kind), record.id)
            yield part, Button(text=text, call=to)
    part, recent = _recent(turn)
    is_dated = any(isinstance(one, From) for one in active)
    if not is_dated and offers_recent(page.articles, recent.moment, more=more):
        yield part, Button(text=turn.texts.plain("filter.recent"), call=_beyond(call, "recent"))


async def _record(turn: Turn, page: Page, topic: Topic) -> TopicRecord | None:
    """Return the record of a topic that one of the articles carries."""
    carrier = next(article for article in page.articles if topic in article.topics)
    records = await turn.services.subscriptions.of_article(turn.subscriber, carrier.id)
    return next((one for one in records if one.topic.identity == topic.identity), None)


async def _name(turn: Turn, page: Page, found: Filter) -> str:
    match found:
        case Carries():
            return await _topic_name(turn, page, found)
        case From(moment):
            if found == _recent(turn)[1]:
                return turn.texts.plain("filter.recent")
            return turn.texts.plain("filter.since", day=format_day(moment.date(), turn.language))
        case Until(moment):
            return turn.texts.plain("filter.before", day=format_day(moment.date(), turn.language))


async def _topic_name(turn: Turn, page: Page, found: Carries) -> str:
    """Return the topic's name; its key where there is no such topic."""
    wanted = (found.kind, found.key)
    carried = (topic for article in page.articles for topic in article.topics)
    for topic in carried:
        if topic.identity == wanted:
            return topic.name
    record = await turn.services.subscriptions.by_identity(turn.subscriber, wanted)
    return record.topic.name if record else found.key


def _recent(turn: Turn) -> tuple[str, From]:
    return recent_part(turn.services.clock(), turn.services.site.zone)


def _beyond(call: Call, action: str, *arguments: str | int) -> Call:
    """Return the call to an action of the page's, with its own arguments first."""
    return Call(action=f"{call.action}-{action}", arguments=(*call.arguments, *arguments))
