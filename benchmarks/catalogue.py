"""All benchmarks, in the order in which they run."""

from benchmarks import placing
from benchmarks.figures import Benchmark

BENCHMARKS: tuple[Benchmark, ...] = (placing.BENCHMARK,)
