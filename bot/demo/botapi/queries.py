"""Callback queries: a person pressed a button and waits for the bot's answer."""

from dataclasses import dataclass
from typing import Final

from bot.demo.botapi.errors import Refusal

#: Seconds for which Telegram takes an answer, as far as is known.
LIFETIME: Final = 15.0
_LONGEST_ANSWER: Final = 200
TOO_OLD: Final = "Query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    id: str
    person_id: int
    chat_id: int
    data: str
    #: The forum topic in which the button stands.
    thread_id: int | None = None
    #: On the monotonic clock.
    pressed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the bot answered; empty text only stops the button's waiting."""

    query: Query
    text: str
    show_alert: bool


class Queries:
    def __init__(self, lifetime: float = LIFETIME) -> None:
        self.lifetime = lifetime
        self.answers: list[Answer] = []
        self._open: dict[str, Query] = {}
        self._last_id = 4_000_000_000_000_000

    def open(
        self, person_id: int, chat_id: int, data: str, now: float, thread_id: int | None = None
    ) -> Query:
        self._last_id += 1
        query = Query(
            id=str(self._last_id),
            person_id=person_id,
            chat_id=chat_id,
            data=data,
            thread_id=thread_id,
            pressed=now,
        )
        self._open[query.id] = query
        return query

    def answer(self, query_id: str, text: str, *, show_alert: bool, now: float) -> Answer:
        """Keep the answer; raises `Refusal` when it comes too late."""
        query = self._open.get(query_id)
        if query is None or now - query.pressed > self.lifetime:
            raise Refusal.bad_request(TOO_OLD)
        if len(text) > _LONGEST_ANSWER:
            raise Refusal.bad_request("MESSAGE_TOO_LONG")
        answer = Answer(query=query, text=text, show_alert=show_alert)
        self.answers.append(answer)
        return answer

    def answered(self, query_id: str) -> Answer | None:
        """Return the first answer to the query."""
        return next((a for a in self.answers if a.query.id == query_id), None)
