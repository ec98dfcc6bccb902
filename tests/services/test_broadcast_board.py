"""One message shows how far a broadcast is, until it says how it ended."""

import pytest

from bot.domain.broadcast import Audience
from bot.domain.delivery import Outcome, Refused, Throttled, Unanswered, Unreachable
from bot.services.broadcast_board import BroadcastBoard
from bot.services.broadcast_sending import BroadcastSender
from bot.services.broadcasting import Broadcasts
from bot.storage.database import Database
from tests.aids.archive import subscribe
from tests.aids.articles import hours
from tests.aids.clock import FakeClock
from tests.aids.messenger import FakeMessenger

BEN = 4_201
MESSAGE = 77


class Desk:
    def __init__(self, store: Database, messenger: FakeMessenger, clock: FakeClock) -> None:
        self.store, self.clock = store, clock
        self.messenger = messenger
        self.broadcasts = Broadcasts(store, clock, rate=28)
        self.sender = BroadcastSender(store, messenger, clock, max_age=hours(24), places=8)
        self.board = self.started()
        self.number = 0

    def started(self, language: str = "en") -> BroadcastBoard:
        """Return the board as it is behind a start of the program."""
        self.board = BroadcastBoard(
            self.store, self.messenger, self.broadcasts, self.clock, language=language
        )
        return self.board

    async def begin(self, count: int = 300) -> None:
        async with self.store.writing() as records:
            for chat_id in range(1, count + 1):
                await subscribe(records, chat_id, self.clock())
        self.number = (await self.broadcasts.write("Hello", BEN)).broadcast.id
        await self.broadcasts.begin(self.number, BEN, Audience.PRIVATE, (BEN, MESSAGE))
        async with self.store.writing() as records:
            await records.copies.plan(self.number, 2_000, self.clock())

    @property
    def said(self) -> list[str]:
        return [letter.html for _, _, letter in self.messenger.changed]


@pytest.fixture
async def desk(store: Database, messenger: FakeMessenger, clock: FakeClock) -> Desk:
    return Desk(store, messenger, clock)


async def test_it_says_how_many_have_it_and_how_long_it_takes_and_nothing_twice(
    desk: Desk,
) -> None:
    await desk.begin()
    await desk.board.show()
    await desk.board.show()

    assert [(chat, message) for chat, message, _ in desk.messenger.changed] == [(BEN, MESSAGE)]
    assert "Sent: 0 of 300\nOpen: 300; 11 seconds at least" in desk.said[0]


async def test_the_end_is_shown_and_told_once_also_by_the_next_start(desk: Desk) -> None:
    await desk.begin()
    await desk.sender.drain()
    board = desk.started()  # the one before had no time for it
    await board.show()
    await board.show()
    await desk.started().show()

    assert len(desk.said) == 1
    assert desk.said[0].endswith("Sent: 300 of 300")
    assert [(to.chat_id, letter.html) for to, letter in desk.messenger.told] == [
        (BEN, desk.said[0])
    ]


async def test_a_stop_is_shown_and_told_in_no_further_message(desk: Desk) -> None:
    await desk.begin()
    await desk.broadcasts.stop(desk.number, BEN, (BEN, MESSAGE))
    await desk.board.show()
    await desk.started().show()

    assert len(desk.said) == 1
    assert "was stopped" in desk.said[0]
    assert desk.messenger.told == []


@pytest.mark.parametrize("outcome", [Throttled(30), Unreachable("down"), Unanswered("timed out")])
async def test_what_did_not_get_through_is_shown_later(desk: Desk, outcome: Outcome) -> None:
    await desk.begin()
    desk.messenger.change_answers.append(outcome)
    await desk.board.show()
    assert desk.said == []

    if isinstance(outcome, Throttled):
        await desk.board.show()
        assert desk.said == []
        desk.clock.pass_time(seconds=30)
    await desk.board.show()
    assert len(desk.said) == 1


async def test_a_message_that_is_there_no_more_is_left_alone_until_another_one_is_pressed(
    desk: Desk,
) -> None:
    await desk.begin()
    desk.messenger.change_answers.append(Refused("message to edit not found"))
    await desk.board.show()
    await desk.board.show()
    assert desk.said == []

    await desk.broadcasts.show(desk.number, (BEN, MESSAGE + 1))
    await desk.board.show()
    assert desk.messenger.changed[0][:2] == (BEN, MESSAGE + 1)


async def test_an_administrator_reads_it_in_their_language(desk: Desk) -> None:
    async with desk.store.writing() as records:
        await subscribe(records, BEN, desk.clock(), language="ko")
    await desk.begin(3)
    await desk.board.show()

    assert desk.said[0]
    assert "Sent:" not in desk.said[0]
