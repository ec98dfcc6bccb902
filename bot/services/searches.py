"""Standing searches: saved queries; every new article that answers one is an alert."""

import asyncio
from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum
from functools import lru_cache
from typing import Final

from bot.domain.article import Article
from bot.domain.query import Problem, Query, answers, document_of
from bot.domain.query_parser import parse_query
from bot.domain.standing import StandingIndex
from bot.domain.subscriber import Subscriber
from bot.domain.urgency import Urgency
from bot.services.ports import Clock, Records, Store
from bot.services.records import SearchRecord

_LONGEST_QUERY: Final = 512
_LONGEST_NAME: Final = 64
_MOST_SEARCHES: Final = 50
#: Readers' commands are heeded between so many searches and the next.
_AT_ONCE: Final = 250


class SearchFault(StrEnum):
    EMPTY = "empty"
    TOO_LONG = "too-long"
    TOO_MANY = "too-many"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What became of the wish to save a search."""

    record: SearchRecord | None = None
    fault: SearchFault | None = None
    #: What of the query made no sense.
    problems: tuple[Problem, ...] = ()
    #: False where the same search stood already.
    new: bool = False


class StandingSearches:
    """What readers do with their standing searches, and what these match."""

    def __init__(self, store: Store, clock: Clock, zone: tzinfo) -> None:
        self._store = store
        self._clock = clock
        #: The site's zone, in which a query's dates are days.
        self._zone = zone
        self._index = StandingIndex()
        #: Up to which one the searches are filed.
        self._version = 0

    async def every(self, subscriber: Subscriber) -> list[SearchRecord]:
        """Return the searches, the oldest first."""
        async with self._store.reading() as records:
            return await records.searches.every(subscriber.id)

    async def get(self, subscriber: Subscriber, search_id: int) -> SearchRecord | None:
        async with self._store.reading() as records:
            return await records.searches.get(subscriber.id, search_id)

    async def save(self, subscriber: Subscriber, text: str, name: str = "") -> Saved:
        """Save a search; the same text again is the same search, maybe with another name."""
        text, name = _tidy(text, _LONGEST_QUERY + 1), _tidy(name, _LONGEST_NAME)
        query, fault = self._read(text)
        if fault:
            return Saved(fault=fault, problems=query.problems)
        async with self._store.writing() as records:
            rows = await records.searches.every(subscriber.id)
            there = next((row for row in rows if row.text.casefold() == text.casefold()), None)
            if there is None and len(rows) >= _MOST_SEARCHES:
                return Saved(fault=SearchFault.TOO_MANY, problems=query.problems)
            if there is None:
                now = self._clock()
                number = await records.searches.add(subscriber.id, text, name, now)
            else:
                number = there.id
                if name:
                    await records.searches.change(subscriber.id, number, name=name)
            record = await records.searches.get(subscriber.id, number)
        return Saved(record=record, problems=query.problems, new=there is None)

    async def edit(self, subscriber: Subscriber, search_id: int, text: str) -> Saved:
        """Give a search another query; `record` is None where there is no such search."""
        text = _tidy(text, _LONGEST_QUERY + 1)
        query, fault = self._read(text)
        if fault:
            return Saved(fault=fault, problems=query.problems)
        record = await self._change(subscriber, search_id, query=text)
        return Saved(record=record, problems=query.problems)

    async def rename(
        self, subscriber: Subscriber, search_id: int, name: str
    ) -> SearchRecord | None:
        return await self._change(subscriber, search_id, name=_tidy(name, _LONGEST_NAME))

    async def set_urgency(
        self, subscriber: Subscriber, search_id: int, urgency: Urgency | None
    ) -> SearchRecord | None:
        return await self._change(subscriber, search_id, urgency=urgency)

    async def pause(
        self, subscriber: Subscriber, search_id: int, paused: bool
    ) -> SearchRecord | None:
        return await self._change(subscriber, search_id, paused=paused)

    async def hold(
        self, subscriber: Subscriber, search_id: int, urgency: Urgency | None, *, paused: bool
    ) -> SearchRecord | None:
        """Set both at once; return None where there is no such search."""
        return await self._change(subscriber, search_id, urgency=urgency, paused=paused)

    async def remove(self, subscriber: Subscriber, search_id: int) -> bool:
        """Remove a search with what it is still owed; return whether there was such a one."""
        async with self._store.writing() as records:
            return await records.searches.remove(subscriber.id, search_id, self._clock())

    async def match(self, article: Article) -> list[int]:
        """Return the ids of all active searches that the article answers.

        The first article after a start waits for all searches to be filed.
        """
        found = document_of(article)
        async with self._store.reading() as records:
            await self._file_new(records)
            active = await records.searches.active(list(self._index.brought_up(found)))
        verdicts: dict[str, bool] = {}
        for count, text in enumerate(dict.fromkeys(text for _, text in active)):
            verdicts[text] = answers(_parsed(text, self._zone), found)
            if count % _AT_ONCE == _AT_ONCE - 1:
                await asyncio.sleep(0)
        return [number for number, text in active if verdicts[text]]

    async def _file_new(self, records: Records) -> None:
        """File what was added or reworded since the last time, by whatever process."""
        while new := await records.searches.written_since(self._version, _AT_ONCE):
            for version, number, text in new:
                self._index.file(number, parse_query(text, self._zone))
                self._version = max(self._version, version)
            if len(new) < _AT_ONCE:
                return

    def _read(self, text: str) -> tuple[Query, SearchFault | None]:
        query = parse_query(text[:_LONGEST_QUERY], self._zone)
        if len(text) > _LONGEST_QUERY:
            return query, SearchFault.TOO_LONG
        return query, None if query.groups else SearchFault.EMPTY

    async def _change(
        self, subscriber: Subscriber, search_id: int, **values: str | bool | Urgency | None
    ) -> SearchRecord | None:
        async with self._store.writing() as records:
            await records.searches.change(subscriber.id, search_id, **values)
            return await records.searches.get(subscriber.id, search_id)


@lru_cache(maxsize=4_000)
def _parsed(text: str, zone: tzinfo) -> Query:
    return parse_query(text, zone)


def _tidy(text: str, longest: int) -> str:
    return " ".join(text.split())[:longest].strip()
