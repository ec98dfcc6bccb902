"""All benchmarks, in the order in which they run."""

from benchmarks import placing, search
from benchmarks.figures import Benchmark

BENCHMARKS: tuple[Benchmark, ...] = (placing.BENCHMARK, search.BENCHMARK)
