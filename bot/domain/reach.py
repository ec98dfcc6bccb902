"""How far back an archive tells of everything: the time that a number of articles is divided by.

A young archive holds what the site's feeds and pages still showed when it began: everything of the
last days, the rarer sections of the last months, and maybe a stray article that is years older. An
estimate must not reach into what is told in part only; where it stops early, it is right all the
same. The rules, in their order:

1. One looks back a week, then twice as far, and so on, as long as the older half brought at least
   a quarter of what the newer half did.
2. A newer half of less than five articles says nothing, and one looks on.
3. What is reached begins with its oldest article, but goes no further into the last half than that
   half's articles would take at the newer half's pace: the oldest may be a stray one.
4. It begins a day ago at least, and never further back than was asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

_SHORTEST: Final = timedelta(days=1)
_FIRST_LOOK: Final = timedelta(days=7)
_FEWEST: Final = 5
_SHARE: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What was published within a stretch of time."""

    articles: int
    #: When the first of them was; None where there is none.
    first: datetime | None


def stretches_back(now: datetime, longest: timedelta) -> list[tuple[datetime, datetime]]:
    """Return the stretches to look at, each with beginning and end: the newest first."""
    lengths = [timedelta(0), _FIRST_LOOK]
    while lengths[-1] < longest:
        lengths.append(2 * lengths[-1])
    return [(now - older, now - newer) for newer, older in pairwise(lengths)]


def reach(stretches: Sequence[Stretch], now: datetime, longest: timedelta) -> timedelta:
    """Return how far back from now the archive is whole, by what each stretch brought.

    The stretches are those of `stretches_back`.
    """
    start, articles = now, 0
    for stretch, (_, end) in zip(stretches, stretches_back(now, longest), strict=True):
        if articles >= _FEWEST and stretch.articles * _SHARE < articles:
            break
        if stretch.first is not None:
            start = stretch.first
        if articles >= _FEWEST:
            start = max(start, end - (now - end) * (stretch.articles / articles))
        articles += stretch.articles
    return min(max(now - start, _SHORTEST), longest)
