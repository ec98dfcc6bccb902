"""What the passing of time brings: editions, the ends of quiet hours, of pauses, of silences."""

from collections.abc import Callable

from bot.services.clock_watch import ClockWatch
from bot.services.silences import Silences
from bot.services.subscriptions import Subscriptions
from bot.services.timing import TimingService


class Calendar:
    """Turned every few seconds."""

    def __init__(
        self,
        watch: ClockWatch,
        subscriptions: Subscriptions,
        timing: TimingService,
        silences: Silences,
        wake: Callable[[], None],
    ) -> None:
        self._watch = watch
        self._subscriptions = subscriptions
        self._timing = timing
        self._silences = silences
        #: Has the dispatcher look for what is due.
        self._wake = wake

    async def turn(self) -> None:
        """Do what is due by now, and have the dispatcher look, whatever its nap was measured by."""
        await self._watch.look()
        await self._subscriptions.resume_due()
        await self._timing.turn_due()
        await self._silences.try_again()
        self._wake()
