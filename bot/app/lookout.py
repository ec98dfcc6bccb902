"""What is seen of a running bot from outside, joined to what shows it."""

from collections.abc import Callable
from datetime import datetime

from bot.app.parts import Parts
from bot.domain.readiness import Connection
from bot.services.figures import Figures
from bot.services.readiness import Readiness
from bot.web.health import health_routes
from bot.web.meter import PrometheusMeter
from bot.web.metrics import metrics_routes


class Lookout:
    """Health and figures, as routes for the web side."""

    def __init__(
        self,
        parts: Parts,
        meter: PrometheusMeter,
        *,
        connection: Callable[[], Connection],
        sent_at: Callable[[], datetime | None],
    ) -> None:
        """Join them: `connection` tells of the way to Telegram, `sent_at` of the last alert."""
        sources = parts.site.sources
        self._readiness = Readiness(
            parts.database, parts.clock, sources=sources, connection=connection, sent_at=sent_at
        )
        self._figures = Figures(parts.database, parts.clock, sources=sources, connection=connection)
        self.routes = (
            *health_routes(self._readiness.look),
            *metrics_routes(meter.registry, self._figures.look),
        )

    async def close(self) -> None:
        """Wait for looks that are under way: the database is to be closed."""
        await self._readiness.close()
        await self._figures.close()
