"""The word that was meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is spelt most like this one, if any is near."""
    by_lower = {candidate.lower(): candidate for candidate in known}
    near = get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[near[0]] if near else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a sentence that suggests the nearest known word, or lists all."""
    every = sorted(known)
    if near := closest(word, every):
        return f"did you mean {near!r}?"
    return f"known are: {', '.join(every)}" if every else "none is known"
