"""Joins what broadcasts are made of: the use cases, what sends them, and what shows them.

The chat's handlers need the use cases before there is a bot; the rest needs the bot.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

from bot.app.parts import Parts
from bot.services.broadcast_board import BroadcastBoard
from bot.services.broadcast_sending import BroadcastSender
from bot.services.broadcasting import Broadcasts
from bot.services.ports import Messenger


class BroadcastDesk:
    """Nothing of it works before it is opened."""

    def __init__(self, parts: Parts, places: int) -> None:
        """`places` is how many chats are written to at once for alerts."""
        self._parts = parts
        self.places = broadcast_places(places)
        self.service = Broadcasts(
            parts.database,
            parts.clock,
            rate=parts.settings.send_rate,
            on_change=self._changed,
            on_stop=lambda: self._sender.halt(),  # noqa: PLW0108 - it is built later
        )

    def open(self, messenger: Messenger) -> None:
        """Give it what it sends with."""
        parts = self._parts
        self._board = BroadcastBoard(
            parts.database,
            messenger,
            self.service,
            parts.clock,
            language=parts.site.profile.language,
        )
        self._sender = BroadcastSender(
            parts.database,
            messenger,
            parts.clock,
            max_age=parts.settings.max_alert_age,
            places=self.places,
            on_done=self._board.wake,
        )

    def work(self) -> list[asyncio.Task[None]]:
        """Start what runs until `stop`."""
        work: dict[str, Coroutine[Any, Any, None]] = {
            "broadcasts": self._sender.run(),
            "broadcast-board": self._board.run(),
        }
        return [asyncio.create_task(run, name=name) for name, run in work.items()]

    async def stop(self) -> None:
        """Send and show nothing new; what is in flight is settled."""
        self._board.stop()
        await self._sender.stop()

    def give_up(self) -> None:
        """Wait for Telegram no longer."""
        self._sender.give_up()
        self._board.give_up()

    def _changed(self) -> None:
        self._sender.wake()
        self._board.wake()


def broadcast_places(places: int) -> int:
    """Return how many chats are written to at once for a broadcast: half as many as for alerts."""
    return places // 2
