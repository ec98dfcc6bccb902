"""What Telegram's answer decides on, whatever it is."""

from typing import Protocol


class Tried(Protocol):
    """Something claimed that is sent to one chat: a delivery, or a copy of a broadcast."""

    @property
    def id(self) -> int: ...
    @property
    def attempts(self) -> int:
        """Return how many earlier tries counted."""

    @property
    def ambiguous(self) -> int:
        """Return how many earlier tries may have arrived."""
