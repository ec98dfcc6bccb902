"""All benchmarks, in the order in which they run."""

from benchmarks import adaptive, fanout, outbox, peer, placing, rates, size
from benchmarks.figures import Benchmark

BENCHMARKS: tuple[Benchmark, ...] = (
    *rates.BENCHMARKS,
    fanout.BENCHMARK,
    outbox.BENCHMARK,
    placing.BENCHMARK,
    size.BENCHMARK,
    peer.BENCHMARK,
    adaptive.BENCHMARK,
)
