"""The command line: which benchmarks, where the report goes, and what it is compared with."""

import logging
import time
from pathlib import Path
from typing import Annotated

import structlog
import typer
from rich.console import Console

from benchmarks import report
from benchmarks.catalogue import BENCHMARKS
from benchmarks.figures import Benchmark, Notes
from benchmarks.machine import machine

_BY_NAME = {benchmark.name: benchmark for benchmark in BENCHMARKS}


def run(
    names: Annotated[list[str] | None, typer.Argument(help="Which ones; all by default.")] = None,
    *,
    rounds: Annotated[int | None, typer.Option(min=1, help="How often each is measured.")] = None,
    json: Annotated[Path | None, typer.Option(help="Write the report here, or into it.")] = None,
    against: Annotated[Path | None, typer.Option(help="Compare with this earlier report.")] = None,
) -> None:
    """Measure how fast Dekbot is. Medians, with the least and the greatest."""
    console = Console(width=None if Console().is_terminal else 130)
    chosen = _chosen(names or list(_BY_NAME))
    try:
        earlier = report.read(against) if against else None
        if json and json.exists():
            report.read(json)
    except report.EarlierReportError as error:
        raise typer.BadParameter(str(error)) from None
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        cache_logger_on_first_use=False,
    )
    about = machine()
    console.print(", ".join(f"{name} {value}" for name, value in about.items()))
    for benchmark in chosen:
        result = _measured(benchmark, rounds or benchmark.rounds)
        report.show(console, result, earlier)
        if json:  # each at once: a run that is broken off keeps what it has
            report.write(json, about, [result])


def _chosen(names: list[str]) -> list[Benchmark]:
    if unknown := [name for name in names if name not in _BY_NAME]:
        known = ", ".join(_BY_NAME)
        raise typer.BadParameter(f"there is no benchmark {', '.join(unknown)}; there are {known}")
    return [_BY_NAME[name] for name in names]


def _measured(benchmark: Benchmark, rounds: int) -> report.Result:
    notes, begun = Notes(), time.perf_counter()
    benchmark.measure(notes, rounds)
    seconds = time.perf_counter() - begun
    return report.Result(benchmark=benchmark, figures=notes.figures, seconds=seconds)


def main() -> None:
    typer.run(run)
