"""All benchmarks, in the order in which they run."""

from benchmarks import adaptive, fanout, outbox, peer, placing, rates, search, size, standing
from benchmarks.figures import Benchmark

BENCHMARKS: tuple[Benchmark, ...] = (
    *rates.BENCHMARKS,
    fanout.BENCHMARK,
    outbox.BENCHMARK,
    placing.BENCHMARK,
    standing.BENCHMARK,
    search.BENCHMARK,
    size.BENCHMARK,
    peer.BENCHMARK,
    adaptive.BENCHMARK,
)
