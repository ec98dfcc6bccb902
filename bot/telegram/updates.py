"""The order in which updates are handled."""

import asyncio
import time
from collections.abc import Awaitable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Final

from telegram import Chat, Update
from telegram.ext import BaseUpdateProcessor

from bot.services.meter import Meter, Unmetered

#: The kinds of updates, as Telegram names them, that are told apart.
_KINDS: Final = ("message", "callback_query", "inline_query", "my_chat_member", "channel_post")
#: python-telegram-bot counts an update as handled while it still waits for its chat. The places
#: counted here are the ones that matter.
_NO_LIMIT: Final = 1_000_000_000


@dataclass(slots=True)
class _Line:
    next: asyncio.Lock = field(default_factory=asyncio.Lock)
    length: int = 0


class PerChatProcessor(BaseUpdateProcessor):
    """Handles updates of one chat one after another, in order, and `places` chats at once.

    A chat that floods the bot holds one place; its other updates wait in its own line. Lines are
    forgotten when they are empty.
    """

    __slots__ = ("_closed", "_handling", "_lines", "_meter", "_places")

    def __init__(self, places: int, meter: Meter | None = None) -> None:
        super().__init__(_NO_LIMIT)
        self._meter = meter or Unmetered()
        self._places = asyncio.Semaphore(places)
        self._lines: dict[int, _Line] = {}
        self._handling = 0
        self._closed = False

    def close(self) -> int:
        """Begin nothing more; return how many updates are being handled, or wait."""
        self._closed = True
        return self._handling

    @property
    def lines(self) -> int:
        """How many chats have updates waiting or being handled."""
        return len(self._lines)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        began, kind = time.perf_counter(), _kind_of(update)
        self._meter.received(kind)
        self._handling += 1
        try:
            await self._in_line(_chat_of(update), coroutine)
        finally:
            self._handling -= 1
        if not self._closed and _is_answered(update):
            self._meter.answered(kind, time.perf_counter() - began)

    async def _in_line(self, key: int | None, coroutine: Awaitable[Any]) -> None:
        if key is None:
            async with self._places:
                await self._handle(coroutine)
            return
        line = self._lines.setdefault(key, _Line())
        line.length += 1
        try:
            async with line.next, self._places:
                await self._handle(coroutine)
        finally:
            line.length -= 1
            if not line.length:
                del self._lines[key]

    async def _handle(self, coroutine: Awaitable[Any]) -> None:
        if not self._closed:
            await coroutine
        elif isinstance(coroutine, Coroutine):
            coroutine.close()

    async def initialize(self) -> None:
        """Do nothing: there is nothing to open."""

    async def shutdown(self) -> None:
        """Do nothing: what is being handled is awaited by the application."""


def _chat_of(update: object) -> int | None:
    """Return what the update's order depends on: its chat, or its user where it has no chat."""
    if not isinstance(update, Update):
        return None
    origin = update.effective_chat or update.effective_user
    return origin.id if origin else None


def _kind_of(update: object) -> str:
    return next((kind for kind in _KINDS if getattr(update, kind, None) is not None), "other")


def _is_answered(update: object) -> bool:
    """Return whether somebody waits for the answer; most of what groups say is not for us."""
    if not isinstance(update, Update):
        return False
    if update.message is not None:
        return update.message.chat.type == Chat.PRIVATE
    return update.callback_query is not None or update.inline_query is not None
