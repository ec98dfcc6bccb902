"""Telegram's limits, scaled so that a whole fan-out at the cap takes seconds.

The same at Telegram's own numbers, with how long readers wait, is `python -m benchmarks limits`.
"""

from collections import Counter
from typing import Final

import pytest

from bot.demo.botapi import Limits
from bot.domain.delivery import State
from tests.aids.play import PATIENCE, OpenPlay
from tests.aids.seeding import seed
from tests.aids.waiting import until

pytestmark = pytest.mark.e2e

CHATS: Final = 400
#: As many alerts a second as the stand-in takes, and the bot's share of it: 28 of 30. More than 30
#: a second are paid for.
CAP: Final = 120
RATE: Final = CAP * 28 / 30
#: A machine that stands still for a moment may bring some alerts together; a storm is hundreds.
HANDFUL: Final = 5


async def test_at_the_cap_none_is_lost_none_comes_twice_and_readers_are_answered_meanwhile(
    opened: OpenPlay,
) -> None:
    limits = Limits(paid_per_second=CAP)
    async with opened(begin=False, welcomes_strangers=True, limits=limits, send_rate=RATE) as play:
        await seed(play.database_path, CHATS)
        await play.start()
        play.publish("A story for everyone", "economy")
        await play.server.wait_for(lambda: len(play.server.sent) >= 3, PATIENCE)

        reader = play.server.reader("Mina", language_code="en")
        for question in ("/start", "/help", "/sections"):
            await reader.ask(question, timeout=PATIENCE)
        assert any(row.open for row in play.owed())
        rows = await play.settled(CHATS, seconds=2 * PATIENCE)

    alerts = Counter(one.chat_id for one in play.server.sent if one.chat_id != reader.chat_id)
    assert alerts == dict.fromkeys(range(1, CHATS + 1), 1)
    assert {(row.state, row.attempts, row.ambiguous) for row in rows} == {(State.SENT, 1, 0)}
    assert len(play.events("telegram_throttled")) <= HANDFUL


async def test_where_the_bot_is_faster_than_telegram_allows_it_obeys_and_loses_nothing(
    opened: OpenPlay,
) -> None:
    """Somebody else sends with the same token, so that the bot's own pace is not enough."""
    limits = Limits(paid_per_second=CAP)
    async with opened(begin=False, welcomes_strangers=True, limits=limits, send_rate=1000) as play:
        await seed(play.database_path, CHATS)
        await play.start()
        play.publish("A story for everyone", "economy")
        await until(lambda: bool(play.events("telegram_throttled")), seconds=PATIENCE)
        reader = play.server.reader("Mina", language_code="en")
        await reader.ask("/help", timeout=PATIENCE)
        rows = await play.settled(CHATS, seconds=2 * PATIENCE)

    alerts = Counter(one.chat_id for one in play.server.sent if one.chat_id != reader.chat_id)
    assert alerts == dict.fromkeys(range(1, CHATS + 1), 1)
    assert {(row.state, row.attempts, row.ambiguous) for row in rows} == {(State.SENT, 1, 0)}
    assert len(play.events("telegram_throttled")) < CHATS  # no alert is refused again and again
