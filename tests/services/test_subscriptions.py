"""What readers do with their follows and mutes: on a real database."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.domain.matching import Stance
from bot.domain.subscriber import Subscriber
from bot.domain.topic import Topic, author
from bot.domain.urgency import Urgency
from bot.services.subscriptions import Subscriptions
from bot.storage.database import Database
from tests.aids.archive import subscribe, topic_number
from tests.aids.articles import ADA, ECONOMY, MILITARY, hours
from tests.aids.clock import FakeClock

NOON = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)
#: An author who is called as a section is.
ECONOMIST = author("Economy")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOON)


@pytest.fixture
def subscriptions(store: Database, clock: FakeClock) -> Subscriptions:
    return Subscriptions(store, clock)


@pytest.fixture
async def reader(store: Database) -> Subscriber:
    """Follows the section Economy, mutes Ada, and knows of others."""
    async with store.writing() as records:
        await records.topics.ensure([ECONOMIST, MILITARY], NOON)
        return await subscribe(records, 1, NOON, follows=[ECONOMY], mutes=[ADA])


async def held(subscriptions: Subscriptions, reader: Subscriber) -> dict[str, Stance | None]:
    return {record.topic.name: record.stance for record in await subscriptions.following(reader)}


async def test_a_name_is_taken_back_from_what_has_the_stance_so_that_it_is_not_ambiguous(
    subscriptions: Subscriptions, reader: Subscriber
) -> None:
    (wish,) = await subscriptions.take_back_by_name(reader, "economy", Stance.FOLLOW)

    assert [(one.record.topic, one.changed) for one in wish.changes] == [(ECONOMY, True)]
    assert await held(subscriptions, reader) == {"Ada Lindqvist": Stance.MUTE}


@pytest.mark.parametrize(
    ("names", "about", "topic"),
    [
        ("ada lindqvist", Stance.FOLLOW, ADA),
        ("economy", Stance.MUTE, ECONOMY),
        ("military", Stance.FOLLOW, MILITARY),
    ],
)
async def test_what_has_the_other_stance_or_none_is_named_and_left_alone(
    subscriptions: Subscriptions, reader: Subscriber, names: str, about: Stance, topic: Topic
) -> None:
    before = await held(subscriptions, reader)

    (wish,) = await subscriptions.take_back_by_name(reader, names, about)

    assert [change.changed for change in wish.changes] == [False]
    assert wish.changes[0].record.topic.name == topic.name
    assert await held(subscriptions, reader) == before


async def test_near_names_come_from_what_has_the_stance(
    subscriptions: Subscriptions, reader: Subscriber
) -> None:
    near, unknown = await subscriptions.take_back_by_name(
        reader, "ecnomy, zeppelins", Stance.FOLLOW
    )

    assert [record.topic for record in near.candidates] == [ECONOMY]
    assert (unknown.changes, unknown.candidates) == ((), ())
    assert await subscriptions.take_back_by_name(reader, " ", Stance.FOLLOW) == []


async def test_a_button_to_unfollow_never_unmutes(
    subscriptions: Subscriptions, reader: Subscriber, store: Database
) -> None:
    async with store.reading() as records:
        ada = await topic_number(records, ADA)

    change = await subscriptions.set_stance(reader, ada, None, about=Stance.FOLLOW)

    assert change is not None
    assert (change.changed, change.record.stance) == (False, Stance.MUTE)
    assert (await held(subscriptions, reader))["Ada Lindqvist"] is Stance.MUTE


async def test_a_topic_is_looked_up_as_the_chat_has_it(
    subscriptions: Subscriptions, reader: Subscriber, store: Database
) -> None:
    async with store.writing() as records:
        economy = await topic_number(records, ECONOMY)
        military = await topic_number(records, MILITARY)
        await records.timings.set_urgency(reader.id, economy, Urgency.SILENT)

    followed = await subscriptions.topic(reader, economy)
    other = await subscriptions.topic(reader, military)

    assert followed is not None
    assert (followed.topic, followed.stance) == (ECONOMY, Stance.FOLLOW)
    assert followed.urgency is Urgency.SILENT
    assert other is not None
    assert (other.stance, other.urgency) == (None, None)
    assert await subscriptions.topic(reader, 999) is None
    again = await subscriptions.set_stance(reader, economy, Stance.FOLLOW)
    assert again is not None
    assert again.record == followed


async def test_pauses_end_when_they_are_over_and_until_then_nobody_waits_to_write(
    subscriptions: Subscriptions, reader: Subscriber, store: Database, clock: FakeClock
) -> None:
    await subscriptions.pause(reader, NOON + hours(2))
    clock.pass_time(hours=1)
    async with store.writing(), asyncio.timeout(10):  # there is one turn to write, and it is taken
        assert await subscriptions.resume_due() == 0

    clock.pass_time(hours=1)
    assert await subscriptions.resume_due() == 1
    assert await subscriptions.resume_due() == 0
