"""What the tables tell in numbers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.figures import Readership, Traffic


class FigureRecords(Protocol):
    """Read by what has an index: no question reads all deliveries that ever were."""

    async def readership(self, new_since: datetime) -> Readership: ...

    async def traffic(
        self, bounds: Sequence[tuple[datetime, datetime]], *, timed: bool = True
    ) -> list[Traffic]:
        """Return what was settled within each (beginning, end), the end left out.

        Latency takes most of the time; where it is not asked for, there is none.
        """
