"""The disk is full, the file is locked, read-only or damaged: told clearly, and nothing is lost."""

import asyncio
import json
import resource
import signal
import sqlite3
import sys
from asyncio.subprocess import PIPE
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from bot.domain.delivery import State
from bot.texts.menu import sorry
from tests.aids.damage import PAGE, overwrite
from tests.aids.ledger import baselined
from tests.aids.obedient import CANNOT
from tests.aids.play import PATIENCE, OpenPlay, Play
from tests.aids.process import Ended, Running, Warm, dekbot, started, variables_of
from tests.aids.seeding import seed
from tests.aids.waiting import until

pytestmark = pytest.mark.e2e

CHATS = 60


def received(play: Play) -> Counter[int]:
    """Return how many alerts each of the seeded chats got."""
    return Counter(one.chat_id for one in play.server.sent if one.chat_id <= CHATS)


def told(ended: Ended, *names: str) -> list[dict[str, Any]]:
    """Return the events of these names in the log."""
    events = [json.loads(line) for line in ended.complaints]
    return [event for event in events if event["event"] in names]


def fill_disk(bot: Running, *, full: bool) -> None:
    """Have the kernel refuse every further byte that the bot writes to a file, or take it again."""
    _, hard = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (0 if full else hard, hard))


async def test_a_full_disk_in_mid_fanout_is_told_once_and_when_there_is_room_all_goes_on(
    opened: OpenPlay,
) -> None:
    options = {"begin": False, "welcomes_strangers": True, "latency": 0.02, "send_rate": 60}
    async with opened(**options) as play:
        await seed(play.database_path, CHATS)
        folder = play.database_path.parent
        variables = variables_of(play.settings) | {"log_format": "json"}
        async with started(folder, "run", **variables) as bot:
            await until(lambda: baselined(play.database_path) == 1, seconds=PATIENCE)
            reader = play.server.reader("Mina", language_code="en")
            play.publish("Before the disk was full", "economy")
            await play.server.wait_for(lambda: len(play.server.sent) >= CHATS // 3, PATIENCE)

            fill_disk(bot, full=True)
            play.publish("While the disk was full", "economy")
            refused = await reader.ask("/follow military", timeout=PATIENCE)
            again = await reader.ask("/follow military", timeout=PATIENCE)
            fill_disk(bot, full=False)

            rows = await play.settled(2 * CHATS)
            taken = await reader.ask("/follow military", timeout=PATIENCE)
            bot.send(signal.SIGTERM)
            ended = await bot.ended()

    assert [refused.text, again.text] == [sorry("en")] * 2
    assert "Military" in taken.text
    assert {row.state for row in rows} == {State.SENT}
    assert received(play) == dict.fromkeys(range(1, CHATS + 1), 2)
    assert ended.status == 0
    begun, over = told(ended, "database_unavailable", "database_available")
    assert (begun["event"], begun["level"], over["event"]) == (
        "database_unavailable",
        "error",
        "database_available",
    )
    assert "dekbot.db cannot be used" in begun["fault"]
    assert [event for event in told(ended) if "exception" in event] == []


@asynccontextmanager
async def locked_by_another_process(path: Path) -> AsyncIterator[None]:
    script = (
        "import sqlite3, sys\n"
        "database = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "database.execute('BEGIN EXCLUSIVE')\n"
        "print('locked', flush=True)\n"
        "sys.stdin.read()\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, str(path), stdin=PIPE, stdout=PIPE
    )
    if process.stdout is None:
        raise RuntimeError("the process was started with a pipe")
    await process.stdout.readline()
    try:
        yield
    finally:
        await process.communicate(b"")


async def test_while_another_process_locks_the_database_everything_waits_and_is_told_once(
    opened: OpenPlay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.database._BUSY_MILLISECONDS", 100)
    options = {"begin": False, "welcomes_strangers": True, "latency": 0.02, "send_rate": 100}
    async with opened(tolerates=("database_unavailable",), **options) as play:
        await seed(play.database_path, CHATS)
        await play.start()
        play.publish("Before the lock", "economy")
        await play.server.wait_for(lambda: len(play.server.sent) >= CHATS // 3, PATIENCE)
        async with locked_by_another_process(play.database_path):
            play.publish("During the lock", "economy")
            await play.logged("settlement_waits_for_database")
            await play.logged("poll_waits_for_database")
        rows = await play.settled(2 * CHATS)

    assert {row.state for row in rows} == {State.SENT}
    assert received(play) == dict.fromkeys(range(1, CHATS + 1), 2)
    assert len(play.events("database_unavailable")) == 1
    assert len(play.events("database_available")) == 1
    assert "another program holds it" in play.events("database_unavailable")[0]["fault"]


@pytest.mark.parametrize("what", ["file", "folder"])
async def test_what_cannot_be_written_is_one_line_and_status_2(what: str, opened: OpenPlay) -> None:
    async with opened(begin=False) as play:
        path = play.database_path
        folder = path.with_name("closed")
        folder.mkdir()
        path = path.rename(folder / path.name)
        url = f"sqlite+aiosqlite:///{path}"
        variables = variables_of(play.settings) | {"database_url": url}
        closed = path if what == "file" else folder
        closed.chmod(closed.stat().st_mode & ~0o222)
        ended = await dekbot(folder, "run", module="tests.aids.obedient", **variables)
        folder.chmod(0o755)

    if ended.status == CANNOT:
        pytest.skip("root cannot give up its rights over files here")
    (line,) = ended.complaints
    assert ended.status == 2
    assert str(folder) in line
    assert "writable folder" in line


@pytest.mark.parametrize("where", ["beginning", "middle"])
async def test_a_damaged_database_is_one_line_and_status_2_and_is_left_as_it_was(
    where: str, opened: OpenPlay
) -> None:
    async with opened(begin=False) as play:
        await seed(play.database_path, CHATS)
        overwrite(play.database_path, seed=3, at=0 if where == "beginning" else None)
        found = play.database_path.read_bytes()
        ended = await dekbot(play.database_path.parent, "run", **variables_of(play.settings))

    (line,) = ended.complaints
    assert ended.status == 2
    assert "restore a backup" in line
    assert play.database_path.read_bytes() == found


def damage_behind_its_back(path: Path) -> None:
    """Put noise over all but the first page, and have everybody read the file anew."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        other.execute("SELECT COUNT(*) FROM articles")
        overwrite(path, seed=4, at=PAGE, pages=path.stat().st_size // PAGE - 1)
        other.execute("PRAGMA user_version = 1")


async def test_damage_while_it_runs_ends_the_bot_with_what_to_do(
    opened: OpenPlay, warm: Warm
) -> None:
    async with opened(begin=False) as play:
        folder, variables = play.database_path.parent, variables_of(play.settings)
        async with warm.started(folder, "run", **variables) as bot:
            await until(lambda: baselined(play.database_path) == 1, seconds=PATIENCE)
            damage_behind_its_back(play.database_path)
            ended = await bot.ended()

    assert ended.status == 2
    assert "restore a backup" in ended.complaints[-1]
