"""Being subscribed at hubs, for as long as it takes."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.domain.errors import HubError
from bot.domain.hub import HubState
from bot.services.hub_callbacks import HubCallbacks
from bot.services.hub_keeping import HubKeeper
from bot.services.hub_ports import HubRecord
from bot.services.ports import SourceKey
from bot.services.waiting import GivenUpError
from bot.storage.database import Database
from tests.aids.clock import FakeClock
from tests.aids.hubs import HUB, FakeHubs, name_hub
from tests.conftest import NOW

FEED: SourceKey = ("https://e.example/feed/", "feed")
PUBLIC = "https://bot.example/dekbot"
DAY = timedelta(days=1)


@dataclass
class Desk:
    """A bot that is subscribed for one feed, on a real database."""

    store: Database
    public_url: str = PUBLIC
    sources: tuple[SourceKey, ...] = (FEED,)
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOW))
    hubs: FakeHubs = field(default_factory=FakeHubs)
    news: list[SourceKey] = field(default_factory=list)

    @property
    def keeper(self) -> HubKeeper:
        """As it is after a start: all that it knows is in the database."""
        return HubKeeper(
            self.store, self.hubs, self.clock, sources=self.sources, public_url=self.public_url
        )

    @property
    def callbacks(self) -> HubCallbacks:
        return HubCallbacks(self.store, self.clock, self.sources, self.news.append)

    async def turn(self) -> int:
        """Return how many requests were made."""
        before = len(self.hubs.asked)
        await self.keeper.turn()
        return len(self.hubs.asked) - before

    async def record(self) -> HubRecord:
        async with self.store.reading() as records:
            (record,) = await records.hubs.every()
        return record

    async def verify(self, lease: int = 864_000) -> bool:
        found = await self.callbacks.find(self.hubs.token)
        assert found
        return await self.callbacks.confirm(found, FEED[0], str(lease))

    async def subscribe(self, lease: int = 864_000) -> None:
        await name_hub(self.store, FEED[0])
        await self.turn()
        assert await self.verify(lease)


@pytest.fixture
def desk(store: Database) -> Desk:
    return Desk(store)


async def test_a_hub_is_asked_once_with_an_address_and_a_secret_nobody_can_guess(
    desk: Desk,
) -> None:
    await name_hub(desk.store, FEED[0])

    assert (await desk.turn(), await desk.turn()) == (1, 0)
    (asked,) = desk.hubs.asked
    assert (asked.hub, asked.topic, asked.lease) == (HUB, FEED[0], 10 * DAY)
    assert asked.callback.startswith(f"{PUBLIC}/websub/")
    assert min(len(desk.hubs.token), len(asked.secret)) >= 43
    assert desk.hubs.token != asked.secret
    assert len(asked.secret) < 200


async def test_a_live_subscription_is_renewed_at_the_same_address_long_before_it_ends(
    desk: Desk,
) -> None:
    await desk.subscribe(lease=7200)
    first = desk.hubs.asked[-1]
    desk.clock.pass_time(minutes=59)
    early = await desk.turn()
    desk.clock.pass_time(minutes=1)

    assert (early, await desk.turn()) == (0, 1)
    assert desk.hubs.asked[-1] == first
    assert (await desk.record()).state is HubState.LIVE
    assert await desk.verify(7200)
    assert (await desk.record()).lease_until == NOW + timedelta(hours=3)


async def test_a_long_lease_is_renewed_every_day(desk: Desk) -> None:
    """A hub that has forgotten us does not tell."""
    await desk.subscribe()
    desk.clock.pass_time(hours=24)

    assert await desk.turn() == 1


async def test_a_hub_that_is_down_is_asked_ever_later_until_the_lease_is_over_and_after(
    desk: Desk,
) -> None:
    await desk.subscribe(lease=600)
    desk.hubs.faults.extend(HubError("is down") for _ in range(8))
    minutes = []
    with capture_logs() as logs:
        for minute in range(5, 68):
            desk.clock.now = NOW + timedelta(minutes=minute)
            minutes += [minute] * await desk.turn()
    record = await desk.record()
    desk.hubs.faults.clear()
    desk.clock.pass_time(hours=1)

    assert minutes == [5, 6, 8, 12, 20, 36]  # a minute, doubled
    assert [one["event"] for one in logs].count("hub_lease_over") == 1
    assert (record.state, record.fault) == (HubState.ASKED, "is down")
    assert await desk.turn() == 1
    assert await desk.verify()
    assert (await desk.record()).state is HubState.LIVE


async def test_a_hub_that_asks_for_patience_gets_it(desk: Desk) -> None:
    await name_hub(desk.store, FEED[0])
    desk.hubs.faults.append(HubError("is busy", retry_after=7200))
    await desk.turn()
    desk.clock.pass_time(minutes=119)
    early = await desk.turn()
    desk.clock.pass_time(minutes=1)

    assert (early, await desk.turn()) == (0, 1)


async def test_a_hub_that_takes_a_request_and_never_calls_back_is_asked_again(desk: Desk) -> None:
    await name_hub(desk.store, FEED[0])
    await desk.turn()
    desk.clock.pass_time(minutes=1)

    assert await desk.turn() == 1
    assert (await desk.record()).state is HubState.ASKED


async def test_a_hub_may_call_back_before_it_has_answered(desk: Desk) -> None:
    await name_hub(desk.store, FEED[0])
    answer = desk.hubs.subscribe

    async def hasty(request: object) -> None:
        await answer(request)  # type: ignore[arg-type]
        assert await desk.verify()
        raise HubError("broke off")

    desk.hubs.subscribe = hasty  # type: ignore[method-assign]
    await desk.turn()

    record = await desk.record()
    assert (record.state, record.fault, record.requests) == (HubState.LIVE, "", 0)


async def test_killed_between_writing_down_and_asking_it_asks_after_a_minute(desk: Desk) -> None:
    await name_hub(desk.store, FEED[0])
    desk.hubs.faults.append(HubError("killed"))
    await desk.turn()
    token = desk.hubs.token
    at_once = await desk.turn()
    desk.clock.pass_time(minutes=1)

    assert (at_once, await desk.turn()) == (0, 1)
    assert desk.hubs.token == token


async def test_a_hub_that_denies_is_asked_again_the_next_day(desk: Desk) -> None:
    await desk.subscribe()
    found = await desk.callbacks.find(desk.hubs.token)
    assert found
    reason = f"no {desk.hubs.token}\n " + "x" * 999

    assert await desk.callbacks.deny(found, FEED[0], reason)
    record = await desk.record()
    desk.clock.pass_time(hours=23)
    early = await desk.turn()
    desk.clock.pass_time(hours=1)

    assert (record.state, record.lease_until) == (HubState.DENIED, None)
    assert record.fault.startswith("no … x")
    assert len(record.fault) <= 200
    assert (early, await desk.turn()) == (0, 1)


async def test_another_hub_or_topic_is_begun_with_anew(desk: Desk) -> None:
    await desk.subscribe()
    former = desk.hubs.token
    await name_hub(desk.store, FEED[0], "https://other.example/")

    assert await desk.turn() == 1
    assert desk.hubs.token != former
    assert await desk.callbacks.find(former) is None


async def test_a_feed_that_names_no_hub_any_more_is_not_subscribed(desk: Desk) -> None:
    await desk.subscribe()
    await name_hub(desk.store, FEED[0], None)
    desk.clock.pass_time(days=2)

    assert await desk.turn() == 0
    assert await desk.callbacks.find(desk.hubs.token) is None


async def test_at_another_public_address_the_hub_is_asked_at_once_and_anew(desk: Desk) -> None:
    await desk.subscribe()
    former = desk.hubs.token
    desk.public_url = "https://new.example"

    assert (await desk.turn(), await desk.turn()) == (1, 0)
    assert desk.hubs.asked[-1].callback.startswith("https://new.example/websub/")
    assert desk.hubs.token != former
    assert (await desk.record()).lease_until is None


async def test_for_what_is_off_or_polled_no_more_nothing_is_asked(desk: Desk) -> None:
    await desk.subscribe()
    async with desk.store.writing() as records:
        await records.sources.switch_off((await desk.record()).source_id, NOW)
    await name_hub(desk.store, "https://vanished.example/feed/")
    desk.clock.pass_time(days=2)
    off = await desk.turn()
    async with desk.store.writing() as records:
        source = await records.sources.find(*FEED)
        assert source
        await records.sources.switch_on(source.id, desk.clock())

    assert (off, await desk.turn()) == (0, 1)


async def test_a_stop_gives_up_a_hubs_answer(desk: Desk) -> None:
    await name_hub(desk.store, FEED[0])
    keeper = desk.keeper
    keeper.stop()

    with pytest.raises(GivenUpError):
        await keeper.turn()
