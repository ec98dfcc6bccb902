"""Sees what arrives in the chats, on Telegram's side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.demo.botapi.events import Event
from bot.demo.botapi.messages import Message
from bot.demo.botapi.utf16 import piece

#: Put around foreign text, so that its direction ends with it.
_ISOLATES: Final = str.maketrans("", "", "\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Arrival:
    """A message of alerts as it arrived; edits change the message, not what is noted here."""

    #: The process that sent it, counted from 0.
    life: int
    #: On the monotonic clock.
    at: float
    message: Message
    #: The articles it carries, by path, with the headlines as it arrived.
    shown: dict[str, str]

    @property
    def chat_id(self) -> int:
        return self.message.chat_id


class Witness:
    """Hears of everything that the bot sends; the address is the newsroom's."""

    def __init__(self, address: str) -> None:
        self._address = address
        #: The process that is running.
        self.life = 0
        self.arrivals: list[Arrival] = []

    def turn_to(self, life: int) -> None:
        """Count what comes from now on as that process's.

        To be called at its first sign of life: until then, what its predecessor had under way
        still arrives.
        """
        self.life = life

    def hear(self, event: Event) -> Arrival | None:
        """Note what the event brought; None where that is no alert."""
        message = event.message
        if event.name != "bot_wrote" or message is None:
            return None
        shown = headlines(message, self._address)
        if not shown:
            return None
        arrival = Arrival(life=self.life, at=message.arrived, message=message, shown=shown)
        self.arrivals.append(arrival)
        return arrival


def headlines(message: Message, address: str) -> dict[str, str]:
    """Return the articles that a message shows now: each one's path, and its headline."""
    return dict(_links(message.text, message.entities, address))


def _links(
    text: str, entities: Sequence[dict[str, object]], address: str
) -> Iterator[tuple[str, str]]:
    for entity in entities:
        url = str(entity.get("url", ""))
        if entity["type"] == "text_link" and url.startswith(address):
            covered = piece(text, int(str(entity["offset"])), int(str(entity["length"])))
            yield url.removeprefix(address), covered.translate(_ISOLATES)
