"""What the tables of broadcasts can do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.broadcast import Audience, Broadcast, Copy, Readers, Stage, Tally
from bot.domain.delivery import Settlement
from bot.domain.subscriber import Subscriber


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedCopy:
    """A claimed copy with whom it goes to."""

    copy: Copy
    subscriber: Subscriber


class BroadcastRecords(Protocol):
    """Broadcasts as a whole."""

    async def draft(self, text: str, written_by: int, now: datetime) -> int:
        """Keep a text in the place of the administrator's earlier drafts; return its id."""

    async def get(self, broadcast_id: int) -> Broadcast | None: ...

    async def latest(self, stage: Stage) -> Broadcast | None:
        """Return the youngest one at that stage."""

    async def choose(self, broadcast_id: int, audience: Audience) -> None: ...

    async def discard(self, broadcast_id: int) -> None:
        """Forget a draft."""

    async def begin(self, broadcast_id: int, now: datetime) -> bool:
        """Begin a draft; False where it is none any more, or another one is being sent."""

    async def stop(self, broadcast_id: int) -> bool:
        """Send no further copy; False where none was being sent."""

    async def resume(self, broadcast_id: int) -> bool:
        """Send on what was stopped; False where it was not, or another one is being sent."""

    async def finish(self, broadcast_id: int, now: datetime) -> bool:
        """Have it be done, if every copy is planned and settled; return whether it became so."""

    async def show(self, broadcast_id: int, chat_id: int, message_id: int) -> None:
        """Have that message show how far it is from now on."""

    async def to_show(self) -> list[Broadcast]:
        """Return those whose message is not to stay as it is."""

    async def shown(self, broadcast_id: int, stage: Stage) -> None:
        """Note that its message says that it has come to that stage."""

    async def hide(self, broadcast_id: int) -> None:
        """Forget the message, which is there no more."""


class CopyRecords(Protocol):
    """The copies of broadcasts."""

    async def readers(self) -> Readers:
        """Count who would get a broadcast now."""

    async def plan(self, broadcast_id: int, width: int, now: datetime) -> bool:
        """Owe a copy to one range of subscribers; return whether there are further ranges."""

    async def claim(
        self, broadcast_id: int, now: datetime, lease_ends: datetime, limit: int
    ) -> tuple[list[ClaimedCopy], int]:
        """Claim copies that are due; return them, and how many were looked at.

        Those of readers who want none now are dropped or put off instead. Nothing is claimed of a
        broadcast that was stopped.
        """

    async def settle(self, settlements: Sequence[Settlement], now: datetime) -> None: ...

    async def release_all(self, now: datetime) -> int:
        """Make every claimed copy owed again; return how many there were."""

    async def next_due(self, broadcast_id: int) -> datetime | None: ...

    async def tally(self, broadcast_id: int, now: datetime) -> Tally: ...
