"""A chat that leaves or moves while its alerts are under way."""

import asyncio
from datetime import datetime

import pytest

from bot.domain.delivery import ChatGone, ChatMoved, Outcome, Sent, Unanswered
from bot.domain.subscriber import ChatKind
from bot.services.dispatch import Dispatcher
from bot.services.letters import Letters
from bot.services.moving import MoveFault, Moves
from bot.services.records import Holdings, OutboxFigures
from bot.services.timing import TimingService
from bot.storage.database import Database
from tests.aids.archive import publish, subscribe
from tests.aids.articles import ECONOMY, hours, teaser
from tests.aids.clock import FakeClock
from tests.aids.messenger import FakeMessenger
from tests.aids.waiting import until
from tests.conftest import SITE_ZONE

NOTHING = OutboxFigures(owed=0, held=0, sent=0, dropped=0, failed=0)


class Desk:
    """Two chats, of which the first is just being alerted."""

    def __init__(self, store: Database, now: datetime) -> None:
        self.store, self.clock, self.messenger = store, FakeClock(now), FakeMessenger()
        self.dispatcher = Dispatcher(
            store, self.messenger, Letters(SITE_ZONE), self.clock, max_age=hours(24), places=8
        )
        self.timing = TimingService(store, self.clock, SITE_ZONE)
        self.moves = Moves(store, self.clock, self.timing)

    async def begin(self, answer: Outcome) -> asyncio.Task[None]:
        """Return the sending of an alert that Telegram does not answer yet."""
        async with self.store.writing() as records:
            self.leaving = await subscribe(records, 1, self.clock(), follows=[ECONOMY])
            self.other = await subscribe(records, 2, self.clock())
            await publish(records, teaser(), self.clock())
        self.messenger.answers.append(answer)
        self.messenger.door.clear()
        sending = asyncio.create_task(self.dispatcher.drain())
        await until(lambda: self.messenger.under_way == 1)
        return sending

    async def end(self, sending: asyncio.Task[None]) -> None:
        self.messenger.door.set()
        await sending

    async def figures(self) -> OutboxFigures:
        async with self.store.reading() as records:
            return await records.outbox.figures()


@pytest.fixture
def desk(store: Database, now: datetime) -> Desk:
    return Desk(store, now)


@pytest.mark.parametrize(
    "answer", [Sent(5), ChatGone("blocked"), ChatMoved(-1007), Unanswered("timeout")]
)
async def test_a_chat_that_stops_meanwhile_is_not_brought_back_by_any_answer(
    desk: Desk, answer: Outcome
) -> None:
    sending = await desk.begin(answer)
    async with desk.store.writing() as records:
        await records.subscribers.forget(desk.leaving.id)

    await desk.end(sending)

    assert await desk.figures() == NOTHING
    async with desk.store.reading() as records:
        assert await records.subscribers.get(desk.leaving.id) is None
        assert await records.moves.holdings(desk.leaving.id) == Holdings()


@pytest.mark.parametrize("answer", [Sent(5), Unanswered("timeout"), ChatGone("blocked")])
async def test_a_chat_that_moves_meanwhile_gets_its_alert_where_it_is_now(
    desk: Desk, answer: Outcome
) -> None:
    sending = await desk.begin(answer)
    code, _ = await desk.moves.code(desk.leaving, person=1)

    moved = await desk.moves.fetch(desk.other, code, person=2)
    await desk.end(sending)
    await desk.dispatcher.drain()

    assert moved.giver == desk.leaving
    assert desk.messenger.chats()[-1] == 2
    assert (await desk.figures()).sent == 1


async def test_what_moves_comes_when_the_receiving_chat_wants_it(desk: Desk) -> None:
    await desk.end(await desk.begin(Unanswered("timeout")))
    await desk.timing.set_quiet(desk.other, None)
    async with desk.store.writing() as records:
        await records.timings.choose(
            desk.other.id, editions=None, quiet="00:00-23:00", timezone="Asia/Seoul"
        )
    code, _ = await desk.moves.code(desk.leaving, person=1)

    await desk.moves.fetch(desk.other, code, person=2)
    await desk.dispatcher.drain()
    assert desk.messenger.taken == []

    desk.clock.pass_time(hours=10)
    await desk.dispatcher.drain()
    assert desk.messenger.chats() == [2]


async def test_who_guesses_for_long_is_forgotten_when_they_may_guess_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.moving._SWEEP", 3)
    desk.moves = Moves(desk.store, desk.clock, desk.timing)
    async with desk.store.writing() as records:
        chats = [await subscribe(records, number, desk.clock()) for number in range(1, 9)]
    for chat in chats:
        offer = await desk.moves.look_at(chat, "AAAA-AAAA-AAAA", person=1)
        assert offer.fault is MoveFault.UNKNOWN
        desk.clock.pass_time(minutes=15)

    assert len(desk.moves._wrong) < 4


async def test_in_a_group_nobody_unknown_gets_a_code(desk: Desk, now: datetime) -> None:
    async with desk.store.writing() as records:
        group = await subscribe(records, -7, now, kind=ChatKind.SUPERGROUP)

    with pytest.raises(ValueError, match="needs a holder"):
        await desk.moves.code(group, person=None)
