"""What the requests that are made anyway tell of the way to Telegram."""

from bot.domain.readiness import Connection
from bot.services.meter import Meter
from bot.services.ports import Clock


class ConnectionWatch:
    """Told of every request's end; asks nothing itself."""

    def __init__(self, clock: Clock, meter: Meter) -> None:
        self._clock = clock
        self._meter = meter
        self._known = Connection()

    @property
    def known(self) -> Connection:
        return self._known

    def answered(self, method: str, status: int) -> None:
        """Note that Telegram answered a call, whatever it said."""
        self._meter.asked(method, str(status))
        self._known = Connection(answered_at=self._clock())

    def failed(self, method: str, how: str) -> None:
        """Note that a call got no answer of Telegram's; `how` is a short constant."""
        self._meter.asked(method, how)
        now, known = self._clock(), self._known
        self._known = Connection(
            answered_at=known.answered_at,
            failing_since=known.failing_since or now,
            failed_at=now,
        )
