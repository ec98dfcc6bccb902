"""The power goes at random moments: the database opens, and what is owed still arrives.

A commit that the disk did not get in time is undone whole, so that a message may come once more
whose sending was written down last; see docs/reliability.md.
"""

import signal
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random

import pytest

from tests.aids.damage import after_a_power_cut
from tests.aids.ledger import baselined, deliveries, fanouts
from tests.aids.play import PATIENCE, OpenPlay, Play
from tests.aids.process import Forked, Warm, variables_of
from tests.aids.seeding import seed
from tests.aids.waiting import until

pytestmark = pytest.mark.e2e

CHATS = 80
CUTS = 8


async def cut_the_power_now_and_then(
    play: Play, bot: Forked, random: Random
) -> list[tuple[Path, set[int]]]:
    """Return databases as they were left at moments between a publication and the last alert.

    Each with the chats that had the alert by then.
    """
    cuts = []
    for number in range(CUTS):
        sent = number * CHATS // CUTS
        await play.server.wait_for(partial(has_sent, play, sent), PATIENCE)
        folder = play.database_path.parent / f"cut-{number}"
        folder.mkdir()
        bot.send(signal.SIGSTOP)
        had = {message.chat_id for message in play.server.sent}
        cuts.append((after_a_power_cut(play.database_path, folder, random), had))
        bot.send(signal.SIGCONT)
    return cuts


def write_through(path: Path) -> None:
    """Have all that is in the write-ahead log on the disk."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def is_sound(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as database:
        (found,) = database.execute("PRAGMA integrity_check").fetchone()
        return bool(found == "ok")


def has_sent(play: Play, number: int) -> bool:
    return len(play.server.sent) >= number


def is_settled(path: Path) -> bool:
    rows = deliveries(path)
    return len(rows) == CHATS and not any(row.open for row in rows) and not fanouts(path)


async def test_after_a_power_cut_the_database_is_sound_and_what_is_owed_arrives(
    opened: OpenPlay, warm: Warm
) -> None:
    random = Random(11)  # noqa: S311 - chance, not secrets
    async with opened(begin=False, welcomes_strangers=True, latency=0.01, send_rate=60) as play:
        await seed(play.database_path, CHATS)
        variables = variables_of(play.settings)
        folder = play.database_path.parent
        async with warm.started(folder, "run", **variables) as bot:
            await until(lambda: baselined(play.database_path) == 1, seconds=PATIENCE)
            write_through(play.database_path)
            play.publish("A story for everyone", "economy")
            cuts = await cut_the_power_now_and_then(play, bot, random)

        for cut, had in (cuts[1], cuts[CUTS // 2]):
            sent = len(play.server.sent)
            url = f"sqlite+aiosqlite:///{cut}"
            async with warm.started(folder, "run", **variables | {"database_url": url}) as bot:
                await until(partial(is_settled, cut), seconds=PATIENCE)
                bot.send(signal.SIGTERM)
                assert (await bot.ended()).status == 0
            after = {message.chat_id for message in play.server.sent[sent:]}
            assert had | after == set(range(1, CHATS + 1))

    assert all(is_sound(cut) for cut, _ in cuts)
