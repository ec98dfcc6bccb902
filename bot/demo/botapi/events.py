"""What happens in the stand-in: told to listeners, and waited for."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from bot.demo.botapi.messages import Message

#: Seconds for which tests wait for what should come.
PATIENCE: Final = 5.0

T = TypeVar("T")
EventHook = Callable[[str, dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, by name."""

    name: str
    message: Message | None = None
    fields: dict[str, Any] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """Return fields that can be printed."""
        if self.message is None:
            return self.fields
        sender = self.message.sender or {}
        about = {
            "chat_id": self.message.chat_id,
            "message_id": self.message.id,
            "who": sender.get("first_name") or self.message.chat.get("title", ""),
        }
        return {**about, "text": self.message.text, **self.fields}


class Events:
    """Tells listeners, and wakes whoever waits for a condition."""

    def __init__(self, hook: EventHook | None = None) -> None:
        self._hook = hook
        self._listeners: list[Callable[[Event], None]] = []
        self._waiting: set[asyncio.Future[None]] = set()

    def listen(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Call the listener for each event; returns how to stop that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, name: str, message: Message | None = None, **fields: Any) -> None:
        if self._listeners or self._hook:
            event = Event(name, message, fields)
            for listener in tuple(self._listeners):
                listener(event)
            if self._hook is not None:
                self._hook(name, event.plain())
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)

    async def wait_for(
        self,
        condition: Callable[[], T | None],
        timeout: float = PATIENCE,  # noqa: ASYNC109 - a test says how long it waits
    ) -> T:
        """Return what the condition yields once that is true; raises `TimeoutError`."""
        async with asyncio.timeout(timeout):
            while not (found := condition()):
                waiting = asyncio.get_running_loop().create_future()
                self._waiting.add(waiting)
                try:
                    await waiting
                finally:
                    self._waiting.discard(waiting)
        return found
