"""Inline queries: a person types `@bot words` in any chat, and chooses from the answer."""

from dataclasses import dataclass, field
from typing import Any, Final

from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.queries import LIFETIME, TOO_OLD
from bot.demo.botapi.tags import Entity

#: What a client sends of a longer text.
LONGEST_QUERY: Final = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineQuery:
    id: str
    person_id: int
    text: str
    offset: str
    #: On the monotonic clock.
    asked: float


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineResult:
    """An article to choose, with the message that it becomes."""

    id: str
    title: str
    text: str
    entities: list[Entity]
    description: str = ""
    url: str | None = None
    thumbnail_url: str | None = None
    markup: dict[str, Any] | None = None
    #: LinkPreviewOptions as given.
    preview: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineAnswer:
    query: InlineQuery
    results: tuple[InlineResult, ...]
    #: What the client sends to get more; empty where there is no more.
    next_offset: str = ""
    #: The InlineQueryResultsButton above the results.
    button: dict[str, Any] | None = None
    cache_time: int = 300
    is_personal: bool = False

    @property
    def titles(self) -> list[str]:
        return [result.title for result in self.results]


class InlineQueries:
    def __init__(self, lifetime: float = LIFETIME) -> None:
        self._lifetime = lifetime
        self.answers: list[InlineAnswer] = []
        self._open: dict[str, InlineQuery] = {}
        self._last_id = 6_000_000_000_000_000

    def open(self, person_id: int, text: str, offset: str, now: float) -> InlineQuery:
        self._last_id += 1
        query = InlineQuery(
            id=str(self._last_id),
            person_id=person_id,
            text=text[:LONGEST_QUERY],
            offset=offset,
            asked=now,
        )
        self._open[query.id] = query
        return query

    def asked(self, query_id: str, now: float) -> InlineQuery:
        """Return the query that is to be answered; raises `Refusal` when that comes too late."""
        query = self._open.get(query_id)
        if query is None or now - query.asked > self._lifetime:
            raise Refusal.bad_request(TOO_OLD)
        return query

    def answered(self, query_id: str) -> InlineAnswer | None:
        """Return the first answer to the query."""
        return next((one for one in self.answers if one.query.id == query_id), None)

    def chosen(self, query_id: str, result_id: str) -> InlineResult | None:
        """Return the result of that answer."""
        answer = self.answered(query_id)
        results = answer.results if answer else ()
        return next((one for one in results if one.id == result_id), None)
