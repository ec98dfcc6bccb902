"""Tells a page that has little new from one whose layout has changed."""

from typing import Final

#: Below that, every number is usual.
_FEW: Final = 4


def too_few(count: int, usual: int | None) -> bool:
    """Return whether a page shows far fewer teasers than usual: a third of them or less."""
    return usual is not None and usual >= _FEW and count * 3 <= usual


def usual_count(count: int, usual: int | None) -> int:
    """Return the usual number after this reading: it follows slowly where it falls."""
    return count if usual is None or count >= usual else (3 * usual + count) // 4
