"""A broadcast on its way: on a real database, with a messenger that does as it is told."""

import asyncio
from collections import Counter

import pytest
from structlog.testing import capture_logs

from bot.domain.broadcast import Audience, Stage, Tally
from bot.domain.delivery import (
    BotRefused,
    ChatGone,
    ChatMoved,
    Outcome,
    Refused,
    Silenced,
    Throttled,
    Unanswered,
    Unreachable,
)
from bot.domain.errors import BotRefusedError
from bot.domain.subscriber import Address, Standing
from bot.services.broadcast_sending import BroadcastSender
from bot.services.broadcasting import Broadcasts, Done
from bot.storage.database import Database
from tests.aids.archive import subscribe
from tests.aids.articles import hours
from tests.aids.clock import FakeClock
from tests.aids.messenger import FakeMessenger
from tests.aids.waiting import until

BEN = 4_201
SHOWN = (BEN, 1)


class Desk:
    """A broadcast that was begun, and what sends it."""

    def __init__(self, store: Database, messenger: FakeMessenger, clock: FakeClock) -> None:
        self.store, self.messenger, self.clock = store, messenger, clock
        self.broadcasts = Broadcasts(
            store,
            clock,
            rate=28,
            on_change=lambda: self.sender.wake(),  # noqa: PLW0108 - it is built later
            on_stop=lambda: self.sender.halt(),  # noqa: PLW0108 - likewise
        )
        self.sender = self.started()
        self.number = 0

    def started(self, places: int = 8, width: int = 2_000) -> BroadcastSender:
        """Return the sender as it is behind a start of the program."""
        self.sender = BroadcastSender(
            self.store,
            self.messenger,
            self.clock,
            max_age=hours(24),
            places=places,
            width=width,
        )
        return self.sender

    async def begin(self, count: int) -> None:
        async with self.store.writing() as records:
            for chat_id in range(1, count + 1):
                await subscribe(records, chat_id, self.clock())
        draft = await self.broadcasts.write("Hello <b>everyone</b>", BEN)
        self.number = draft.broadcast.id
        assert await self.broadcasts.begin(self.number, BEN, Audience.PRIVATE, SHOWN) is Done.DONE

    async def tally(self) -> Tally:
        status = await self.broadcasts.status(self.number)
        assert status
        return status.tally

    async def stage(self) -> Stage:
        status = await self.broadcasts.status(self.number)
        assert status
        return status.broadcast.stage


@pytest.fixture
def desk(store: Database, messenger: FakeMessenger, clock: FakeClock) -> Desk:
    return Desk(store, messenger, clock)


async def test_everyone_gets_it_once_and_then_it_is_done(desk: Desk) -> None:
    await desk.begin(20)
    with capture_logs() as logs:
        await desk.sender.drain()

    assert Counter(desk.messenger.chats()) == dict.fromkeys(range(1, 21), 1)
    assert {letter.html for _, letter in desk.messenger.taken} == {"Hello <b>everyone</b>"}
    assert await desk.stage() is Stage.DONE
    (done,) = [one for one in logs if one["event"] == "broadcast_done"]
    assert (done["sent"], done["unreachable"], done["failed"], done["by"]) == (20, 0, 0, BEN)


async def test_every_copy_is_in_the_database_before_the_first_is_sent(desk: Desk) -> None:
    await desk.begin(20)
    desk.messenger.door.clear()
    sender = desk.started(places=1, width=3)
    run = asyncio.create_task(sender.run())
    await until(lambda: desk.messenger.tried == 1)
    assert (await desk.tally()).readers == 20

    desk.messenger.door.set()
    await until(lambda: len(desk.messenger.taken) == 20)
    await sender.stop()
    await run


@pytest.mark.parametrize(
    ("outcome", "after"),
    [
        (Throttled(30), Tally(sent=2, open=1, waiting=1)),
        (Unanswered("timed out"), Tally(sent=2, open=1, waiting=1)),
        (Unreachable("refused"), Tally(sent=2, open=1, waiting=1)),
        (ChatGone("bot was blocked by the user"), Tally(sent=2, unreachable=1)),
        (Silenced("not enough rights"), Tally(sent=2, unreachable=1)),
        (Refused("can't parse entities"), Tally(sent=2, failed=1)),
        (RuntimeError("a mistake"), Tally(sent=2, open=1, waiting=1)),
    ],
)
async def test_what_telegram_answers_decides_what_becomes_of_a_copy(
    desk: Desk, outcome: Outcome | Exception, after: Tally
) -> None:
    await desk.begin(3)
    desk.messenger.answers.append(outcome)
    await desk.sender.drain()
    assert await desk.tally() == after
    assert (await desk.stage() is Stage.DONE) is (not after.open)

    desk.clock.pass_time(seconds=30)
    await desk.sender.drain()

    assert await desk.stage() is Stage.DONE
    assert max(Counter(desk.messenger.chats()).values()) == 1
    assert len(desk.messenger.taken) == 2 + after.open


async def test_who_blocked_the_bot_is_retired(desk: Desk) -> None:
    await desk.begin(1)
    desk.messenger.answers.append(ChatGone("bot was blocked by the user"))
    await desk.sender.drain()

    async with desk.store.reading() as records:
        found = await records.subscribers.find(Address(chat_id=1))
    assert found
    assert found.standing is Standing.RETIRED


async def test_an_upgraded_group_gets_it_at_the_new_address(desk: Desk) -> None:
    await desk.begin(1)
    desk.messenger.answers.append(ChatMoved(-1001))
    await desk.sender.drain()

    assert desk.messenger.chats() == [-1001]


async def test_stopped_nothing_that_waits_for_its_turn_goes_out(desk: Desk) -> None:
    await desk.begin(20)
    desk.messenger.gate.clear()
    run = asyncio.create_task(desk.sender.run())
    await until(lambda: desk.messenger.turns_waited == 8)

    assert await desk.broadcasts.stop(desk.number, BEN, SHOWN) is Done.DONE
    desk.messenger.gate.set()
    await asyncio.sleep(0.05)
    assert desk.messenger.taken == []
    assert await desk.tally() == Tally(open=20)

    assert await desk.broadcasts.resume(desk.number, BEN, SHOWN) is Done.DONE
    await until(lambda: len(desk.messenger.taken) == 20)
    await desk.sender.stop()
    await run
    assert Counter(desk.messenger.chats()) == dict.fromkeys(range(1, 21), 1)


async def test_stopped_what_is_under_way_arrives_and_is_not_sent_again(desk: Desk) -> None:
    await desk.begin(20)
    desk.messenger.door.clear()
    run = asyncio.create_task(desk.sender.run())
    await until(lambda: desk.messenger.under_way == 8)
    await desk.broadcasts.stop(desk.number, BEN, SHOWN)
    desk.messenger.door.set()
    await until(lambda: len(desk.messenger.taken) == 8)
    await desk.broadcasts.resume(desk.number, BEN, SHOWN)
    await until(lambda: len(desk.messenger.taken) == 20)
    await desk.sender.stop()
    await run

    assert Counter(desk.messenger.chats()) == dict.fromkeys(range(1, 21), 1)


async def test_a_graceful_stop_of_the_bot_settles_what_is_under_way_and_the_next_goes_on(
    desk: Desk,
) -> None:
    await desk.begin(20)
    desk.messenger.door.clear()
    first = desk.sender
    run = asyncio.create_task(first.run())
    await until(lambda: desk.messenger.under_way == 8)
    await first.stop()
    desk.messenger.door.set()
    await run
    assert await desk.tally() == Tally(sent=8, open=12)

    await desk.started().drain()
    assert Counter(desk.messenger.chats()) == dict.fromkeys(range(1, 21), 1)


async def test_what_a_killed_process_had_claimed_is_sent_by_the_next(desk: Desk) -> None:
    await desk.begin(5)
    async with desk.store.writing() as records:
        await records.copies.plan(desk.number, 2_000, desk.clock())
        claimed, _ = await records.copies.claim(  # and killed
            desk.number, desk.clock(), desk.clock() + hours(1), 3
        )
    sender = desk.started()
    with capture_logs() as logs:
        run = asyncio.create_task(sender.run())
        await until(lambda: len(desk.messenger.taken) == 5)
        await sender.stop()
        await run

    assert len(claimed) == 3
    assert [one["copies"] for one in logs if one["event"] == "broadcast_copies_resumed"] == [3]
    assert sorted(desk.messenger.chats()) == [1, 2, 3, 4, 5]


async def test_when_telegram_refuses_the_bot_it_stops_and_everything_stays_owed(
    desk: Desk,
) -> None:
    await desk.begin(5)
    desk.messenger.answers.append(BotRefused("Unauthorized"))

    with pytest.raises(BotRefusedError, match="Unauthorized"):
        await desk.started(places=1).run()

    assert (await desk.tally()).open == 5


async def test_what_telegram_leaves_unanswered_at_the_end_is_sent_by_the_next(desk: Desk) -> None:
    await desk.begin(3)
    desk.messenger.door.clear()
    first = desk.started(places=2)
    run = asyncio.create_task(first.run())
    await until(lambda: desk.messenger.under_way == 2)
    await first.stop()
    with capture_logs() as logs:
        first.give_up()
        await asyncio.wait_for(run, 10)
    desk.messenger.door.set()
    desk.clock.pass_time(minutes=1)
    await desk.started().drain()

    assert [one["messages"] for one in logs if one["event"] == "broadcast_given_up"] == [2]
    assert sorted(desk.messenger.chats()) == [1, 2, 3]
