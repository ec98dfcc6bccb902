"""Backups as an operator makes and restores them, beside a bot that sends."""

import asyncio
import json
import signal
import sqlite3
import sys
from asyncio.subprocess import PIPE
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.domain.delivery import State
from tests.aids.clock import FakeClock
from tests.aids.damage import PAGE, overwrite
from tests.aids.ledger import baselined
from tests.aids.play import PATIENCE, OpenPlay, Play
from tests.aids.process import PROJECT, Warm, started, variables_of
from tests.aids.seeding import seed
from tests.aids.stocked import names_in, url_of
from tests.aids.waiting import until

pytestmark = pytest.mark.e2e

CHATS = 60
OPTIONS = {"begin": False, "welcomes_strangers": True, "latency": 0.02, "send_rate": 60}
ADA = 42


def received(play: Play, headline: str) -> Counter[int]:
    """Return how often each of the seeded chats got the article."""
    told = [one for one in play.server.sent if headline in one.text and one.chat_id <= CHATS]
    return Counter(one.chat_id for one in told)


def has_made(play: Play, number: int) -> bool:
    return len(play.events("backup_made")) == number


async def back_up_in_mid_fanout(play: Play, warm: Warm) -> int:
    """Have an article sent, and a backup made after a third of it; return what it holds open."""
    folder, variables = play.database_path.parent, variables_of(play.settings)
    await seed(play.database_path, CHATS)
    async with started(folder, "run", **variables) as bot:
        await until(lambda: baselined(play.database_path) == 1, seconds=PATIENCE)
        play.publish("Before the backup", "economy")
        await play.server.wait_for(lambda: len(play.server.sent) >= CHATS // 3, PATIENCE)
        bot.send(signal.SIGSTOP)  # so that the moment is one in mid-fanout on any machine
        made = await warm.dekbot(folder, "backup", "copy.db", "--json", **variables)
        bot.send(signal.SIGCONT)
        refused = await warm.dekbot(folder, "restore", "copy.db", **variables)
        await play.settled(CHATS, seconds=60)
        play.publish("Behind the backup", "economy")
        await play.settled(2 * CHATS, seconds=60)
        bot.send(signal.SIGTERM)
        assert (await bot.ended()).status == 0
    (line,) = refused.complaints
    assert (refused.status, made.status, made.err) == (2, 0, "")
    assert f"process {bot.pid} on " in line
    still_open = int(json.loads(made.out)["contents"]["open_deliveries"])
    assert 0 < still_open < CHATS
    return still_open


async def test_a_restored_backup_loses_nothing_and_says_what_may_come_again(
    opened: OpenPlay, warm: Warm
) -> None:
    async with opened(**OPTIONS) as play:
        folder, variables = play.database_path.parent, variables_of(play.settings)
        still_open = await back_up_in_mid_fanout(play, warm)
        restored = await warm.dekbot(folder, "restore", "copy.db", **variables)
        async with started(folder, "run", **variables) as bot:
            await play.settled(2 * CHATS, seconds=60)
            bot.send(signal.SIGTERM)
            assert (await bot.ended()).status == 0

    assert (restored.status, restored.err) == (0, "")
    assert f"{still_open} open deliveries stay owed" in restored.out.replace("\n", " ")
    before, behind = (received(play, f"{when} the backup") for when in ("Before", "Behind"))
    assert set(before) == set(behind) == set(range(1, CHATS + 1))
    assert Counter(before.values()) == {1: CHATS - still_open, 2: still_open}
    assert set(behind.values()) == {2}


async def test_without_repeats_nothing_comes_again_and_what_is_published_next_comes(
    opened: OpenPlay, warm: Warm
) -> None:
    async with opened(**OPTIONS) as play:
        folder, variables = play.database_path.parent, variables_of(play.settings)
        still_open = await back_up_in_mid_fanout(play, warm)
        restored = await warm.dekbot(folder, "restore", "copy.db", "--no-repeats", **variables)
        async with started(folder, "run", **variables) as bot:
            await until(lambda: baselined(play.database_path) == 1, seconds=PATIENCE)
            play.publish("Behind the restore", "economy")
            rows = await play.settled(2 * CHATS, seconds=60)
            bot.send(signal.SIGTERM)
            assert (await bot.ended()).status == 0

    assert restored.status == 0
    for when in ("Before the backup", "Behind the backup", "Behind the restore"):
        assert received(play, when) == dict.fromkeys(range(1, CHATS + 1), 1)
    assert Counter(row.state for row in rows)[State.DROPPED] == still_open


def damaged(path: Path) -> None:
    overwrite(path, seed=3, at=2 * PAGE, pages=30)


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")


async def test_every_fault_is_one_line_with_status_2_and_leaves_all_as_it_was(
    database_path: Path, tmp_path: Path, warm: Warm
) -> None:
    await seed(database_path, 3)
    for name, spoil in (("damaged.db", damaged), ("newer.db", newer)):
        made = await warm.dekbot(tmp_path, "backup", name, database_url=url_of(database_path))
        assert (made.status, made.err) == (0, "")
        spoil(tmp_path / name)
    await asyncio.to_thread((tmp_path / "notes").write_text, "Remember the milk. " * 500)
    there = names_in(tmp_path)
    faults = {
        ("backup", "nowhere/copy.db"): "there is no folder nowhere; make it first",
        ("backup", "newer.db"): "is there already; --force replaces it",
        ("backup", "dekbot.db", "--force"): "belongs to the database itself",
        ("restore", "nowhere.db"): "nowhere.db is not there",
        ("restore", "damaged.db"): "damaged.db is damaged",
        ("restore", "newer.db"): "written by a newer Dekbot",
        ("restore", "notes"): "notes is no database",
        ("restore", "dekbot.db"): "is the database itself",
    }

    for arguments, fault in faults.items():
        ended = await warm.dekbot(tmp_path, *arguments, database_url=url_of(database_path))
        (line,) = ended.complaints
        assert (ended.status, ended.out) == (2, "")
        assert fault in line
    for command in ("backup", "prune"):
        arguments = (command, "copy.db") if command == "backup" else (command,)
        ended = await warm.dekbot(tmp_path, *arguments, database_url=url_of(tmp_path / "no.db"))
        (line,) = ended.complaints
        assert ended.status == 2
        assert "there is no database at" in line
    assert names_in(tmp_path) == there


@pytest.mark.parametrize("spoil", [damaged, newer])
async def test_a_bot_does_not_start_on_what_it_cannot_use(
    database_path: Path, tmp_path: Path, warm: Warm, spoil: Any
) -> None:
    await seed(database_path, 3)
    await asyncio.to_thread(spoil, database_path)
    token = "123456789:AA" + "x" * 33

    ended = await warm.dekbot(tmp_path, "run", database_url=url_of(database_path), bot_token=token)

    (line,) = ended.complaints
    assert ended.status == 2
    assert "restore a backup" in line


async def test_on_a_disk_that_is_full_a_backup_is_one_line_and_no_file(
    database_path: Path, tmp_path: Path
) -> None:
    """On a file system of its own, with less room than the database takes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = "mount -t tmpfs -o size=100k tmpfs disk && exec"
    command = f"{mount} {sys.executable} -m bot backup disk/copy.db; echo status $?; ls -A disk"
    process = await asyncio.create_subprocess_exec(
        *("unshare", "-rm", "sh", "-c", command.replace("exec ", "")),
        cwd=tmp_path,
        env={"PYTHONPATH": str(PROJECT), "DEKBOT_DATABASE_URL": url_of(database_path),
             "PATH": "/usr/bin:/bin"},
        stdout=PIPE,
        stderr=PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    if b"unshare" in err or b"mount" in err:
        pytest.skip("nothing can be mounted here")

    (line,) = err.decode().splitlines()
    assert "disk has no room for the copy" in line
    assert out.decode().splitlines() == ["status 2"]


async def test_a_bot_makes_backups_and_tells_when_it_cannot(
    opened: OpenPlay, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("bot.app.upkeep._BACKUP_INTERVAL", timedelta(seconds=0.1))
    clock = FakeClock(datetime.now(UTC))
    folder = tmp_path / "backups"
    options = {"backup_folder": folder, "backup_interval": timedelta(hours=1), "backup_keep": 2}
    async with opened(begin=False, clock=clock, admin_ids=(ADA,), **options) as play:
        ada = play.server.reader("Ada", begun=True, person_id=ADA)
        await play.start()
        failing = await ada.next_message(PATIENCE)
        folder.mkdir()
        clock.pass_time(hours=1)
        await play.logged("backup_made")
        working = await ada.next_message(PATIENCE)
        await play.stop()
        await play.start()
        for number in (2, 3):
            clock.pass_time(hours=1)
            await until(partial(has_made, play, number), seconds=PATIENCE)

    assert failing.text.startswith("No backup could be made")
    assert working.text.startswith("Backups work again")
    assert len(ada.messages) == 2
    assert len(names_in(folder)) == 2
