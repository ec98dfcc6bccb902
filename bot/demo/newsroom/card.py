"""What a link card shows of a page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Title, description and picture behind an address."""

    title: str
    description: str = ""
    #: Absolute address of the picture.
    image: str | None = None
