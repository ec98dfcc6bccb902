"""Claim, send, settle: on a real database, with a messenger that does as it is told."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import pytest
from structlog.testing import capture_logs

from bot.domain.delivery import (
    BotRefused,
    ChatGone,
    ChatMoved,
    Outcome,
    Refused,
    Throttled,
    Unanswered,
)
from bot.domain.errors import BotRefusedError
from bot.domain.topic import Topic
from bot.services.dispatch import Dispatcher
from bot.services.letters import Letters
from bot.services.records import OutboxFigures
from bot.storage.database import Database
from tests.aids.archive import publish, subscribe
from tests.aids.articles import ECONOMY, hours, teaser
from tests.aids.clock import FakeClock
from tests.aids.messenger import FakeMessenger
from tests.aids.waiting import until
from tests.conftest import SITE_ZONE

FOLLOWED: Sequence[Topic] = (ECONOMY,)


def dispatcher(
    store: Database, messenger: FakeMessenger, clock: FakeClock, places: int = 8
) -> Dispatcher:
    return Dispatcher(store, messenger, Letters(SITE_ZONE), clock, max_age=hours(24), places=places)


async def owe(store: Database, clock: FakeClock, *, chats: int = 1, articles: int = 1) -> None:
    async with store.writing() as records:
        for chat in range(1, chats + 1):
            await subscribe(records, chat, clock(), follows=FOLLOWED)
        for number in range(articles):
            await publish(records, teaser(f"article-{number}"), clock())


async def figures(store: Database) -> OutboxFigures:
    async with store.reading() as records:
        return await records.outbox.figures()


async def test_everyone_owed_gets_it_once(
    store: Database, messenger: FakeMessenger, clock: FakeClock
) -> None:
    await owe(store, clock, chats=20)

    await dispatcher(store, messenger, clock).drain()

    assert sorted(messenger.chats()) == list(range(1, 21))
    assert (await figures(store)).sent == 20


async def test_no_more_chats_are_written_to_at_once_than_there_are_places(
    store: Database, messenger: FakeMessenger, clock: FakeClock
) -> None:
    await owe(store, clock, chats=20)

    await dispatcher(store, messenger, clock, places=3).drain()

    assert messenger.most_under_way <= 3
    assert len(messenger.taken) == 20


async def test_three_alerts_come_one_by_one_oldest_first_and_four_as_one_message(
    store: Database, messenger: FakeMessenger, clock: FakeClock
) -> None:
    await owe(store, clock, articles=3)
    await dispatcher(store, messenger, clock).drain()
    assert len(messenger.taken) == 3

    async with store.writing() as records:
        for number in range(4):
            await publish(records, teaser(f"more-{number}", headline=f"More {number}"), clock())
    await dispatcher(store, messenger, clock).drain()

    assert len(messenger.taken) == 4
    assert all(f"More {number}" in messenger.taken[-1][1].html for number in range(4))
    assert (await figures(store)).sent == 7


@pytest.mark.parametrize(
    ("outcome", "owed", "dropped", "failed"),
    [
        (Throttled(30), 1, 0, 0),
        (Unanswered("timed out"), 1, 0, 0),
        (ChatGone("bot was blocked by the user"), 0, 1, 0),
        (Refused("message is too long"), 0, 0, 1),
    ],
)
async def test_what_telegram_answers_decides_what_becomes_of_it(
    store: Database,
    messenger: FakeMessenger,
    clock: FakeClock,
    outcome: Outcome,
    owed: int,
    dropped: int,
    failed: int,
) -> None:
    await owe(store, clock)
    messenger.answers.append(outcome)

    await dispatcher(store, messenger, clock).drain()

    after = await figures(store)
    assert (after.owed, after.dropped, after.failed) == (owed, dropped, failed)
    assert messenger.taken == []


async def test_after_a_429_the_rest_of_the_chat_waits_with_it(
    store: Database, messenger: FakeMessenger, clock: FakeClock
) -> None:
    await owe(store, clock, articles=3)
    messenger.answers.append(Throttled(30))
    running = dispatcher(store, messenger, clock)

    await running.drain()
    clock.pass_time(seconds=29)
    await running.drain()
    assert messenger.tried == 1

    clock.pass_time(seconds=1)
    await running.drain()
    assert len(messenger.taken) == 3


async def test_an_upgraded_group_gets_its_message_at_the_new_address(
    store: Database, messenger: FakeMessenger, clock: FakeClock
) -> None:
    await owe(store, clock)
    messenger.answers.append(ChatMoved(-1001))

    await dispatcher(store, messenger, clock).drain()

    assert messenger.chats() == [-1001]


async def test_a_gone_chat_is_retired_with_all_it_was_owed(
    store: Database, messenger: FakeMessenger, clock: FakeClock
) -> None:
    await owe(store, clock, articles=3)
    messenger.answers.append(ChatGone("user is deactivated"))

    await dispatcher(store, messenger, clock).drain()

    assert messenger.tried == 1
    assert (await figures(store)).dropped == 3


async def test_when_telegram_refuses_the_bot_it_stops_and_everything_stays_owed(
    store: Database, messenger: FakeMessenger, clock: FakeClock
) -> None:
    await owe(store, clock, chats=5)
    messenger.answers.append(BotRefused("Unauthorized"))

    with pytest.raises(BotRefusedError, match="Unauthorized"):
        await dispatcher(store, messenger, clock, places=1).run()

    assert (await figures(store)).owed == 5


async def test_a_fault_of_ours_delays_one_chat_and_no_other(
    store: Database, messenger: FakeMessenger, clock: FakeClock
) -> None:
    await owe(store, clock, chats=3)
    messenger.answers.append(RuntimeError("a mistake"))
    running = dispatcher(store, messenger, clock)

    await running.drain()
    assert len(messenger.taken) == 2

    clock.pass_time(seconds=2)
    await running.drain()
    assert sorted(messenger.chats()) == [1, 2, 3]


async def test_a_graceful_stop_settles_what_is_in_flight_and_gives_back_the_rest(
    store: Database, messenger: FakeMessenger, clock: FakeClock
) -> None:
    await owe(store, clock, chats=6)
    messenger.door.clear()
    first = dispatcher(store, messenger, clock, places=2)
    run = asyncio.create_task(first.run())
    await until(lambda: messenger.under_way == 2)

    await first.stop()
    messenger.door.set()
    await run
    assert (await figures(store)).sent == 2

    await dispatcher(store, messenger, clock).drain()
    assert sorted(messenger.chats()) == [1, 2, 3, 4, 5, 6]


async def test_what_telegram_leaves_unanswered_at_the_end_stays_owed_and_is_sent_by_the_next(
    store: Database, messenger: FakeMessenger, clock: FakeClock
) -> None:
    await owe(store, clock, chats=3)
    messenger.door.clear()
    first = dispatcher(store, messenger, clock, places=2)
    run = asyncio.create_task(first.run())
    await until(lambda: messenger.under_way == 2)
    await first.stop()

    with capture_logs() as logs:
        first.give_up()
        await asyncio.wait_for(run, 10)
    told = await figures(store)
    messenger.door.set()
    clock.pass_time(minutes=5)
    await dispatcher(store, messenger, clock).drain()

    assert (told.owed, told.sent) == (3, 0)
    assert [one for one in logs if one["event"] == "alerts_given_up"] == [
        {"event": "alerts_given_up", "log_level": "warning", "messages": 2}
    ]
    assert sorted(messenger.chats()) == [1, 2, 3]


async def test_a_stop_does_not_wait_for_the_lane(
    store: Database, messenger: FakeMessenger, clock: FakeClock
) -> None:
    await owe(store, clock, chats=2)
    messenger.gate.clear()
    waiting = dispatcher(store, messenger, clock)
    run = asyncio.create_task(waiting.run())
    await until(lambda: waiting.waiting == 2)

    await waiting.stop()
    await asyncio.wait_for(run, 10)

    assert messenger.tried == 0
    assert (await figures(store)).owed == 2


async def test_what_a_killed_process_had_claimed_is_sent_by_the_next(
    store: Database, messenger: FakeMessenger, clock: FakeClock, now: datetime
) -> None:
    await owe(store, clock)
    async with store.writing() as records:
        await records.outbox.claim(now, now + hours(1), 10)  # and killed

    run = dispatcher(store, messenger, clock)
    task = asyncio.create_task(run.run())
    await until(lambda: len(messenger.taken) == 1)
    await run.stop()
    await task

    assert messenger.chats() == [1]


async def test_a_running_dispatcher_is_woken_by_what_becomes_due(
    store: Database, messenger: FakeMessenger, clock: FakeClock
) -> None:
    running = dispatcher(store, messenger, clock)
    task = asyncio.create_task(running.run())
    await owe(store, clock)
    running.wake()
    await until(lambda: len(messenger.taken) == 1)
    await running.stop()
    await task

    assert (await figures(store)).sent == 1
