"""What draws charts."""

from typing import Protocol

from bot.domain.chart import Chart


class ChartDrawer(Protocol):
    async def draw(self, chart: Chart) -> bytes:
        """Return the chart as a PNG. Raises ChartError."""
