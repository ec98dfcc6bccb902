"""All benchmarks, in the order in which they run."""

from benchmarks import fanout, outbox, placing, size
from benchmarks.figures import Benchmark

BENCHMARKS: tuple[Benchmark, ...] = (
    placing.BENCHMARK,
    fanout.BENCHMARK,
    outbox.BENCHMARK,
    size.BENCHMARK,
)
