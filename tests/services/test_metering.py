"""What the use cases have counted: a real database, a real meter."""

from datetime import timedelta

import pytest

from bot.domain.delivery import ChatGone, Outcome, Refused, Sent, Silenced, Throttled
from bot.services.dispatch import Dispatcher
from bot.services.ingest import Ingest
from bot.services.letters import Letters
from bot.services.meter import Meter, Unmetered
from bot.services.polling import Poller
from bot.storage.database import Database
from tests.aids.archive import publish, subscribe
from tests.aids.articles import ECONOMY, hours, teaser
from tests.aids.clock import FakeClock
from tests.aids.messenger import FakeMessenger
from tests.aids.metered import Metered
from tests.aids.planning import planner
from tests.aids.source import FakeSource
from tests.conftest import SITE_ZONE


@pytest.fixture
def meter() -> Metered:
    return Metered()


def dispatcher(
    store: Database, messenger: FakeMessenger, clock: FakeClock, meter: Meter
) -> Dispatcher:
    return Dispatcher(
        store, messenger, Letters(SITE_ZONE), clock, max_age=hours(24), places=8, meter=meter
    )


async def test_readings_are_counted_by_source_and_outcome(
    store: Database, clock: FakeClock, meter: Metered
) -> None:
    ingest = Ingest(store, clock, hours(24), meter=meter)
    poller = Poller(store, ingest, clock, lambda: None, meter)
    new = teaser("new", published=clock())
    feed = FakeSource().says(teaser("old")).says(new).says_nothing_new().fails("http-500")
    page = FakeSource("https://www.example.org/tag/economy/").fails("timeout")
    for source in (feed, feed, feed, feed, page, page):  # the last one is left alone
        await poller.poll(source)

    counted = {
        (source.url, outcome): meter.shows(
            "polls_total", source=source.url, kind="feed", outcome=outcome
        )
        for source in (feed, page)
        for outcome in ("baseline", "read", "unchanged", "failed")
    }
    assert {key: number for key, number in counted.items() if number} == {
        (feed.url, "baseline"): 1,
        (feed.url, "read"): 1,
        (feed.url, "unchanged"): 1,
        (feed.url, "failed"): 1,
        (page.url, "failed"): 1,
    }
    events = {name: meter.shows("articles_total", event=name) for name in ("new", "alerting")}
    assert events == {"new": 2, "alerting": 1}


async def test_what_becomes_owed_is_counted(
    store: Database, clock: FakeClock, meter: Metered
) -> None:
    async with store.writing() as records:
        for chat in range(1, 4):
            await subscribe(records, chat, clock(), follows=[ECONOMY])
        await publish(records, teaser(), clock(), planned=False)
    planning = planner(store, clock, meter=meter)

    assert await planning.plan() == 3
    assert meter.shows("deliveries_owed_total") == 3


@pytest.mark.parametrize(
    ("outcome", "name", "state"),
    [
        (Sent(1), "deliveries_settled_total", "sent"),
        (ChatGone("blocked"), "deliveries_settled_total", "dropped"),
        (Refused("too long"), "deliveries_settled_total", "failed"),
        (Throttled(30), "deliveries_put_off_total", "owed"),
        (Silenced("no rights"), "deliveries_put_off_total", "held"),
    ],
)
async def test_what_becomes_of_a_delivery_is_counted(
    store: Database,
    messenger: FakeMessenger,
    clock: FakeClock,
    meter: Metered,
    outcome: Outcome,
    name: str,
    state: str,
) -> None:
    async with store.writing() as records:
        await subscribe(records, 1, clock(), follows=[ECONOMY])
        await publish(records, teaser(), clock())
    messenger.answers.append(outcome)
    sending = dispatcher(store, messenger, clock, meter)

    await sending.drain()

    assert meter.shows(name, state=state) == 1
    assert sending.sent_at == (clock() if state == "sent" else None)


async def test_an_alert_is_clocked_from_when_it_was_owed(
    store: Database, messenger: FakeMessenger, clock: FakeClock, meter: Metered
) -> None:
    """Four alerts make one message, and each of them counts."""
    async with store.writing() as records:
        await subscribe(records, 1, clock(), follows=[ECONOMY])
        for number in range(4):
            await publish(records, teaser(f"article-{number}"), clock())
    clock.pass_time(seconds=8)

    await dispatcher(store, messenger, clock, meter).drain()

    assert len(messenger.taken) == 1
    assert meter.shows("alert_latency_seconds_count") == 4
    assert meter.shows("alert_latency_seconds_sum") == 32
    assert meter.shows("alert_latency_seconds_bucket", le="5.0") == 0
    assert meter.shows("alert_latency_seconds_bucket", le="10.0") == 4


async def test_what_was_to_come_later_is_not_clocked(
    store: Database, messenger: FakeMessenger, clock: FakeClock, meter: Metered
) -> None:
    async with store.writing() as records:
        reader = await subscribe(records, 1, clock(), follows=[ECONOMY])
        await records.subscribers.pause(reader.id, clock() + hours(1))
        await publish(records, teaser(), clock())
        await records.subscribers.resume_due(clock() + hours(2))
    clock.pass_time(hours=3)

    await dispatcher(store, messenger, clock, meter).drain()

    assert meter.shows("deliveries_settled_total", state="sent") == 1
    assert meter.shows("alert_latency_seconds_count") == 0


async def test_without_a_meter_all_is_as_with_one(
    store: Database, messenger: FakeMessenger, clock: FakeClock
) -> None:
    async with store.writing() as records:
        await subscribe(records, 1, clock(), follows=[ECONOMY])
        await publish(records, teaser(), clock())
    clock.now += timedelta(seconds=1)

    await dispatcher(store, messenger, clock, Unmetered()).drain()

    assert messenger.chats() == [1]
