"""Figures over HTTP, as Prometheus reads them."""

from datetime import UTC, datetime, timedelta

from prometheus_client.parser import text_string_to_metric_families

from bot.domain.delivery import Outcome, Sent
from bot.domain.readiness import Connection, SourceReadings
from bot.services.figures import Snapshot, Stored
from bot.services.records import OpenFigures
from bot.web.meter import _OUTCOMES
from bot.web.metrics import metrics_routes
from tests.aids.looking import served
from tests.aids.metered import Metered

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
FEED, PAGE = "https://www.example.org/feed/", 'https://www.example.org/tag/"\\\n/'
OPEN = OpenFigures(owed=5, due=2, held=3, oldest_due=NOON - timedelta(seconds=7.5))


def stored(deliveries: OpenFigures = OPEN) -> Stored:
    interval = timedelta(minutes=5)
    return Stored(
        at=NOON,
        deliveries=deliveries,
        sources=(
            SourceReadings(url=FEED, kind="feed", interval=interval, read_at=NOON),
            SourceReadings(url=PAGE, kind="page", interval=interval, failures=4),
        ),
    )


def snapshot(there: Stored | None) -> Snapshot:
    return Snapshot(stored=there, connection=Connection(answered_at=NOON))


Samples = dict[tuple[str, tuple[str, ...]], float]


def read(text: str) -> Samples:
    """Return the figures by name and values of their labels."""
    return {
        (sample.name.removeprefix("dekbot_"), tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def scraped(meter: Metered, *snapshots: Snapshot) -> list[Samples]:
    """Return what each of as many scrapes shows."""
    left = list(snapshots)

    async def look() -> Snapshot:
        return left.pop(0)

    async with served(metrics_routes(meter.registry, look)) as asked:
        return [read(await asked.text("/metrics")) for _ in snapshots]


async def test_what_the_database_holds_is_shown_as_of_the_scrape() -> None:
    nothing = OpenFigures(owed=0, due=0, held=0, oldest_due=None)
    first, then = await scraped(Metered(), snapshot(stored()), snapshot(stored(nothing)))

    assert first["outbox_deliveries", ("due",)] == 2
    assert first["outbox_deliveries", ("later",)] == 3
    assert first["outbox_deliveries", ("held",)] == 3
    assert first["outbox_oldest_due_age_seconds", ()] == 7.5
    assert first["source_last_success_timestamp_seconds", ("feed", FEED)] == NOON.timestamp()
    assert first["source_last_success_timestamp_seconds", ("page", PAGE)] == 0
    assert first["source_failures", ("page", PAGE)] == 4
    assert first["source_overdue_after_seconds", ("feed", FEED)] == 900
    assert first["telegram_last_answer_timestamp_seconds", ()] == NOON.timestamp()
    assert first["build_info", ("1.2.3",)] == 1
    assert then["outbox_deliveries", ("due",)] == then["outbox_oldest_due_age_seconds", ()] == 0


async def test_with_the_database_gone_all_else_is_shown_and_nothing_that_was() -> None:
    meter = Metered()
    meter.sent(Sent(1), 0.1)
    there, gone = await scraped(meter, snapshot(stored()), snapshot(None))

    assert (there["database_readable", ()], gone["database_readable", ()]) == (1, 0)
    lost = {name for name, _ in there} - {name for name, _ in gone}
    assert lost == {
        "outbox_deliveries",
        "outbox_oldest_due_age_seconds",
        "source_last_success_timestamp_seconds",
        "source_failures",
        "source_overdue_after_seconds",
    }
    assert gone["sends_total", ("sent",)] == 1


async def test_what_can_be_counted_stands_there_from_the_start() -> None:
    """Otherwise the first fault would be no rise to Prometheus."""
    (shown,) = await scraped(Metered(), snapshot(stored()))

    for name, label in [
        ("sends_total", "bot_refused"),
        ("edits_total", "refused"),
        ("deliveries_settled_total", "failed"),
        ("telegram_throttled_total", "alerts"),
        ("database_failures_total", "writing"),
        ("updates_total", "message"),
    ]:
        assert shown[name, (label,)] == 0
    assert shown["reply_latency_seconds_count", ("message",)] == 0


async def test_two_meters_know_nothing_of_each_other() -> None:
    one, other = Metered(), Metered()
    one.planned(3)

    assert (one.shows("deliveries_owed_total"), other.shows("deliveries_owed_total")) == (3, 0)


async def test_the_machine_s_figures_are_there_and_no_time_of_birth() -> None:
    (shown,) = await scraped(Metered(), snapshot(stored()))

    names = {name for name, _ in shown}
    assert {"process_resident_memory_bytes", "python_gc_collections_total"} <= names
    assert [name for name in names if name.endswith("_created")] == []


def test_every_outcome_has_a_name_of_its_own() -> None:
    assert set(_OUTCOMES) == set(Outcome.__args__)
    assert len(set(_OUTCOMES.values())) == len(_OUTCOMES)
