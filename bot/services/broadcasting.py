"""What administrators do with broadcasts: write, look at, send, stop and send on.

Whose buttons count: a draft is its author's alone, and a button of an old one does nothing, since a
new draft takes the old one's place. What is being sent any administrator may stop and send on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

import structlog

from bot.domain.broadcast import Audience, Broadcast, Readers, Stage, Tally, time_needed
from bot.services.ports import Clock, Records, Store

log = structlog.get_logger(__name__)


def _nobody_waits() -> None:
    return


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A broadcast that is not begun, and who would get it now."""

    broadcast: Broadcast
    readers: Readers

    @property
    def count(self) -> int:
        return self.readers.of(self.broadcast.audience)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A broadcast that was begun, and how far it is."""

    broadcast: Broadcast
    tally: Tally


class Done(Enum):
    """What came of a button."""

    DONE = auto()
    #: It was done before, or is of something that is no more.
    STALE = auto()
    #: Another broadcast is being sent.
    BUSY = auto()


class Broadcasts:
    """Of the broadcasts that were begun, one at most is being sent."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        rate: float,
        on_change: Callable[[], None] = _nobody_waits,
        on_stop: Callable[[], None] = _nobody_waits,
    ) -> None:
        """`rate` is how many messages a second are sent.

        `on_change` is called when there is more to be sent or shown, `on_stop` also when what
        waits for its turn is to be taken back.
        """
        self._store = store
        self._clock = clock
        self._rate = rate
        self._on_change = on_change
        self._on_stop = on_stop

    def time_needed(self, messages: int) -> timedelta:
        """Return how long so many messages take where nothing else is sent."""
        return time_needed(messages, self._rate)

    async def current(self) -> Status | None:
        """Return what is being sent, else what was stopped last and may be sent on."""
        async with self._store.reading() as records:
            for stage in (Stage.SENDING, Stage.STOPPED):
                if found := await records.broadcasts.latest(stage):
                    return await self._status(records, found)
        return None

    async def status(self, broadcast_id: int) -> Status | None:
        """Return how far a broadcast is; None where it was not begun."""
        async with self._store.reading() as records:
            found = await records.broadcasts.get(broadcast_id)
            if found is None or found.stage is Stage.DRAFT:
                return None
            return await self._status(records, found)

    async def write(self, text: str, by: int) -> Draft:
        """Keep a text, in Telegram's HTML, as the administrator's draft."""
        async with self._store.writing() as records:
            number = await records.broadcasts.draft(text, by, self._clock())
        draft = await self.draft(number, by)
        if draft is None:
            raise RuntimeError("a draft was lost as soon as it was written")
        return draft

    async def draft(self, broadcast_id: int, by: int) -> Draft | None:
        """Return the administrator's own draft; None for what is none any more."""
        async with self._store.reading() as records:
            found = await self._own_draft(records, broadcast_id, by)
            return Draft(broadcast=found, readers=await records.copies.readers()) if found else None

    async def choose(self, broadcast_id: int, by: int, audience: Audience) -> Draft | None:
        async with self._store.writing() as records:
            if await self._own_draft(records, broadcast_id, by):
                await records.broadcasts.choose(broadcast_id, audience)
        return await self.draft(broadcast_id, by)

    async def discard(self, broadcast_id: int, by: int) -> bool:
        """Forget a draft; False where it was none any more."""
        async with self._store.writing() as records:
            own = await self._own_draft(records, broadcast_id, by)
            if own:
                await records.broadcasts.discard(broadcast_id)
        return own is not None

    async def begin(
        self, broadcast_id: int, by: int, audience: Audience, shown: tuple[int, int]
    ) -> Done:
        """Send a draft to the audience that it was confirmed for.

        `shown` is the message, by chat and number, that is to show how far it is.
        """
        now = self._clock()
        async with self._store.writing() as records:
            own = await self._own_draft(records, broadcast_id, by)
            if own is None or own.audience is not audience:
                return Done.STALE
            if not await records.broadcasts.begin(broadcast_id, now):
                return Done.BUSY
            await records.broadcasts.show(broadcast_id, *shown)
            readers = (await records.copies.readers()).of(audience)
        fields = {"audience": str(audience), "readers": readers}
        log.info("broadcast_begun", broadcast=broadcast_id, by=by, **fields)
        self._on_change()
        return Done.DONE

    async def stop(self, broadcast_id: int, by: int, shown: tuple[int, int]) -> Done:
        """Send no further copy; what is under way at Telegram arrives."""
        async with self._store.writing() as records:
            if not await records.broadcasts.stop(broadcast_id):
                return Done.STALE
            await records.broadcasts.show(broadcast_id, *shown)
            tally = await records.copies.tally(broadcast_id, self._clock())
        log.info("broadcast_aborted", broadcast=broadcast_id, by=by, **_figures(tally))
        self._on_stop()
        self._on_change()
        return Done.DONE

    async def resume(self, broadcast_id: int, by: int, shown: tuple[int, int]) -> Done:
        """Send on, to those who have no copy yet."""
        async with self._store.writing() as records:
            if not await records.broadcasts.resume(broadcast_id):
                busy = await records.broadcasts.latest(Stage.SENDING)
                return Done.BUSY if busy and busy.id != broadcast_id else Done.STALE
            await records.broadcasts.show(broadcast_id, *shown)
            tally = await records.copies.tally(broadcast_id, self._clock())
        log.info("broadcast_resumed", broadcast=broadcast_id, by=by, **_figures(tally))
        self._on_change()
        return Done.DONE

    async def show(self, broadcast_id: int, shown: tuple[int, int]) -> Done:
        """Have that message show how far it is, in the place of the one before."""
        async with self._store.writing() as records:
            found = await records.broadcasts.get(broadcast_id)
            if found is None or found.stage is Stage.DRAFT:
                return Done.STALE
            await records.broadcasts.show(broadcast_id, *shown)
        self._on_change()
        return Done.DONE

    async def _status(self, records: Records, found: Broadcast) -> Status:
        return Status(broadcast=found, tally=await records.copies.tally(found.id, self._clock()))

    @staticmethod
    async def _own_draft(records: Records, broadcast_id: int, by: int) -> Broadcast | None:
        found = await records.broadcasts.get(broadcast_id)
        if found is None or found.stage is not Stage.DRAFT or found.written_by != by:
            return None
        return found


def _figures(tally: Tally) -> dict[str, int]:
    return {
        "sent": tally.sent,
        "open": tally.open,
        "unreachable": tally.unreachable,
        "failed": tally.failed,
    }
