"""What ends the bot: a token that Telegram does not know, and somebody else who works with it."""

import asyncio
from collections import Counter
from collections.abc import Callable

import pytest

from bot.app import run_bot
from bot.demo.botapi import StandIn
from bot.demo.botapi.errors import Refusal
from bot.domain.delivery import State
from bot.domain.errors import BotRefusedError
from tests.aids.faults.catalogue import FAULTS, Family
from tests.aids.ledger import baselined
from tests.aids.play import PATIENCE, OpenPlay, Play
from tests.aids.process import Ended, Warm, variables_of
from tests.aids.seeding import seed
from tests.aids.waiting import until

pytestmark = pytest.mark.e2e

CHATS = 120
TOKEN = "Telegram does not know the bot's token: copy it again from @BotFather"
OTHER = "Another process works with this bot's token: stop that one"
WEBHOOK = "Another program set a webhook for this bot while it ran"


def revoke(server: StandIn) -> None:
    server.faults.on(times=None).refuse(Refusal(401))


def take_updates(server: StandIn) -> None:
    """Have another process poll, and come first each time."""
    for fault in FAULTS[Family.CONFLICT][:1]:
        fault.put(server.faults.on("getUpdates", times=None), -1)
    _end_the_poll(server)


def set_webhook(server: StandIn) -> None:
    server.world.updates.webhook = {"url": "https://other.example/", "max_connections": 1}
    _end_the_poll(server)


def _end_the_poll(server: StandIn) -> None:
    """Bring an update, since the poll that waits is answered as ever."""
    ada = server.reader("Ada")
    server.world.say(ada.id, ada.chat_id, "hello")


async def end_in_mid_fanout(play: Play, warm: Warm, happen: Callable[[StandIn], None]) -> Ended:
    """Run the bot as a process, and have it happen when some chats have the alert."""
    folder = play.database_path.parent
    async with warm.started(folder, "run", **variables_of(play.settings)) as bot:
        await until(lambda: baselined(play.database_path) == 1, seconds=PATIENCE)
        play.publish("A story for everyone", "economy")
        await play.server.wait_for(lambda: len(play.server.sent) >= CHATS // 4, PATIENCE)
        happen(play.server)
        return await bot.ended()


@pytest.mark.parametrize(
    ("happen", "sentence"),
    [
        pytest.param(revoke, TOKEN, id="401"),
        pytest.param(take_updates, OTHER, id="409, another poller"),
        pytest.param(set_webhook, WEBHOOK, id="409, a webhook"),
    ],
)
async def test_in_mid_fanout_it_ends_with_one_sentence_and_settles_nothing_wrongly(
    opened: OpenPlay, warm: Warm, happen: Callable[[StandIn], None], sentence: str
) -> None:
    """What is in flight is settled by its own answer; the next start sends the rest."""
    async with opened(begin=False, welcomes_strangers=True, latency=0.02, send_rate=20) as play:
        await seed(play.database_path, CHATS)
        ended = await end_in_mid_fanout(play, warm, happen)

        assert ended.status == 2
        said = [line for line in ended.complaints if "[" not in line]  # the log's have brackets
        assert [line[: len(sentence)] for line in said] == [sentence]
        assert ended.err.count("bot_refused") == 1
        assert "delivery_refused" not in ended.err
        assert "never retrieved" not in ended.err
        assert play.server.token.partition(":")[2] not in ended.err
        states = Counter(row.state for row in play.owed())
        arrived = {one.chat_id for one in play.server.sent if one.chat_id <= CHATS}
        assert states == {State.SENT: len(arrived), State.OWED: CHATS - len(arrived)}
        assert {row.attempts for row in play.owed() if row.open} == {0}

        play.server.faults.clear()
        play.settings = play.settings.model_copy(update={"send_rate": 1000.0})
        await play.start()
        await play.settled(CHATS)

    received = Counter(one.chat_id for one in play.server.sent if one.chat_id <= CHATS)
    assert received == dict.fromkeys(range(1, CHATS + 1), 1)


@pytest.mark.parametrize(
    ("method", "family", "number", "sentence"),
    [
        pytest.param("getMe", Family.TOKEN, 0, TOKEN, id="401"),
        pytest.param("getMe", Family.TOKEN, 1, TOKEN, id="404"),
        pytest.param("getUpdates", Family.TOKEN, 0, TOKEN, id="401 behind the start"),
        pytest.param("getUpdates", Family.CONFLICT, 0, OTHER, id="409, another poller"),
        pytest.param("getUpdates", Family.CONFLICT, 1, WEBHOOK, id="409, a webhook set again"),
    ],
)
async def test_at_the_start_it_ends_with_one_sentence(
    opened: OpenPlay,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    family: Family,
    number: int,
    sentence: str,
) -> None:
    """The pause between two conflicts is shortened: how long it is, test_poller tells."""
    monkeypatch.setattr("bot.telegram.poller._CONFLICT_PAUSE", 0.01)
    async with opened(begin=False) as play:
        FAULTS[family][number].put(play.server.faults.on(method, times=None), -1)

        with pytest.raises(BotRefusedError) as caught:
            await asyncio.wait_for(run_bot(play.settings, asyncio.Event()), PATIENCE)

        assert str(caught.value).startswith(sentence)
        (event,) = play.events("bot_refused")
        assert event["fault"] == str(caught.value)
        assert [one for one in play.logs if "exc_info" in one] == []


async def test_three_conflicts_in_a_row_end_it_and_two_do_not(
    opened: OpenPlay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.poller._CONFLICT_PAUSE", 0.01)
    async with opened(begin=False) as play:
        for fault in FAULTS[Family.CONFLICT]:
            fault.put(play.server.faults.on("getUpdates"), -1)
        await play.start()
        reader = await play.subscriber()

        assert reader.messages
    assert play.events("bot_refused") == []


async def test_a_webhook_from_before_is_taken_away_at_the_start(opened: OpenPlay) -> None:
    async with opened(begin=False) as play:
        play.server.world.updates.webhook = {"url": "https://old.example/", "max_connections": 1}
        await play.start()
        await play.subscriber()

        assert play.server.world.updates.webhook is None
