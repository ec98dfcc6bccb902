"""A drawer of charts that keeps what it is given."""

import struct

from bot.domain.chart import Chart
from bot.domain.errors import ChartError

#: The head of a PNG, which is all that the stand-in looks at.
PICTURE = struct.pack(">8sI4sII", b"\x89PNG\r\n\x1a\n", 13, b"IHDR", 1080, 1080)


class FakeDrawer:
    """Implements the `ChartDrawer` port."""

    def __init__(self) -> None:
        self.charts: list[Chart] = []
        self.fault = ""

    async def draw(self, chart: Chart) -> bytes:
        self.charts.append(chart)
        if self.fault:
            raise ChartError(self.fault)
        return PICTURE
