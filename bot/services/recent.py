"""Remembers when messages of alerts went to each chat of late, for the rule of bursts."""

from datetime import datetime
from typing import Final

from bot.domain.timing import BURST_WINDOW, MOST_SINGLE_ALERTS

#: Chats to remember before what is over is swept out.
_SWEEP: Final = 1_000


class Recent:
    """The last few sendings of each chat, forgotten when they no longer count."""

    def __init__(self) -> None:
        self._sent: dict[int, tuple[datetime, ...]] = {}
        self._sweep_at = _SWEEP

    def __len__(self) -> int:
        return len(self._sent)

    def of(self, subscriber_id: int, now: datetime) -> tuple[datetime, ...]:
        """Return the moments; where the clock was put back since, they are remembered as now."""
        sent = self._sent.get(subscriber_id, ())
        if sent and max(sent) > now:
            sent = tuple(min(moment, now) for moment in sent)
            self._sent[subscriber_id] = sent
        return sent

    def add(self, subscriber_id: int, moment: datetime) -> None:
        kept = (*self.of(subscriber_id, moment), moment)[-MOST_SINGLE_ALERTS:]
        self._sent[subscriber_id] = kept
        if len(self._sent) >= self._sweep_at:
            self._sweep(moment)

    def _sweep(self, now: datetime) -> None:
        self._sent = {
            chat: moments
            for chat, moments in self._sent.items()
            if now - moments[-1] < BURST_WINDOW
        }
        self._sweep_at = max(_SWEEP, 2 * len(self._sent))
