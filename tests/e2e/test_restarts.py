"""Whatever ends the bot in mid fan-out: nothing is lost, and next to nothing repeats."""

import asyncio
import signal
from collections import Counter
from datetime import timedelta
from functools import partial

import pytest

from bot.app.assembly import sending_places
from bot.app.runtime import run_bot
from bot.domain.delivery import State
from tests.aids.ledger import baselined, headlines
from tests.aids.play import PATIENCE, OpenPlay, Play
from tests.aids.process import Ended, Warm, variables_of
from tests.aids.seeding import seed
from tests.aids.waiting import until

pytestmark = pytest.mark.e2e

CHATS = 90
#: Alerts per second; 32 chats are written to at once.
RATE = 16
#: More than those, so that not everything that was sent may come again.
ENOUGH = 45


def received(play: Play) -> Counter[int]:
    """Return how many messages each chat got."""
    return Counter(message.chat_id for message in play.server.sent)


async def end_in_mid_fanout(play: Play, warm: Warm, number: signal.Signals) -> Ended:
    """Run the bot as a process, and send it the signal when half of the chats have the alert."""
    folder = play.database_path.parent
    async with warm.started(folder, "run", **variables_of(play.settings)) as bot:
        await until(lambda: baselined(play.database_path) == 1, seconds=PATIENCE)
        play.publish("A story for everyone", "economy")
        await play.server.wait_for(lambda: len(play.server.sent) >= ENOUGH, PATIENCE)
        bot.send(number)
        return await bot.ended(10)


async def finish(play: Play, warm: Warm) -> Ended:
    """Run the bot again, and faster, until nothing is owed any more."""
    folder = play.database_path.parent
    variables = variables_of(play.settings) | {"send_rate": "60"}
    async with warm.started(folder, "run", **variables) as bot:
        await play.settled(CHATS)
        bot.send(signal.SIGTERM)
        return await bot.ended(10)


async def test_after_a_graceful_stop_everyone_gets_it_once(opened: OpenPlay) -> None:
    async with opened(begin=False, welcomes_strangers=True, latency=0.02, send_rate=400) as play:
        await seed(play.database_path, 200)
        await play.start()
        play.publish("A story for everyone", "economy")
        await play.server.wait_for(lambda: len(play.server.sent) >= 60, PATIENCE)
        await play.stop()
        sent_before = len(play.server.sent)
        states = Counter(row.state for row in play.owed())
        assert sent_before < 200
        assert states == {State.SENT: sent_before, State.OWED: 200 - sent_before}

        await play.start()
        rows = await play.settled(200)

    assert received(play) == dict.fromkeys(range(1, 201), 1)
    assert {(row.state, row.attempts, row.ambiguous) for row in rows} == {(State.SENT, 1, 0)}


async def test_a_stop_between_storing_and_matching_loses_nothing(opened: OpenPlay) -> None:
    """Stopped as soon as an article is stored: whatever else was done by then, everyone gets it."""
    stories = [f"Story {number}" for number in range(3)]
    async with opened(begin=False, welcomes_strangers=True, send_rate=1000) as play:
        await seed(play.database_path, 50)
        for story in stories:
            await play.start()
            play.publish(story, "economy")
            await until(partial(_is_stored, play, story))
            await play.stop()
        await play.start()
        await play.settled(150)

    assert received(play) == dict.fromkeys(range(1, 51), 3)


def _is_stored(play: Play, headline: str) -> bool:
    return headline in headlines(play.database_path)


async def test_a_stop_gives_up_what_is_being_read_and_the_next_start_reads_it(
    opened: OpenPlay,
) -> None:
    async with opened() as play:
        reader = await play.subscriber("Economy")
        play.newsroom.answer("/feed/", delay=60)
        asked = len(play.newsroom.asked("/feed/"))
        await until(lambda: len(play.newsroom.asked("/feed/")) > asked)
        play.publish("Published meanwhile", "economy")

        await play.stop()
        assert len(play.events("poll_stopped")) == 1
        assert play.events("source_failed") == []
        await play.start()

        assert "Published meanwhile" in (await play.alert(reader)).text


async def test_a_stop_while_telegram_is_silent_loses_no_alert_and_gives_up_replies(
    opened: OpenPlay,
) -> None:
    async with opened(patience=timedelta(seconds=0.3)) as play:
        mina = await play.subscriber("Economy")
        ada = await play.subscriber(first_name="Ada")
        silence = play.server.faults.on("sendMessage", times=None).silence(600)
        play.publish("Nobody answers", "economy")
        await ada.say("/help")
        await until(lambda: silence.hits == 2, seconds=PATIENCE)

        await play.stop()
        assert [one["messages"] for one in play.events("alerts_given_up")] == [1]
        assert [one["updates"] for one in play.events("replies_given_up")] == [1]
        assert [(row.state, row.ambiguous) for row in play.owed()] == [(State.OWED, 1)]
        play.server.faults.clear()
        await play.start()

        assert "Nobody answers" in (await play.alert(mina)).text


async def test_a_stop_ends_a_start_that_telegram_does_not_answer(opened: OpenPlay) -> None:
    async with opened(begin=False) as play:
        play.server.faults.on("getMe", times=None).silence(600)
        stop = asyncio.Event()
        run = asyncio.create_task(run_bot(play.settings, stop))
        await until(lambda: bool(play.server.calls), seconds=PATIENCE)

        stop.set()
        await asyncio.wait_for(run, PATIENCE)

    assert [one["event"] for one in play.logs] == ["stopped"]


async def test_kill_9_loses_nothing_and_repeats_at_most_what_was_being_sent(
    opened: OpenPlay,
    warm: Warm,
) -> None:
    async with opened(begin=False, welcomes_strangers=True, latency=0.02, send_rate=RATE) as play:
        await seed(play.database_path, CHATS)
        killed = await end_in_mid_fanout(play, warm, signal.SIGKILL)
        assert killed.status == -signal.SIGKILL
        claimed = [row for row in play.owed() if row.state is State.CLAIMED]
        assert claimed

        again = await finish(play, warm)

    assert again.status == 0
    assert "deliveries_resumed" in again.err
    assert set(received(play)) == set(range(1, CHATS + 1))
    assert max(received(play).values()) <= 2
    assert sum(received(play).values()) - CHATS <= sending_places(RATE) < ENOUGH


async def test_sigterm_ends_it_soon_with_status_0_and_nothing_repeats(
    opened: OpenPlay, warm: Warm
) -> None:
    async with opened(begin=False, welcomes_strangers=True, latency=0.02, send_rate=60) as play:
        await seed(play.database_path, CHATS)
        ended = await end_in_mid_fanout(play, warm, signal.SIGTERM)
        assert ended.status == 0
        assert " stopped " in ended.err.splitlines()[-1]
        assert len(play.server.sent) < CHATS

        await finish(play, warm)

    assert received(play) == dict.fromkeys(range(1, CHATS + 1), 1)
