"""A query's filters: what of it is about topics and dates, put in and taken out again.

A filter is a topic or a date that stands by itself in the query, neither excluded nor joined by
OR. Whatever is done to a query, it stays a text that could have been typed; nothing else of it
changes its meaning:

- what is put in stands before the rest: behind it, an open quotation mark or a lone OR would
  swallow it
- what stands before the first part that means anything is dropped then, since an OR among that
  would join the new part to the old ones
"""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Final

from bot.domain.article import one_line
from bot.domain.query import Carries, From, Literal, Until
from bot.domain.query_parser import Placed, parse_query, placed_groups
from bot.domain.topic import Topic, TopicKind

Filter = Carries | From | Until

_RECENT: Final = timedelta(days=30)
#: A longer name is written as its key.
_LONGEST_NAME: Final = 60


def filters_of(text: str, zone: tzinfo) -> list[Filter]:
    """Return the query's filters in their order, each once."""
    return list(dict.fromkeys(found for _, found in _standing(text, zone)))


def narrowed(text: str, part: str, zone: tzinfo) -> str:
    """Return the query with the part put in."""
    groups, _ = placed_groups(text, zone)
    rest = text[groups[0][0].start :] if groups else ""
    return one_line(f"{part} {rest}")


def widened(text: str, unwanted: Collection[Filter], zone: tzinfo) -> str:
    """Return the query without these filters, however often it has them."""
    for place, found in reversed(_standing(text, zone)):
        if found in unwanted:
            text = f"{text[: place.start]} {text[place.end :]}"
    return one_line(text)


def topic_part(topic: Topic) -> str | None:
    """Return the part of a query that asks for the topic; None where it cannot be typed."""
    spellings = [f"{topic.kind}:{topic.key}"]
    if topic.kind is TopicKind.AUTHOR and len(topic.name) <= _LONGEST_NAME:
        spellings.insert(0, f'{topic.kind}:"{one_line(topic.name)}"')
    wanted = ((Literal(Carries(topic.kind, topic.key)),),)
    typeable = (one for one in spellings if one.isprintable())
    return next((one for one in typeable if parse_query(one, UTC).groups == wanted), None)


def recent_part(now: datetime, zone: tzinfo) -> tuple[str, From]:
    """Return what to type for the last 30 days, today among them, and what it means."""
    day = (now.astimezone(zone) - _RECENT).date()
    following = day + timedelta(days=1)
    return f"after:{day}", From(datetime.combine(following, time(), zone))


def _standing(text: str, zone: tzinfo) -> list[tuple[Placed, Filter]]:
    groups, _ = placed_groups(text, zone)
    return list(_alone(group[0] for group in groups if len(group) == 1))


def _alone(places: Iterable[Placed]) -> Iterable[tuple[Placed, Filter]]:
    for place in places:
        term = place.literal.term
        if isinstance(term, Carries | From | Until) and not place.literal.negated:
            yield place, term
