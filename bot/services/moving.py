"""/move: everything of one chat is fetched by another, by a one-time code.

1. The giving chat gets a code, which another chat types within a quarter of an hour. A new code
   makes the earlier one void.
2. In a group everybody can read the code, so it serves only whoever asked for it there.
3. Typing the code changes nothing; only the confirmation moves, and it names the code again.
4. A chat that guessed wrongly too often waits (see `bot.domain.guesses`).
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.domain.guesses import recent_guesses, waits_until
from bot.domain.move_code import LIFETIME, code_hash, new_code, read_code
from bot.domain.subscriber import Subscriber
from bot.services.ports import Clock, Records, Store
from bot.services.records import Holdings
from bot.services.threads import hold_back
from bot.services.timing import TimingService

#: Chats to remember before those that may guess again are swept out.
_SWEEP: Final = 1_000


class MoveFault(StrEnum):
    #: What was typed is not shaped like a code.
    NO_CODE = "no-code"
    #: Mistyped, used already, replaced by a newer one, or somebody else's.
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    #: It is the chat's own.
    OWN = "own"
    #: Guessed wrongly too often.
    WAIT = "wait"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a code would bring, or why it brings nothing."""

    #: As it is to be confirmed; empty where there is a fault.
    code: str = ""
    holdings: Holdings = Holdings()  # noqa: RUF009 - frozen
    fault: MoveFault | None = None
    #: When to try again, where one must wait.
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What was fetched, and from where."""

    #: The chat that gave everything; None where there is a fault.
    giver: Subscriber | None = None
    holdings: Holdings = Holdings()  # noqa: RUF009 - frozen
    fault: MoveFault | None = None


class Moves:
    def __init__(
        self,
        store: Store,
        clock: Clock,
        timing: TimingService,
        *,
        choose: Callable[[Sequence[str]], str] = secrets.choice,
    ) -> None:
        self._store = store
        self._clock = clock
        self._timing = timing
        self._choose = choose
        #: When each chat guessed wrongly of late, by chat id: /stop must not wipe it out.
        self._wrong: dict[int, tuple[datetime, ...]] = {}
        self._sweep_at = _SWEEP

    async def code(self, subscriber: Subscriber, person: int | None) -> tuple[str, Holdings]:
        """Return a new code, and what it would bring; `person` asks for it.

        In a group it takes a person who is known.
        """
        if subscriber.kind.is_group and person is None:
            raise ValueError("a code that everybody can read needs a holder")
        code = new_code(self._choose)
        holder = person if subscriber.kind.is_group else None
        expires_at = self._clock() + LIFETIME
        async with self._store.writing() as records:
            await records.moves.put_code(subscriber.id, code_hash(code, holder), expires_at)
            return code, await records.moves.holdings(subscriber.id)

    async def holdings(self, subscriber: Subscriber) -> Holdings:
        async with self._store.reading() as records:
            return await records.moves.holdings(subscriber.id)

    async def look_at(self, subscriber: Subscriber, typed: str, person: int | None) -> Offer:
        """Return what a typed code would bring."""
        code = read_code(typed)
        if code is None:
            return Offer(fault=MoveFault.NO_CODE)
        until = self._waits(subscriber)
        if until is not None:
            return Offer(fault=MoveFault.WAIT, until=until)
        async with self._store.reading() as records:
            giver_id, fault = await self._giver(records, subscriber, code, person)
            if giver_id is None:
                return Offer(fault=fault)
            return Offer(code=code, holdings=await records.moves.holdings(giver_id))

    async def fetch(self, subscriber: Subscriber, code: str, person: int | None) -> Moved:
        """Move everything here, now that it is confirmed."""
        if self._waits(subscriber) is not None:
            return Moved(fault=MoveFault.WAIT)
        async with self._store.writing() as records:
            giver_id, fault = await self._giver(records, subscriber, code, person)
            giver = await records.subscribers.get(giver_id) if giver_id is not None else None
            if giver is None:
                return Moved(fault=fault or MoveFault.UNKNOWN)
            holdings = await records.moves.holdings(giver.id)
            await records.moves.join(giver.id, subscriber.id, self._clock())
            await hold_back(records, subscriber.id, self._clock())
            await self._timing.settle_in(records, subscriber.id)
        return Moved(giver=giver, holdings=holdings)

    async def _giver(
        self, records: Records, subscriber: Subscriber, code: str, person: int | None
    ) -> tuple[int | None, MoveFault | None]:
        """Return whose code it is; a code that is nobody's is a wrong guess."""
        found = await records.moves.find_code(code_hash(code))
        if found is None and person is not None:
            found = await records.moves.find_code(code_hash(code, person))
        if found is None:
            self._count_wrong(subscriber)
            return None, MoveFault.UNKNOWN
        giver_id, expires_at = found
        if expires_at <= self._clock():
            return None, MoveFault.EXPIRED
        if giver_id == subscriber.id:
            return None, MoveFault.OWN
        return giver_id, None

    def _waits(self, subscriber: Subscriber) -> datetime | None:
        wrong = self._wrong.get(subscriber.address.chat_id, ())
        return waits_until(wrong, self._clock())

    def _count_wrong(self, subscriber: Subscriber) -> None:
        now, chat_id = self._clock(), subscriber.address.chat_id
        self._wrong[chat_id] = recent_guesses((*self._wrong.get(chat_id, ()), now), now)
        if len(self._wrong) >= self._sweep_at:
            left = {chat: recent_guesses(wrong, now) for chat, wrong in self._wrong.items()}
            self._wrong = {chat: wrong for chat, wrong in left.items() if wrong}
            self._sweep_at = max(_SWEEP, 2 * len(self._wrong))
