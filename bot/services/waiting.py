"""Waiting that may be given up: for a turn of the lane, for Telegram's answer."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from bot.domain.errors import DekbotError

Awaited = TypeVar("Awaited")


class GivenUpError(DekbotError):
    """It is waited for no longer."""


class Waiting:
    """Tasks that wait for one kind of thing, until all of them are to stop it."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._over = False

    def __len__(self) -> int:
        return len(self._tasks)

    async def until(self, come: Callable[[], Awaitable[Awaited]]) -> Awaited:
        """Return what came; raises GivenUpError where `give_up` comes first, or came before."""
        if self._over:
            raise GivenUpError
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("what may be given up is waited for within a task")
        self._tasks.add(task)
        try:
            return await come()
        except asyncio.CancelledError:
            if not self._over:
                raise
            task.uncancel()
            raise GivenUpError from None
        finally:
            self._tasks.discard(task)

    def give_up(self) -> int:
        """Let nobody wait any longer; return how many did."""
        self._over = True
        for task in self._tasks:
            task.cancel()
        return len(self._tasks)
