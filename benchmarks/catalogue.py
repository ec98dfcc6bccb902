"""All benchmarks, in the order in which they run."""

from benchmarks import placing, poll, start
from benchmarks.figures import Benchmark

BENCHMARKS: tuple[Benchmark, ...] = (placing.BENCHMARK, poll.BENCHMARK, start.BENCHMARK)
