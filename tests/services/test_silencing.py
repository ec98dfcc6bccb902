"""What a chat's silence means for the outbox, with a messenger that does as it is told."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.domain.delivery import Sent, Silenced, TopicGone
from bot.domain.matching import Stance
from bot.domain.silence import TRY_AGAIN, Silence
from bot.domain.subscriber import Address, ChatKind, Standing, Subscriber
from bot.domain.topic import Topic
from bot.services.dispatch import Dispatcher
from bot.services.letters import Letters
from bot.services.records import OutboxFigures
from bot.services.silences import Silences
from bot.storage.database import Database
from tests.aids.archive import publish, topic_number
from tests.aids.articles import ECONOMY, hours, teaser
from tests.aids.clock import FakeClock
from tests.aids.messenger import FakeMessenger
from tests.conftest import SITE_ZONE

FOLLOWED: Sequence[Topic] = (ECONOMY,)
POWERLESS = Silenced("not enough rights to send text messages to the chat")
CLOSED = Silenced("TOPIC_CLOSED", Silence.CLOSED)
FORUM = -100
MAX_AGE = hours(24)


@pytest.fixture
def dispatcher(store: Database, messenger: FakeMessenger, clock: FakeClock) -> Dispatcher:
    letters = Letters(SITE_ZONE)
    return Dispatcher(store, messenger, letters, clock, max_age=MAX_AGE, places=1)


@pytest.fixture
def silences(store: Database, clock: FakeClock) -> Silences:
    return Silences(store, clock, MAX_AGE)


async def room(store: Database, clock: FakeClock, thread_id: int = 0) -> Subscriber:
    """Have a forum's topic follow something."""
    async with store.writing() as records:
        await records.topics.ensure(FOLLOWED, clock())
        address = Address(chat_id=FORUM, thread_id=thread_id)
        made = await records.subscribers.put(address, ChatKind.SUPERGROUP, "en", clock())
        topic_id = await topic_number(records, ECONOMY)
        await records.subscribers.set_stance(made.id, topic_id, Stance.FOLLOW)
    return made


async def write(store: Database, clock: FakeClock, *slugs: str) -> None:
    async with store.writing() as records:
        for slug in slugs:
            await publish(records, teaser(slug), clock())


async def figures(store: Database) -> OutboxFigures:
    async with store.reading() as records:
        return await records.outbox.figures()


async def found(store: Database, subscriber: Subscriber) -> Subscriber:
    async with store.reading() as records:
        there = await records.subscribers.get(subscriber.id)
    assert there
    return there


async def test_one_refusal_holds_all_that_the_chat_is_owed(
    store: Database, messenger: FakeMessenger, clock: FakeClock, dispatcher: Dispatcher
) -> None:
    """What was claimed together with it, what is owed besides, and what is published later."""
    group = await room(store, clock)
    await write(store, clock, "a", "b", "c")
    messenger.answers.append(POWERLESS)

    await dispatcher.drain()
    await write(store, clock, "later")
    await dispatcher.drain()

    assert messenger.tried == 1
    after = await figures(store)
    assert (after.held, after.owed, after.dropped) == (4, 0, 0)
    assert (await found(store, group)).silence is Silence.NO_RIGHT


async def test_a_missing_right_concerns_every_topic_and_a_closing_its_own(
    store: Database, messenger: FakeMessenger, clock: FakeClock, dispatcher: Dispatcher
) -> None:
    one, other = await room(store, clock, 1), await room(store, clock, 2)
    await write(store, clock, "a")
    messenger.answers.append(CLOSED)
    await dispatcher.drain()
    silent = {(await found(store, each)).silence for each in (one, other)}
    assert silent == {None, Silence.CLOSED}

    await write(store, clock, "b")
    messenger.answers.append(POWERLESS)
    await dispatcher.drain()

    assert {(await found(store, each)).silence for each in (one, other)} == set(Silence)


async def test_a_topic_that_is_gone_takes_what_it_is_owed_along(
    store: Database, messenger: FakeMessenger, clock: FakeClock, dispatcher: Dispatcher
) -> None:
    gone, other = await room(store, clock, 1), await room(store, clock, 2)
    await write(store, clock, "a", "b")
    messenger.answers.extend([TopicGone("message thread not found"), Sent(1), Sent(2)])

    await dispatcher.drain()

    after = await figures(store)
    assert (after.dropped, after.sent, after.owed, after.held) == (2, 2, 0, 0)
    assert (await found(store, gone)).standing is Standing.RETIRED
    assert (await found(store, other)).standing is Standing.ACTIVE


async def test_a_message_that_gets_through_ends_the_silence(
    store: Database,
    messenger: FakeMessenger,
    clock: FakeClock,
    dispatcher: Dispatcher,
    silences: Silences,
) -> None:
    group = await room(store, clock)
    await write(store, clock, *"abcdef")
    messenger.answers.append(POWERLESS)
    await dispatcher.drain()

    clock.now += TRY_AGAIN
    assert await silences.try_again() == 1
    await dispatcher.drain()

    assert messenger.tried == 2  # six articles are one message
    assert (await figures(store)).sent == 6
    assert (await found(store, group)).silence is None


async def test_a_silent_chat_is_not_hammered(
    store: Database,
    messenger: FakeMessenger,
    clock: FakeClock,
    dispatcher: Dispatcher,
    silences: Silences,
) -> None:
    await room(store, clock)
    messenger.answers.extend([POWERLESS] * 99)
    for number in range(5 * 4):
        await write(store, clock, f"article-{number}")
        await silences.try_again()
        await dispatcher.drain()
        clock.pass_time(minutes=15)

    assert messenger.tried <= 6
    assert (await figures(store)).held == 5 * 4


async def test_what_is_too_old_to_be_an_alert_is_offered_and_not_lost(
    store: Database,
    messenger: FakeMessenger,
    clock: FakeClock,
    dispatcher: Dispatcher,
    silences: Silences,
) -> None:
    group = await room(store, clock)
    await silences.begin(group.address, Silence.NO_RIGHT)
    await write(store, clock, "old")
    clock.now += MAX_AGE + timedelta(seconds=1)
    await write(store, clock, "new")

    await silences.end(group.address, Silence.NO_RIGHT)
    await dispatcher.drain()

    assert len(messenger.taken) == 1
    assert (await figures(store)).held == 1
    async with store.reading() as records:
        (offer,) = await records.notices.due(clock(), 9)
    assert (offer.held, offer.about.id) == (1, group.id)
