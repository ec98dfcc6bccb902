"""All benchmarks, in the order in which they run."""

from benchmarks import placing, search, standing
from benchmarks.figures import Benchmark

BENCHMARKS: tuple[Benchmark, ...] = (placing.BENCHMARK, search.BENCHMARK, standing.BENCHMARK)
