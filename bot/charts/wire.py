"""A chart on its way between two processes."""

from dataclasses import asdict
from typing import Any

from bot.domain.chart import Chart, ChartWords


def json_of(chart: Chart) -> dict[str, Any]:
    return asdict(chart)


def chart_of(told: dict[str, Any]) -> Chart:
    """Return the chart that was written so."""
    words = [ChartWords(**{**one, "days": tuple(one["days"])}) for one in told["words"]]
    numbers = {name: tuple(told[name]) for name in ("sent", "median", "p95")}
    return Chart(words=tuple(words), **numbers)
