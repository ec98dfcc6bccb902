"""A broadcast through the whole program: aborted, sent on, killed half-way, overtaken by alerts."""

import signal
from collections import Counter
from typing import Final

import pytest
from sqlalchemy import func, select

from bot.app.assembly import sending_places
from bot.app.broadcasts import broadcast_places
from bot.demo.botapi import Limits, Message, Reader
from bot.storage import tables
from tests.aids.ledger import baselined, rows_of, standings
from tests.aids.play import PATIENCE, OpenPlay, Play
from tests.aids.process import started, variables_of
from tests.aids.seeding import seed
from tests.aids.waiting import until

pytestmark = pytest.mark.e2e

BEN: Final = 42_000_000
TEXT: Final = "The wire moves to a new address tonight."
#: Messages a second: more than Telegram takes, and than this machine can send.
FAST: Final = 5_000
#: Copies that were under way when the first alert came, and the one whose turn it was.
HANDFUL: Final = 5
UNLIMITED: Final = Limits(
    per_second=1e6, paid_per_second=1e6, per_chat_second=1e6, group_per_minute=1e6
)


async def begun(play: Play, text: str = TEXT) -> tuple[Reader, Message]:
    """Have the administrator write a broadcast and confirm it; return its progress message."""
    ben = play.server.reader("Ben", language_code="en", person_id=BEN)
    await ben.ask(f"/broadcast {text}", timeout=PATIENCE)
    below = await ben.next_message(PATIENCE)
    await ben.press("Send…", message=below, timeout=PATIENCE)
    await until(lambda: below.labels[-1] == "Back", seconds=PATIENCE)
    await ben.press("Send to", message=below, timeout=PATIENCE)
    return ben, below


def received(play: Play, text: str = TEXT) -> Counter[int]:
    """Return how many copies each chat but the administrator's got."""
    return Counter(
        one.chat_id for one in play.server.sent if one.text == text and one.chat_id != BEN
    )


def copies(play: Play, *states: str) -> int:
    """Return how many copies are in one of the states."""
    table = tables.broadcast_copies
    counted = select(func.count().label("number")).where(table.c.state.in_(states))
    (row,) = rows_of(play.database_path, counted)
    return int(row["number"])


async def test_a_broadcast_of_10_000_is_aborted_half_way_sent_on_and_comes_to_each_once(
    opened: OpenPlay,
) -> None:
    count = 10_000
    async with opened(
        begin=False, welcomes_strangers=True, limits=UNLIMITED, admin_ids=(BEN,)
    ) as play:
        play.settings = play.settings.model_copy(update={"send_rate": FAST})
        await seed(play.database_path, count)
        await play.start()
        ben, shown = await begun(play)
        await until(lambda: received(play).total() >= count // 2, seconds=6 * PATIENCE)
        await ben.press("Stop", message=shown, timeout=PATIENCE)
        await until(lambda: "was stopped" in shown.text, seconds=PATIENCE)
        await until(lambda: not copies(play, "claimed"), seconds=PATIENCE)
        at_the_stop = received(play).total()
        assert count // 2 <= at_the_stop < count
        await play.stop()
        assert received(play).total() == at_the_stop

        await play.start()
        assert received(play).total() == at_the_stop  # stopped is stopped, after a start as well
        await ben.press("Send on", message=shown, timeout=PATIENCE)
        await until(lambda: "was sent to everyone" in shown.text, seconds=6 * PATIENCE)
        await until(lambda: ben.last.text.startswith("The message was sent"), seconds=PATIENCE)

    assert received(play) == dict.fromkeys(range(1, count + 1), 1)
    assert "Sent: 10,001 of 10,001" in shown.text
    (done,) = play.events("broadcast_done")
    assert (done["sent"], done["unreachable"], done["failed"]) == (count + 1, 0, 0)
    figures = [play.events(f"broadcast_{name}")[0] for name in ("aborted", "resumed")]
    assert [(one["by"], one["sent"] + one["open"]) for one in figures] == [(BEN, count + 1)] * 2


async def test_killed_half_way_it_goes_on_and_repeats_at_most_what_was_being_sent(
    opened: OpenPlay,
) -> None:
    count, rate = 120, 40
    async with opened(
        begin=False, welcomes_strangers=True, latency=0.02, send_rate=rate, admin_ids=(BEN,)
    ) as play:
        await seed(play.database_path, count)
        folder = play.database_path.parent
        variables = variables_of(play.settings) | {"admin_ids": str(BEN)}
        async with started(folder, "run", **variables) as bot:
            await until(lambda: baselined(play.database_path) == 1, seconds=3 * PATIENCE)
            _, shown = await begun(play)
            await play.server.wait_for(lambda: received(play).total() >= count // 2, 3 * PATIENCE)
            bot.send(signal.SIGKILL)
            killed = await bot.ended(10)
        claimed = copies(play, "claimed")
        async with started(folder, "run", **variables) as bot:
            await until(lambda: "was sent to everyone" in shown.text, seconds=3 * PATIENCE)
            bot.send(signal.SIGTERM)
            again = await bot.ended(10)

    assert killed.status == -signal.SIGKILL
    assert again.status == 0
    assert 0 < claimed <= broadcast_places(sending_places(rate))
    assert set(received(play)) == set(range(1, count + 1))
    assert max(received(play).values()) <= 2
    assert received(play).total() - count <= claimed


async def test_alerts_overtake_a_broadcast(opened: OpenPlay) -> None:
    count, rate = 100, 60
    async with opened(
        begin=False, welcomes_strangers=True, limits=UNLIMITED, send_rate=rate, admin_ids=(BEN,)
    ) as play:
        await seed(play.database_path, count)
        await play.start()
        _, shown = await begun(play)
        await play.server.wait_for(lambda: received(play).total() >= 20, PATIENCE)
        play.publish("A story for everyone", "economy")
        await play.settled(count)
        await until(lambda: "was sent to everyone" in shown.text, seconds=PATIENCE)

    sent = [one for one in play.server.sent if one.chat_id != BEN]
    alerts = [number for number, one in enumerate(sent) if one.text != TEXT]
    between = alerts[-1] - alerts[0] + 1 - len(alerts)
    assert len(alerts) == count
    assert between <= HANDFUL
    assert alerts[-1] < len(sent) - HANDFUL  # the broadcast was not over by itself
    assert received(play) == dict.fromkeys(range(1, count + 1), 1)


async def test_a_429_and_readers_who_blocked_the_bot_cost_nobody_else_a_copy(
    opened: OpenPlay,
) -> None:
    count = 60
    async with opened(
        begin=False, welcomes_strangers=True, limits=UNLIMITED, send_rate=1_000, admin_ids=(BEN,)
    ) as play:
        await seed(play.database_path, count)
        await play.start()
        play.server.faults.on("sendMessage", chat_id=7).blocked()
        play.server.faults.on("sendMessage", chat_id=8).too_many(1)
        play.server.faults.on("sendMessage", chat_id=9).status(502)
        ben, shown = await begun(play)
        await until(lambda: "was sent to everyone" in shown.text, seconds=PATIENCE)
        await until(lambda: ben.last.text.startswith("The message was sent"), seconds=PATIENCE)

    expected = dict.fromkeys(range(1, count + 1), 1)
    del expected[7]
    assert received(play) == expected
    assert "Gone, pausing, or not letting me write: 1" in ben.last.text
    assert standings(play.database_path)[7] == "retired"
