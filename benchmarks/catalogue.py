"""All benchmarks, in the order in which they run."""

from benchmarks import (
    adaptive,
    fanout,
    growth,
    memory,
    outbox,
    peer,
    placing,
    poll,
    punctuality,
    rates,
    search,
    size,
    standing,
    start,
)
from benchmarks.figures import Benchmark

BENCHMARKS: tuple[Benchmark, ...] = (
    *rates.BENCHMARKS,
    fanout.BENCHMARK,
    outbox.BENCHMARK,
    placing.BENCHMARK,
    standing.BENCHMARK,
    search.BENCHMARK,
    poll.BENCHMARK,
    punctuality.BENCHMARK,
    start.BENCHMARK,
    memory.BENCHMARK,
    size.BENCHMARK,
    growth.BENCHMARK,
    peer.BENCHMARK,
    adaptive.BENCHMARK,
)
