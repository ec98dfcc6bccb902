"""Drawing without repeats: everything comes once before anything comes again."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def shuffled(random: Random, cards: Sequence[T]) -> list[T]:
    return random.sample(cards, len(cards))


def dealt(random: Random, cards: Sequence[T]) -> Iterator[T]:
    """Deal the cards for ever, shuffled anew after each round."""
    while True:
        yield from shuffled(random, cards)
