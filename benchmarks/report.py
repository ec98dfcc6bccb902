"""Shows figures as a table, keeps them as JSON, and compares them with earlier ones."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from rich.console import Console
from rich.table import Table

from benchmarks.figures import Benchmark, Figure, Goal

#: By benchmark and figure, what an earlier report says.
Earlier = dict[tuple[str, str], dict[str, Any]]


class EarlierReportError(Exception):
    """A file is no report of an earlier run."""


class _ReportedFigure(BaseModel):
    what: str
    median: float
    least: float
    greatest: float


class _ReportedResult(BaseModel):
    benchmark: str
    figures: list[_ReportedFigure]


class _Report(BaseModel):
    """What is read of a report; what else it says is kept."""

    results: list[_ReportedResult]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of one benchmark."""

    benchmark: Benchmark
    figures: Sequence[Figure]
    seconds: float

    def as_json(self) -> dict[str, Any]:
        return {
            "benchmark": self.benchmark.name,
            "workload": self.benchmark.workload,
            "seconds": round(self.seconds, 1),
            "figures": [figure.as_json() for figure in self.figures],
        }


def write(path: Path, machine: dict[str, Any], results: Sequence[Result]) -> None:
    """Write the report; what this file says of benchmarks that did not run now stays."""
    fresh = {result.benchmark.name: result.as_json() for result in results}
    kept = [one for one in _results(path) if one["benchmark"] not in fresh] if path.exists() else []
    told = {"machine": machine, "results": [*kept, *fresh.values()]}
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read(path: Path) -> Earlier:
    return {
        (result["benchmark"], figure["what"]): figure
        for result in _results(path)
        for figure in result["figures"]
    }


def _results(path: Path) -> list[dict[str, Any]]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        _Report.model_validate(told)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(step) for step in fault["loc"]) or "the file"
        raise EarlierReportError(
            f"{path} is no report of benchmarks: {place}: {fault['msg']}"
        ) from None
    except (OSError, ValueError) as error:
        raise EarlierReportError(f"{path} is no report of benchmarks: {error}") from None
    results: list[dict[str, Any]] = told["results"]
    return results


def show(console: Console, result: Result, earlier: Earlier | None = None) -> None:
    benchmark = result.benchmark
    console.print(f"\n[bold]{benchmark.name}[/bold] ({result.seconds:.0f} s)\n{benchmark.workload}")
    table = Table()
    table.add_column("figure")
    for column in ("median", "least", "greatest", "n", "goal", *(["before"] if earlier else [])):
        table.add_column(column, justify="right")
    for figure in result.figures:
        cells = [figure.what, f"{shown(figure.median)} {figure.unit}", shown(figure.least)]
        cells += [shown(figure.greatest), str(len(figure.values)), _goal(figure)]
        if earlier:
            cells.append(_before(figure, earlier.get((benchmark.name, figure.what))))
        table.add_row(*cells)
    console.print(table)


def _goal(figure: Figure) -> str:
    if figure.goal is None:
        return ""
    met = figure.goal.is_met(figure.median)
    return f"{goal_in_words(figure.goal)} [{'green]met' if met else 'red]missed'}[/]"


def goal_in_words(goal: Goal) -> str:
    bounds = (("≤", goal.at_most), ("≥", goal.at_least))
    return " ".join(f"{sign} {shown(bound)}" for sign, bound in bounds if bound is not None)


def _before(figure: Figure, before: dict[str, Any] | None) -> str:
    """Return the earlier median and the ratio; bold where the ranges do not even touch."""
    if before is None:
        return "new"
    ratio = f"x {figure.median / before['median']:.2f}" if before["median"] else ""
    apart = figure.least > before["greatest"] or figure.greatest < before["least"]
    text = f"{shown(before['median'])} {ratio}".strip()
    return f"[bold]{text}[/bold]" if apart else text


def shown(value: float) -> str:
    """Return three digits of it, and no more of what is not whole."""
    if value == int(value) or abs(value) >= 100:  # noqa: PLR2004 - three digits
        return f"{value:,.0f}"
    return f"{value:.3g}"
