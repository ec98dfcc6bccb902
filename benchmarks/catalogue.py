"""All benchmarks, in the order in which they run."""

from benchmarks import fanout, placing
from benchmarks.figures import Benchmark

BENCHMARKS: tuple[Benchmark, ...] = (placing.BENCHMARK, fanout.BENCHMARK)
