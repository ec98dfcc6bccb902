"""All benchmarks, in the order in which they run."""

from benchmarks import peer, placing
from benchmarks.figures import Benchmark

BENCHMARKS: tuple[Benchmark, ...] = (placing.BENCHMARK, peer.BENCHMARK)
