"""`/metrics`: what was counted as it happened, and what the database holds at the moment."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Final

from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.domain.readiness import overdue_after
from bot.services.figures import Snapshot, Stored

_CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_BY_SOURCE: Final = ("source", "kind")


def metrics_routes(
    registry: CollectorRegistry, look: Callable[[], Awaitable[Snapshot]]
) -> list[web.RouteDef]:
    """Serve the registry, and what each look shows; with the database gone, all else is served."""
    seen = _Seen()
    registry.register(seen)

    async def metrics(_: web.Request) -> web.Response:
        # Nothing is awaited between these two, so that each scrape shows its own look.
        seen.snapshot = await look()
        text = generate_latest(registry)
        return web.Response(body=text, headers={"Content-Type": _CONTENT_TYPE})

    return [web.get("/metrics", metrics)]


class _Seen(Collector):
    """What was seen at the last look; nothing of it lasts longer."""

    def __init__(self) -> None:
        self.snapshot: Snapshot | None = None

    def describe(self) -> Iterator[Metric]:
        """Return nothing: the registry would ask for a look before there was one."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        if self.snapshot is None:
            return
        stored, answered_at = self.snapshot.stored, self.snapshot.connection.answered_at
        yield _gauge(
            "database_readable", "Whether the figures of the database could be read.", bool(stored)
        )
        if answered_at is not None:
            yield _gauge(
                "telegram_last_answer_timestamp_seconds",
                "When Telegram last answered anything.",
                answered_at.timestamp(),
            )
        if stored is not None:
            yield from _outbox(stored)
            yield from _sources(stored)


def _outbox(stored: Stored) -> Iterator[Metric]:
    figures = stored.deliveries
    by_state = GaugeMetricFamily(
        "dekbot_outbox_deliveries", "Deliveries that are not settled.", labels=("state",)
    )
    by_state.add_metric(("due",), figures.due)
    by_state.add_metric(("later",), figures.owed - figures.due)
    by_state.add_metric(("held",), figures.held)
    yield by_state
    due = figures.oldest_due
    yield _gauge(
        "outbox_oldest_due_age_seconds",
        "For how long the oldest due delivery has been due; 0 where none is.",
        0.0 if due is None else (stored.at - due).total_seconds(),
    )


def _sources(stored: Stored) -> Iterator[Metric]:
    success = GaugeMetricFamily(
        "dekbot_source_last_success_timestamp_seconds",
        "When the source was last read; 0 before the first time.",
        labels=_BY_SOURCE,
    )
    failures = GaugeMetricFamily(
        "dekbot_source_failures", "Failures since the last success.", labels=_BY_SOURCE
    )
    allowed = GaugeMetricFamily(
        "dekbot_source_overdue_after_seconds",
        "Without a success for so long, the source is overdue.",
        labels=_BY_SOURCE,
    )
    for one in stored.sources:
        labels = (one.url, one.kind)
        success.add_metric(labels, one.read_at.timestamp() if one.read_at else 0)
        failures.add_metric(labels, one.failures)
        allowed.add_metric(labels, overdue_after(one.interval).total_seconds())
    yield from (success, failures, allowed)


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"dekbot_{name}", meaning, value=value)
