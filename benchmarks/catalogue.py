"""All benchmarks, in the order in which they run."""

from benchmarks import adaptive, peer, placing, rates
from benchmarks.figures import Benchmark

BENCHMARKS: tuple[Benchmark, ...] = (
    *rates.BENCHMARKS,
    placing.BENCHMARK,
    peer.BENCHMARK,
    adaptive.BENCHMARK,
)
