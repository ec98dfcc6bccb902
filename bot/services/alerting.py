"""Keeps alerts moving: whenever something alerts, plan its fan-out and wake the dispatcher."""

import asyncio
from collections.abc import Callable
from typing import Final

import structlog

from bot.domain.errors import DatabaseError
from bot.services.fanout import Planner

log = structlog.get_logger(__name__)

_RETRY_DATABASE: Final = 2.0


class AlertLoop:
    """Plans until stopped; begins with what an earlier process left unplanned."""

    def __init__(self, planner: Planner, on_owed: Callable[[], None]) -> None:
        self._planner = planner
        self._on_owed = on_owed
        self._asked = asyncio.Event()
        self._asked.set()
        self._stopping = False

    def ask(self) -> None:
        """Say that articles wait to be matched."""
        self._asked.set()

    async def run(self) -> None:
        while not self._stopping:
            await self._asked.wait()
            self._asked.clear()
            if self._stopping:
                return
            try:
                if await self._planner.plan():
                    self._on_owed()
            except DatabaseError as error:
                log.debug("planning_waits_for_database", fault=str(error))
                await asyncio.sleep(_RETRY_DATABASE)
                self._asked.set()

    def stop(self) -> None:
        """Plan no further range; what is left is resumed at the next start."""
        self._stopping = True
        self._asked.set()
