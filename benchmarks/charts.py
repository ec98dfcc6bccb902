"""Draws how cost grows, from a report: `python -m benchmarks.charts REPORT.json FOLDER`."""

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.ticker import FuncFormatter, NullFormatter

from benchmarks import report
from benchmarks.growth import AUDIENCE, FANOUT, MEMORY

#: Series by what is read off the report: its name, and how its figures are called there.
Series = dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One picture."""

    file: str
    title: str
    across: str
    up: str
    series: Series
    is_logarithmic: bool = True


CHARTS: Final = (
    Chart(
        file="cost-fanout.png",
        title="An article that one in ten follow is matched with all subscribers",
        across="subscribers",
        up="milliseconds",
        series={"planned in": ("growth", FANOUT)},
    ),
    Chart(
        file="cost-search.png",
        title="A search, its first page through the service",
        across="articles",
        up="milliseconds",
        series={
            "99 of 100 queries, worst cases included": ("search", "p99 at {:,} articles"),
            "half of them": ("search", "p50 at {:,} articles"),
        },
    ),
    Chart(
        file="cost-memory.png",
        title="Memory of an idle bot",
        across="subscribers, and as many articles",
        up="MiB",
        series={"resident": ("growth", MEMORY)},
        is_logarithmic=False,
    ),
    Chart(
        file="cost-database.png",
        title="The database's file",
        across="subscribers, or articles",
        up="megabytes",
        series={
            "subscribers with their choices": ("growth", AUDIENCE),
            "articles with their full-text index": ("search", "database at {:,} articles"),
        },
    ),
)


def points(earlier: report.Earlier, benchmark: str, called: str) -> list[tuple[int, float]]:
    """Return size and median of all figures that are called like this, the smallest size first."""
    before, _, after = called.partition("{:,}")
    pattern = re.compile(re.escape(before) + r"([\d,]+)" + re.escape(after))
    found = [
        (int(met[1].replace(",", "")), float(figure["median"]))
        for (name, what), figure in earlier.items()
        if name == benchmark and (met := pattern.fullmatch(what))
    ]
    return sorted(found)


def draw(chart: Chart, earlier: report.Earlier, folder: Path) -> Path:
    figure, axes = plt.subplots(figsize=(7, 4), dpi=110)
    for label, (benchmark, called) in chart.series.items():
        told = points(earlier, benchmark, called)
        axes.plot([size for size, _ in told], [value for _, value in told], "o-", label=label)
        for size, value in told:
            axes.annotate(
                report.shown(value), (size, value), xytext=(0, 7), textcoords="offset points"
            )
    axes.set(title=chart.title, xlabel=chart.across, ylabel=chart.up, xscale="log")
    axes.margins(x=0.1, y=0.2)
    if chart.is_logarithmic:
        axes.set_yscale("log")
    else:
        axes.set_ylim(0, 1.3 * axes.dataLim.ymax)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _place: f"{value:,.9g}"))
        axis.set_minor_formatter(NullFormatter())
    axes.grid(visible=True, alpha=0.3)
    axes.legend()
    path = folder / chart.file
    figure.tight_layout()
    figure.savefig(path)
    plt.close(figure)
    return path


def main() -> None:
    mpl.use("Agg")
    file, folder = map(Path, sys.argv[1:])
    earlier = report.read(file)
    for chart in CHARTS:
        sys.stdout.write(f"{draw(chart, earlier, folder)}\n")


if __name__ == "__main__":
    main()
