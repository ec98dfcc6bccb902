"""When alerts come: on a real database, with a clock that is set and a messenger that obeys."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfoNotFoundError

import pytest

from bot.domain.editions_parser import stored_editions
from bot.domain.quiet_parser import stored_quiet
from bot.domain.subscriber import Subscriber
from bot.domain.topic import Topic
from bot.domain.urgency import Urgency
from bot.services.dispatch import Dispatcher
from bot.services.letters import Letters
from bot.services.timing import TimingService
from bot.storage.database import Database
from tests.aids.archive import publish, subscribe, topic_number
from tests.aids.articles import ADA, ECONOMY, hours, teaser
from tests.aids.clock import FakeClock
from tests.aids.messenger import FakeMessenger
from tests.aids.planning import planner
from tests.conftest import SITE_ZONE

#: A Wednesday, noon in Seoul.
NOON = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)


class Desk:
    """A chat that follows the economy, and what it gets as time passes."""

    def __init__(self, store: Database) -> None:
        self.store = store
        self.clock = FakeClock(NOON)
        self.messenger = FakeMessenger()
        self.timing = TimingService(store, self.clock, SITE_ZONE)
        self.planner = planner(store, self.clock)
        self.dispatcher = Dispatcher(
            store, self.messenger, Letters(SITE_ZONE), self.clock, max_age=hours(24), places=8
        )
        self._published = 0

    async def subscriber(self, *topics: Topic) -> Subscriber:
        async with self.store.writing() as records:
            return await subscribe(records, 1, self.clock(), follows=topics or (ECONOMY,))

    async def publish(self, count: int = 1) -> None:
        for _ in range(count):
            self._published += 1
            told = teaser(f"a-{self._published}", headline=f"Story {self._published}")
            await self.timing.turn_due()
            async with self.store.writing() as records:
                await publish(records, told, self.clock())

    async def got(self, **later: float) -> list[str]:
        """Let time pass, and return the messages that came since the last time."""
        self.clock.pass_time(**later)
        await self.timing.turn_due()
        self.messenger.taken.clear()
        await self.dispatcher.drain()
        return [letter.html for _, letter in self.messenger.taken]


@pytest.fixture
def desk(store: Database) -> Desk:
    return Desk(store)


async def test_an_edition_comes_at_its_time_with_all_that_waited_and_an_empty_one_never(
    desk: Desk,
) -> None:
    one = await desk.subscriber()
    view = await desk.timing.set_editions(one, stored_editions("weekdays 18:00"))
    assert view.next_edition == NOON + hours(6)

    await desk.publish(2)
    assert await desk.got(hours=5.9) == []
    (edition,) = await desk.got(hours=0.1)

    assert "Your edition" in edition
    assert edition.index("Story 2") < edition.index("Story 1")
    assert await desk.got(hours=24) == []


async def test_quiet_hours_end_with_one_catch_up_when_it_is_more_than_three(desk: Desk) -> None:
    one = await desk.subscriber()
    await desk.timing.set_quiet(one, stored_quiet("22:00-07:00"))

    assert await desk.got(hours=11) == []  # 23:00
    await desk.publish(5)
    assert await desk.got(hours=7.9) == []
    (catch_up,) = await desk.got(hours=0.1)

    assert "While it was quiet" in catch_up
    assert all(f"Story {number}" in catch_up for number in range(1, 6))


async def test_three_alerts_or_fewer_come_one_by_one_behind_quiet_hours(desk: Desk) -> None:
    one = await desk.subscriber()
    await desk.timing.set_quiet(one, stored_quiet("10:00-13:00"))
    await desk.publish(3)

    assert len(await desk.got(hours=1)) == 3


async def test_quiet_hours_that_are_lifted_bring_what_waited_at_once(desk: Desk) -> None:
    one = await desk.subscriber()
    await desk.timing.set_quiet(one, stored_quiet("10:00-13:00"))
    await desk.publish()
    assert await desk.got() == []

    await desk.timing.set_quiet(one, None)

    assert len(await desk.got()) == 1


async def test_a_watched_author_comes_at_once_although_the_rest_waits_for_the_edition(
    desk: Desk,
) -> None:
    one = await desk.subscriber(ECONOMY, ADA)
    await desk.timing.set_editions(one, stored_editions("daily 18:00"))
    async with desk.store.reading() as records:
        ada = await topic_number(records, ADA)

    record = await desk.timing.set_urgency(one, ada, Urgency.LOUD)
    await desk.publish()

    assert record is not None
    assert record.urgency is Urgency.LOUD
    assert len(await desk.got()) == 1


async def test_a_silent_topic_comes_at_once_without_a_sound(desk: Desk) -> None:
    one = await desk.subscriber()
    async with desk.store.reading() as records:
        economy = await topic_number(records, ECONOMY)
    await desk.timing.set_urgency(one, economy, Urgency.SILENT)
    await desk.publish()

    await desk.got()
    ((_, letter),) = desk.messenger.taken

    assert letter.silent


async def test_a_topic_for_the_edition_waits_for_the_evening_where_there_are_none(
    desk: Desk,
) -> None:
    one = await desk.subscriber()
    async with desk.store.reading() as records:
        economy = await topic_number(records, ECONOMY)
    await desk.timing.set_urgency(one, economy, Urgency.DIGEST)
    await desk.publish()

    assert await desk.got(hours=5.9) == []
    assert len(await desk.got(hours=0.2)) == 1


async def test_an_urgency_is_given_to_follows_only(desk: Desk) -> None:
    one = await desk.subscriber()

    assert await desk.timing.set_urgency(one, 999, Urgency.LOUD) is None


async def test_no_chat_gets_more_than_three_messages_of_alerts_within_a_minute(desk: Desk) -> None:
    await desk.subscriber()
    for _ in range(3):
        await desk.publish()
        assert len(await desk.got(seconds=5)) == 1

    await desk.publish(2)
    assert await desk.got(seconds=5) == []
    await desk.publish(2)
    (bundle,) = await desk.got(seconds=55)

    assert all(f"Story {number}" in bundle for number in range(4, 8))


async def test_editions_switched_off_bring_what_waited_as_a_catch_up(desk: Desk) -> None:
    one = await desk.subscriber()
    await desk.timing.set_editions(one, stored_editions("daily 18:00"))
    await desk.publish(4)

    view = await desk.timing.set_editions(one, None)

    assert view.next_edition is None
    (catch_up,) = await desk.got()
    assert "Story 4" in catch_up


async def test_a_new_zone_moves_the_edition(desk: Desk) -> None:
    one = await desk.subscriber()
    await desk.timing.set_editions(one, stored_editions("daily 18:00"))
    await desk.publish()

    view = await desk.timing.set_zone(one, "Europe/Berlin")

    assert view.zone_name == "Europe/Berlin"
    assert view.next_edition == datetime(2026, 3, 4, 17, 0, tzinfo=UTC)
    assert await desk.got(hours=6) == []
    assert len(await desk.got(hours=8)) == 1
    with pytest.raises(ZoneInfoNotFoundError):
        await desk.timing.set_zone(one, "Mars/Olympus")


async def test_only_calendars_whose_turn_has_come_are_turned(desk: Desk) -> None:
    one = await desk.subscriber()
    await desk.timing.set_editions(one, stored_editions("hourly"))

    assert await desk.timing.turn_due() == 0
    desk.clock.pass_time(hours=1)
    assert await desk.timing.turn_due() == 1
    assert await desk.timing.turn_due() == 0
    assert (await desk.timing.view(one)).next_edition == NOON + timedelta(hours=2)
