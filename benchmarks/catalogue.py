"""All benchmarks, in the order in which they run."""

from benchmarks import memory, placing, poll, punctuality, start
from benchmarks.figures import Benchmark

BENCHMARKS: tuple[Benchmark, ...] = (
    placing.BENCHMARK,
    poll.BENCHMARK,
    punctuality.BENCHMARK,
    start.BENCHMARK,
    memory.BENCHMARK,
)
