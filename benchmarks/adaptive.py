"""How soon news is seen by adaptive polling, against a fixed interval with as many requests.

Invented newsrooms (`tests/aids/desks.py`) publish for 65 weeks. The last 52 count; each day the
tempo is learned from what was published before that day, as the bot does it, and the polling begins
at a random moment. "By hours alone" knows nothing of the minutes that editors schedule for.

The delay of an article is when a reading sees it, less what its date says: it holds also the
seconds until the site shows it, which no polling can save.
"""

from collections.abc import Callable
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from benchmarks.figures import Benchmark, Notes
from tests.aids.desks import LONDON, SEOUL, Desk, Release, at_random, releases
from tests.aids.polled import (
    INTERVAL,
    Polled,
    poll_adaptively,
    poll_at_fixed_intervals,
    together,
)

SEEDS: Final = (1, 2)
POLLINGS: Final[dict[str, Callable[[list[Release], ZoneInfo, int], Polled]]] = {
    "fixed": poll_at_fixed_intervals,
    "by hours alone": partial(poll_adaptively, by_minutes=False),
    "adaptive": poll_adaptively,
}

#: The year that counts begins in week 13; the first desk changes its hours in its middle.
_SEOUL: Final = Desk(zone=SEOUL, articles=30, moves_on=39 * 7, earlier=3)
_LONDON: Final = Desk(zone=LONDON, articles=80, weekend=0.5)
_SMALL: Final = Desk(zone=SEOUL, articles=4, bursts=4)
NEWSROOMS: Final[dict[str, tuple[ZoneInfo, Callable[[int], list[Release]]]]] = {
    "Seoul, 30 a day, changes its hours": (SEOUL, lambda seed: releases(_SEOUL, seed)),
    "London, 80 a day, summer time": (LONDON, lambda seed: releases(_LONDON, seed)),
    "Seoul, 4 a day": (SEOUL, lambda seed: releases(_SMALL, seed)),
    "no rhythm, 10 a day": (SEOUL, lambda seed: at_random(10, seed)),
}


def simulate(newsroom: str, polling: str) -> Polled:
    """Return what came of polling the newsroom for a year, from every seed."""
    zone, publish = NEWSROOMS[newsroom]
    return together([POLLINGS[polling](publish(seed), zone, seed) for seed in SEEDS])


def _measure(notes: Notes, rounds: int) -> None:
    """Note the delays; the same seeds give the same ones, so that one round says all."""
    for newsroom in list(NEWSROOMS) * rounds:
        for polling in POLLINGS:
            polled, of = simulate(newsroom, polling), f"{newsroom}, {polling}"
            notes.add(f"{of}: median delay", polled.share(50), "s")
            notes.add(f"{of}: 95th percentile", polled.share(95), "s")
            notes.add(f"{of}: 99th percentile", polled.share(99), "s")
            notes.add(f"{of}: mean", polled.mean, "s")
            notes.add(f"{of}: requests", polled.requests, "")


BENCHMARK: Final = Benchmark(
    name="adaptive",
    workload=(
        "A simulation: invented newsrooms publish for 65 weeks, and are polled every"
        f" {INTERVAL.seconds // 60} minutes on average; the last 52 weeks count."
    ),
    measure=_measure,
    rounds=1,
)
