"""Lists cut into pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from bot.texts.letter import Button, Call

PAGE: Final = 8

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """One page of a list."""

    items: tuple[T, ...]
    #: Counted from 0; within the list even where a page beyond its end was asked for.
    number: int
    #: How many pages there are, at least one.
    of: int


def sheet(items: Sequence[T], number: int, size: int = PAGE) -> Sheet[T]:
    """Return a page of the list; the last one instead of those beyond."""
    pages = max(1, -(-len(items) // size))
    number = min(number, pages - 1)
    return Sheet(tuple(items[number * size : (number + 1) * size]), number, pages)


def turning(
    previous: tuple[str, Call] | None, following: tuple[str, Call] | None
) -> tuple[Button, ...]:
    """Return the buttons that turn the page, each given by its text and call."""
    return tuple(Button(text=one[0], call=one[1]) for one in (previous, following) if one)
