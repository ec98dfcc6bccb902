"""Each source has a tempo of its own, learned from what it has shown."""

from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.domain.tempo import fixed
from bot.services import rhythms
from bot.services.rhythms import Rhythms, is_fixed
from bot.storage.database import Database
from tests.aids.clock import FakeClock
from tests.aids.habits import FakeTimedSource, every_week, published
from tests.conftest import SITE_ZONE

#: Wednesday, noon in Seoul.
NOON = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)
BUSY = FakeTimedSource()
YOUNG = FakeTimedSource(url="https://www.example.org/young/")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    monkeypatch.setattr(rhythms, "_BREATH", 0)
    return FakeClock(NOON)


def of(
    store: Database, clock: FakeClock, *sources: FakeTimedSource, adaptive: bool = True
) -> Rhythms:
    return Rhythms(store, clock, SITE_ZONE, sources, adaptive=adaptive)


async def test_a_source_with_a_past_is_read_by_it_and_one_without_at_its_interval(
    store: Database, clock: FakeClock
) -> None:
    await published(store, BUSY.key, every_week(NOON))
    await published(store, YOUNG.key, every_week(NOON, weeks=1))
    known = of(store, clock, BUSY, YOUNG)
    before = known.tempo(BUSY.key)

    with capture_logs() as logs:
        await known.learn()

    busy, night = known.tempo(BUSY.key), NOON - timedelta(hours=11, minutes=30)
    assert before == known.tempo(YOUNG.key) == fixed(BUSY.interval, SITE_ZONE)
    assert busy.after(NOON) - NOON < BUSY.interval / 3
    assert busy.after(night) - night > BUSY.interval
    assert [(one["event"], one["source"], one["articles"]) for one in logs] == [
        ("tempo_learned", BUSY.url, 100)
    ]


async def test_what_is_learned_a_day_later_replaces_it(store: Database, clock: FakeClock) -> None:
    known = of(store, clock, BUSY)
    await known.learn()
    unknown = known.tempo(BUSY.key)
    await published(store, BUSY.key, every_week(NOON))
    clock.pass_time(days=1)

    await known.learn()

    assert unknown.rhythm is None
    assert known.tempo(BUSY.key).rhythm is not None


async def test_nothing_is_learned_where_that_is_switched_off(
    store: Database, clock: FakeClock
) -> None:
    await published(store, BUSY.key, every_week(NOON))
    known = of(store, clock, BUSY, adaptive=False)

    await known.learn()

    assert known.tempo(BUSY.key) == fixed(BUSY.interval, SITE_ZONE)


async def test_no_interval_is_shorter_than_the_profile_and_the_server_allow(
    store: Database, clock: FakeClock
) -> None:
    patient = FakeTimedSource(least_interval=timedelta(minutes=2), fresh_for=timedelta(minutes=3))
    stubborn = FakeTimedSource(url="https://www.example.org/cached/", fresh_for=timedelta(hours=1))
    for source in (patient, stubborn):
        await published(store, source.key, every_week(NOON))
    known = of(store, clock, patient, stubborn)

    await known.learn()

    assert 1 / max(known.tempo(patient.key).densities) == pytest.approx(180)
    assert known.tempo(stubborn.key) == fixed(stubborn.interval, SITE_ZONE)
    assert (is_fixed(patient), is_fixed(stubborn)) == (False, True)


async def test_a_stop_leaves_the_other_sources_as_they_are(
    store: Database, clock: FakeClock
) -> None:
    await published(store, BUSY.key, every_week(NOON))
    known = of(store, clock, BUSY)
    known.stop()

    await known.learn()

    assert known.tempo(BUSY.key).rhythm is None
