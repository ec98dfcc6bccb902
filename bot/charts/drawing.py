"""Draws the chart: deliveries a day above, their latency below, legible on a phone."""

import io
import json
from collections.abc import Sequence
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedFormatter, FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from bot.charts.fonts import writable
from bot.charts.wire import json_of
from bot.domain.chart import Chart, ChartWords

#: Inches, and dots for each: 1,080 by 1,080, which a phone shows whole.
_SIZE: Final = (7.2, 7.2)
_DOTS: Final = 150
_TEAL: Final = "#1d6b5f"
_AMBER: Final = "#c2701a"
_INK: Final = "#24312f"
_DIM: Final = "#5d6b68"
_GRID: Final = "#dfe6e4"
#: Seconds at which the axis of latency may have its marks.
_MARKS: Final = {
    0.01: "10 ms", 0.1: "0.1 s", 1: "1 s", 10: "10 s", 60: "1 min", 600: "10 min", 3600: "1 h",
    21600: "6 h", 86400: "1 d", 604800: "7 d",
}  # fmt: skip
_STYLE: Final[dict[Any, Any]] = {
    "figure.constrained_layout.use": True,
    "figure.constrained_layout.h_pad": 0.12,
    "figure.constrained_layout.w_pad": 0.12,
    "font.size": 13,
    "text.color": _INK,
    "axes.edgecolor": _GRID,
    "axes.labelcolor": _DIM,
    "xtick.color": _DIM,
    "ytick.color": _DIM,
    "axes.unicode_minus": False,
}


def drawn(chart: Chart) -> bytes:
    """Return the chart as a PNG; its numbers are in the picture's description, as JSON."""
    words, fonts = writable(chart.words)
    numbers = {name: told for name, told in json_of(chart).items() if name != "words"}
    metadata = {"Title": words.title, "Description": json.dumps(numbers)}
    picture = io.BytesIO()
    with mpl.rc_context(_STYLE | {"font.family": fonts}):
        figure_of(chart, words).savefig(picture, format="png", metadata=metadata)
    return picture.getvalue()


def figure_of(chart: Chart, words: ChartWords) -> Figure:
    figure = Figure(figsize=_SIZE, dpi=_DOTS)
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(5, 4))
    figure.suptitle(words.title, fontsize=19, fontweight="bold", x=0.02, ha="left")
    _draw_sent(above, chart, words)
    _draw_latency(below, chart, words)
    _name_days(below, words)
    return figure


def _draw_sent(axes: Axes, chart: Chart, words: ChartWords) -> None:
    bars = axes.bar(range(len(chart.sent)), chart.sent, color=_TEAL, width=0.72)
    axes.bar_label(bars, [f"{one:,}" if one else "" for one in _few(chart.sent)], fontsize=11)
    _dress(axes, words.sent)
    axes.set_ylim(0, max(*chart.sent, 4) * 1.12)
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda number, _: f"{number:,.0f}"))
    if not any(chart.sent):
        axes.set_yticks([])
        _say_instead(axes, words.nothing)


def _draw_latency(axes: Axes, chart: Chart, words: ChartWords) -> None:
    """Draw on a scale of powers: an outage of an hour leaves seconds legible."""
    _dress(axes, words.latency)
    told = [one for one in (*chart.median, *chart.p95) if one is not None]
    if not told:
        axes.set_yticks([])
        _say_instead(axes, words.no_latency)
        return
    for seconds, label, colour in (
        (chart.p95, words.p95, _AMBER),
        (chart.median, words.median, _TEAL),
    ):
        heights = [float("nan") if one is None else max(one, min(_MARKS)) for one in seconds]
        axes.plot(
            range(len(heights)), heights, color=colour, label=label, linewidth=2.2, marker="o"
        )
    axes.set_yscale("log")
    marks = _marks_around(told)
    axes.set_ylim(marks[0] * 0.8, marks[-1] * 1.25)
    axes.yaxis.set_major_locator(FixedLocator(marks))
    axes.yaxis.set_major_formatter(FixedFormatter([_MARKS[one] for one in marks]))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.legend(
        loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, frameon=False, fontsize=11,
        borderaxespad=0.1, handlelength=1.4, columnspacing=1.2,
    )  # fmt: skip


def _marks_around(seconds: Sequence[float]) -> list[float]:
    """Return the marks from the last below everything to the first above it."""
    every = sorted(_MARKS)
    below = [one for one in every if one <= min(seconds)][-1:] or every[:1]
    above = [one for one in every if one >= max(seconds)][:1] or every[-1:]
    marks = [one for one in every if below[0] <= one <= above[0]]
    return marks if len(marks) > 1 else every[: every.index(marks[0]) + 2][-2:]


def _dress(axes: Axes, title: str) -> None:
    axes.set_title(title, loc="left", fontsize=14, color=_DIM)
    axes.grid(axis="y", color=_GRID)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(length=0)


def _name_days(axes: Axes, words: ChartWords) -> None:
    """Name every second day, the last among them."""
    places = range(len(words.days))
    last = len(words.days) - 1
    axes.set_xticks(
        places, [day if (last - n) % 2 == 0 else "" for n, day in enumerate(words.days)]
    )
    axes.set_xlim(-0.6, last + 0.6)
    axes.set_xlabel(words.zone, fontsize=12)
    axes.tick_params(axis="x", labelsize=11)


def _few(numbers: Sequence[int]) -> list[int]:
    """Return the numbers to be written on the bars: all of them while they are short."""
    is_short = max(numbers) < 1_000  # noqa: PLR2004 - more do not fit on a bar
    return [one if is_short or one == max(numbers) else 0 for one in numbers]


def _say_instead(axes: Axes, sentence: str) -> None:
    axes.text(0.5, 0.5, sentence, transform=axes.transAxes, ha="center", va="center", color=_DIM)
