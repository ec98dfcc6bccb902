"""Fetching updates."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs
from telegram import Update

from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.server import StandIn
from bot.domain.errors import BotRefusedError
from bot.telegram.poller import ALLOWED_UPDATES, Poller
from tests.aids.waiting import until
from tests.telegram.conftest import MakeBot
from tests.telegram.echo import TOKEN


class Fetching:
    """A poller at work; its pauses take no time."""

    def __init__(self) -> None:
        self.updates: list[Update] = []
        self.pauses: list[float] = []
        self.poller: Poller
        self.task: asyncio.Task[None]

    async def begin(self, url: str, make_bot: MakeBot) -> None:
        self.poller = Poller(await make_bot(url), self.updates.append, sleep=self._sleep)
        self.task = asyncio.create_task(self.poller.run())

    async def _sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(0)

    def texts(self) -> list[str | None]:
        return [one.message.text for one in self.updates if one.message]


@pytest.fixture
async def fetching() -> AsyncIterator[Fetching]:
    fetching = Fetching()
    yield fetching
    fetching.task.cancel()
    await asyncio.gather(fetching.task, return_exceptions=True)


async def test_updates_come_in_order_even_those_from_before(
    stand_in: StandIn, make_bot: MakeBot, fetching: Fetching
) -> None:
    ada = stand_in.reader("Ada")
    stand_in.world.updates.webhook = {"url": "https://a.example/", "max_connections": 1}
    await ada.say("before")
    await fetching.begin(stand_in.url, make_bot)
    await until(lambda: fetching.texts() == ["before"])
    await ada.say("one")
    await ada.say("two")
    await until(lambda: fetching.texts() == ["before", "one", "two"])

    assert stand_in.world.updates.allowed == sorted(ALLOWED_UPDATES)
    assert stand_in.violations == []


async def test_the_last_updates_are_confirmed_at_the_end(
    stand_in: StandIn, make_bot: MakeBot, fetching: Fetching
) -> None:
    await stand_in.reader("Ada").say("hello")
    await fetching.begin(stand_in.url, make_bot)
    await until(lambda: len(fetching.updates) == 1)
    fetching.task.cancel()
    await fetching.poller.confirm()

    assert len(stand_in.world.updates) == 0


async def test_a_confirmation_that_fails_is_no_harm(
    stand_in: StandIn, make_bot: MakeBot, fetching: Fetching
) -> None:
    await stand_in.reader("Ada").say("hello")
    await fetching.begin(stand_in.url, make_bot)
    await until(lambda: len(fetching.updates) == 1)
    fetching.task.cancel()
    stand_in.faults.on("getUpdates", times=None).status(502)
    with capture_logs() as logs:
        await fetching.poller.confirm()

    assert [one["event"] for one in logs] == ["updates_not_confirmed"]


async def test_where_nothing_came_there_is_nothing_to_confirm(
    stand_in: StandIn, make_bot: MakeBot
) -> None:
    await Poller(await make_bot(stand_in.url), print).confirm()

    assert stand_in.calls == []


async def test_an_outage_is_logged_at_its_two_ends_and_the_pauses_grow(
    stand_in: StandIn, make_bot: MakeBot, fetching: Fetching
) -> None:
    stand_in.faults.on("deleteWebhook").status(502)
    stand_in.faults.on("getUpdates", times=3).status(502)
    stand_in.faults.on("getUpdates", times=3).reset_before_reading()
    with capture_logs() as logs:
        await fetching.begin(stand_in.url, make_bot)
        await stand_in.reader("Ada").say("at last")
        await until(lambda: fetching.texts() == ["at last"])

    assert fetching.pauses == [1, 1, 2, 4, 8, 16, 30]
    assert [one["event"] for one in logs] == ["telegram_unreachable", "telegram_reachable"] * 2
    assert all(one["concerns"] == "updates" for one in logs)


async def test_a_429_is_waited_for(
    stand_in: StandIn, make_bot: MakeBot, fetching: Fetching
) -> None:
    stand_in.faults.on("getUpdates").too_many(9)
    await stand_in.reader("Ada").say("hello")
    await fetching.begin(stand_in.url, make_bot)
    await until(lambda: len(fetching.updates) == 1)

    assert fetching.pauses == [9]


async def test_a_single_conflict_is_borne(
    stand_in: StandIn, make_bot: MakeBot, fetching: Fetching
) -> None:
    stand_in.faults.on("getUpdates", times=2).refuse(Refusal.conflict("terminated by other"))
    await stand_in.reader("Ada").say("hello")
    await fetching.begin(stand_in.url, make_bot)
    await until(lambda: len(fetching.updates) == 1)

    assert fetching.pauses == [1, 1]


async def test_conflicts_in_a_row_end_the_polling_and_say_what_to_do(
    stand_in: StandIn, make_bot: MakeBot, fetching: Fetching
) -> None:
    stand_in.faults.on("getUpdates", times=3).refuse(Refusal.conflict("terminated by other"))
    await fetching.begin(stand_in.url, make_bot)

    with pytest.raises(BotRefusedError, match="Another process works with this bot's token"):
        await fetching.task


async def test_a_webhook_set_meanwhile_ends_the_polling_and_says_what_to_do(
    stand_in: StandIn, make_bot: MakeBot, fetching: Fetching
) -> None:
    await stand_in.reader("Ada").say("hello")
    await fetching.begin(stand_in.url, make_bot)
    await until(lambda: len(fetching.updates) == 1)
    stand_in.world.updates.webhook = {"url": "https://a.example/", "max_connections": 1}
    await stand_in.reader("Ben").say("hello")

    with pytest.raises(BotRefusedError, match="start Dekbot again, which takes the webhook away"):
        await fetching.task
    assert fetching.pauses == [1, 1]


async def test_of_two_processes_one_goes_on(stand_in: StandIn, make_bot: MakeBot) -> None:
    both = [Fetching(), Fetching()]
    for one in both:
        await one.begin(stand_in.url, make_bot)
    done, left = await asyncio.wait(
        [one.task for one in both], return_when=asyncio.FIRST_COMPLETED, timeout=15
    )
    await stand_in.reader("Ada").say("hello")
    await until(lambda: any(one.updates for one in both))

    assert (len(done), len(left)) == (1, 1)
    assert isinstance(done.pop().exception(), BotRefusedError)
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


async def test_a_refused_token_ends_the_polling_without_telling_it(
    stand_in: StandIn, make_bot: MakeBot, fetching: Fetching
) -> None:
    stand_in.faults.on("getUpdates").refuse(Refusal(401))
    await fetching.begin(stand_in.url, make_bot)

    with pytest.raises(BotRefusedError, match="@BotFather") as caught:
        await fetching.task
    assert TOKEN not in str(caught.value)


async def test_updates_that_cannot_be_read_are_logged_and_asked_for_again(
    stand_in: StandIn, make_bot: MakeBot, fetching: Fetching
) -> None:
    updates = stand_in.world.updates
    updates.add("message", {"chat": "no chat"})
    with capture_logs() as logs:
        await fetching.begin(stand_in.url, make_bot)
        await until(lambda: len(fetching.pauses) > 1)
        updates.drop()
        await stand_in.reader("Ada").say("hello")
        await until(lambda: len(fetching.updates) == 1)

    assert "updates_unreadable" in {one["event"] for one in logs}
