"""Writes down what became of sent alerts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.delivery import Outcome, Sent, Settlement
from bot.domain.subscriber import Subscriber
from bot.services import places
from bot.services.committing import Commits
from bot.services.meter import Meter, Unmetered
from bot.services.overtaking import catch_up
from bot.services.ports import Clock, Records, Store
from bot.services.records import Dispatchable


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One message's outcome, and what it means for the deliveries that the message carried."""

    #: Who got the message, or was to get it; None where nothing was sent.
    subscriber: Subscriber | None = None
    outcome: Outcome | None = None
    settlements: tuple[Settlement, ...]
    #: The deliveries as the message shows them; empty where nothing was sent.
    carried: tuple[Dispatchable, ...] = ()


class Settler:
    """Commits results in groups."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        max_age: timedelta,
        retractions: Sequence[re.Pattern[str]] = (),
        meter: Meter | None = None,
    ) -> None:
        """`max_age` is how old an alert may be that comes unasked when a silence ends.

        Headlines that answer to one of `retractions` are corrections or retractions.
        """
        self._retractions = retractions
        self._meter = meter or Unmetered()
        self._clock = clock
        self._max_age = max_age
        self._commits = Commits(store, self._write)

    async def settle(self, result: Result) -> None:
        """Return when the result is committed.

        Raises DatabaseError where it could not be; it may be given again.
        """
        await self._commits.commit(result)
        for one in result.settlements:
            self._meter.settled(one.state)

    async def _write(self, records: Records, results: Sequence[Result]) -> None:
        now = self._clock()
        settlements = [one for result in results for one in result.settlements]
        await records.outbox.settle(settlements, now)
        sent = [result for result in results if isinstance(result.outcome, Sent)]
        carried = [one for result in sent for one in result.carried]
        await catch_up(records, carried, self._retractions, now)
        for result in results:
            if result.subscriber is not None:
                await places.heed(records, result.subscriber, result.outcome, now, self._max_age)
