"""One bot runs on a database; what only looks, or writes briefly, runs beside it."""

import signal

import pytest

from bot.domain.delivery import State
from tests.aids.ledger import baselined
from tests.aids.play import PATIENCE, OpenPlay
from tests.aids.process import Warm, variables_of
from tests.aids.seeding import seed
from tests.aids.waiting import until

pytestmark = pytest.mark.e2e


async def test_a_second_run_is_refused_and_names_the_first_until_that_one_is_gone(
    opened: OpenPlay, warm: Warm
) -> None:
    async with opened(begin=False, welcomes_strangers=True) as play:
        folder, variables = play.database_path.parent, variables_of(play.settings)
        async with warm.started(folder, "run", **variables) as first:
            await until(lambda: baselined(play.database_path) == 1, seconds=PATIENCE)
            second = await warm.dekbot(folder, "run", **variables)
            first.send(signal.SIGKILL)
            await first.ended()
        async with warm.started(folder, "run", **variables) as third:
            asked = len(play.newsroom.asked("/feed/"))
            await until(lambda: len(play.newsroom.asked("/feed/")) > asked, seconds=PATIENCE)
            third.send(signal.SIGTERM)
            ended = await third.ended()

    (line,) = second.complaints
    assert second.status == 2
    assert f"process {first.pid} on " in line
    assert "One bot runs on a database" in line
    assert ended.status == 0


async def test_check_and_poll_work_beside_a_running_bot_which_sends_what_they_find(
    opened: OpenPlay, warm: Warm
) -> None:
    async with opened(begin=False, welcomes_strangers=True) as play:
        folder, variables = play.database_path.parent, variables_of(play.settings)
        await seed(play.database_path, 3)
        async with warm.started(folder, "run", **variables | {"poll_interval": "1h"}) as bot:
            await until(lambda: baselined(play.database_path) == 1, seconds=PATIENCE)
            play.publish("Found beside the bot", "economy")
            polled = await warm.dekbot(folder, "poll", **variables)
            checked = await warm.dekbot(folder, "check", **variables | {"poll_interval": "1h"})
            rows = await play.settled(3)
            bot.send(signal.SIGTERM)
            ended = await bot.ended()

    assert [polled.status, checked.status, ended.status] == [0, 0, 0]
    assert {row.state for row in rows} == {State.SENT}
    assert len(play.server.sent) == 3
