"""What `dekbot check` sees: a real stand-in, a real site, real files, and a bot beside it."""

import json
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing, nullcontext
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import check
from bot.app.parts import wall_clock
from bot.demo.botapi.errors import Refusal
from bot.services.reports import Finding, Verdict
from bot.storage.database import Database
from bot.storage.lock import held
from bot.storage.migrate import undo
from tests.aids.damage import overwrite
from tests.aids.obedient import CANNOT
from tests.aids.play import OpenPlay, Play
from tests.aids.process import dekbot, variables_of
from tests.aids.seeding import seed
from tests.conftest import SITE_ZONE

pytestmark = pytest.mark.e2e

OK, WARNING, FAILED = Verdict.OK, Verdict.WARNING, Verdict.FAILED


@pytest.fixture
async def idle(opened: OpenPlay) -> AsyncIterator[Play]:
    """A play whose bot does not run."""
    async with opened(begin=False) as play:
        yield play


async def found(play: Play, subject: str, **settings: object) -> Finding:
    """Return what check finds of the subject, with these settings instead of the play's."""
    findings = await check(play.settings.model_copy(update=settings))
    (finding,) = [one for one in findings if one.subject == subject]
    assert all(bool(one.remedy) is (one.verdict is not OK) for one in findings)
    return finding


def content(folder: Path) -> dict[str, bytes]:
    """Return all files but SQLite's shared memory, which any reader makes; an empty log is none."""
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    return {name: told for name, told in files.items() if told and not name.endswith("-shm")}


async def test_a_check_changes_nothing_not_even_an_old_schema(idle: Play) -> None:
    undo(idle.settings.database_url, "0001")
    before = content(idle.database_path.parent)

    schema = await found(idle, "schema")

    assert (schema.verdict, schema.text.split(";")[0]) == (WARNING, "0001")
    assert "dekbot migrate" in schema.remedy
    assert content(idle.database_path.parent) == before


async def test_what_is_not_there_yet_is_not_made(idle: Play, tmp_path: Path) -> None:
    path = tmp_path / "new" / "dekbot.db"

    finding = await found(idle, "database", database_url=f"sqlite+aiosqlite:///{path}")

    assert (finding.verdict, "not there yet" in finding.text) == (OK, True)
    assert not path.parent.exists()


async def test_a_place_that_cannot_be_written_fails(idle: Play, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, and no folder")

    finding = await found(
        idle, "database", database_url=f"sqlite+aiosqlite:///{tmp_path}/taken/dekbot.db"
    )

    assert finding.verdict is FAILED
    assert "taken cannot be written" in finding.text


@pytest.mark.parametrize("what", ["file", "folder"])
async def test_a_file_or_a_folder_that_is_closed_fails(idle: Play, what: str) -> None:
    folder = idle.database_path.with_name("closed")
    folder.mkdir()
    path = idle.database_path.rename(folder / idle.database_path.name)
    url = f"sqlite+aiosqlite:///{path}"
    closed = path if what == "file" else folder
    closed.chmod(closed.stat().st_mode & ~0o222)
    variables = variables_of(idle.settings) | {"database_url": url}
    ended = await dekbot(folder, "check", "--json", module="tests.aids.obedient", **variables)
    folder.chmod(0o755)

    if ended.status == CANNOT:
        pytest.skip("root cannot give up its rights over files here")
    (finding,) = [one for one in json.loads(ended.out) if one["subject"] == "database"]
    assert (ended.status, finding["verdict"]) == (2, "failed")
    assert finding["text"] == f"{closed} cannot be written"


async def test_a_url_of_another_database_is_a_finding(idle: Play) -> None:
    finding = await found(idle, "database", database_url="postgresql://localhost/dekbot")

    assert (finding.verdict, "not supported" in finding.text) == (FAILED, True)


async def test_a_damaged_database_fails_and_is_left_alone(idle: Play) -> None:
    overwrite(idle.database_path, seed=1)
    before = content(idle.database_path.parent)

    finding = await found(idle, "soundness")

    assert (finding.verdict, "damaged" in finding.text) == (FAILED, True)
    assert content(idle.database_path.parent) == before


async def test_a_newer_database_fails(idle: Play) -> None:
    with closing(sqlite3.connect(idle.database_path)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")

    finding = await found(idle, "schema")

    assert (finding.verdict, finding.text) == (FAILED, "9999, which a newer Dekbot made")


async def test_who_runs_on_the_database_is_told_until_that_ends(idle: Play) -> None:
    with held(idle.settings.database_url, wall_clock()):
        during = await found(idle, "bot")
    after = await found(idle, "bot")

    assert during.text.startswith(f"process {os.getpid()} on ")
    assert after.text == "none runs on this database"


@pytest.mark.parametrize("minutes", [-10, 10])
async def test_a_clock_that_is_wrong_is_told(idle: Play, minutes: int) -> None:
    findings = await check(idle.settings, lambda: wall_clock() + timedelta(minutes=minutes))

    (finding,) = [one for one in findings if one.subject == "clock"]
    way = "ahead of" if minutes > 0 else "behind"
    assert finding.verdict is WARNING
    assert f"minutes {way} Telegram" in finding.text
    assert f"minutes {way} 127.0.0.1" in finding.text


@pytest.mark.parametrize("is_running", [True, False])
async def test_a_webhook_is_told_without_its_path(idle: Play, is_running: bool) -> None:
    idle.server.world.updates.webhook = {"url": "https://other.example/hook-that-is-secret"}
    with held(idle.settings.database_url, wall_clock()) if is_running else nullcontext():
        finding = await found(idle, "updates")

    assert finding.verdict is WARNING
    assert "other.example" in finding.text
    assert "secret" not in repr(finding)
    assert ("takes it away" in finding.remedy) is not is_running


async def test_what_botfather_has_set_is_told(idle: Play) -> None:
    on = await found(idle, "inline mode")
    idle.server.world.bot.inline = False
    off = await found(idle, "inline mode")
    groups = await found(idle, "groups")

    assert (on.text[:2], off.text[:3], off.verdict) == ("on", "off", OK)
    assert "what is meant for it" in groups.text


async def test_a_menu_of_another_version_is_told_where_a_bot_runs(idle: Play) -> None:
    before = await found(idle, "command menu")
    with held(idle.settings.database_url, wall_clock()):
        beside = await found(idle, "command menu")

    assert (before.verdict, beside.verdict) == (OK, WARNING)
    assert "dekbot run sets them" in before.text


async def test_administrators_who_cannot_be_reached_are_named(idle: Play) -> None:
    reader = idle.server.reader("Mina", begun=True)
    gone = idle.server.reader("Tam", begun=True, person_id=77)
    database = Database(idle.settings.database_url, SITE_ZONE)
    await seed(idle.database_path, 77)
    async with database.writing() as records:
        await records.subscribers.retire(77, "bot was blocked by the user", wall_clock())
    await database.close()
    ids = (reader.person.id, gone.person.id, 404404)

    findings = [await found(idle, f"administrator {one}", admin_ids=ids) for one in ids]

    assert [one.verdict for one in findings] == [OK, WARNING, WARNING]
    assert [one.text for one in findings][:2] == ["Mina", "Tam has blocked or left the bot"]
    assert "ot found" in findings[2].text


async def test_a_token_that_telegram_refuses_and_a_telegram_that_is_away_fail(idle: Play) -> None:
    idle.server.faults.on("getWebhookInfo").refuse(Refusal.too_many(3))
    throttled = await found(idle, "token")
    refused = await found(idle, "token", bot_token=None)
    await idle.server.refuse_calls()
    away = await found(idle, "token")

    assert [throttled.verdict, refused.verdict, away.verdict] == [FAILED, WARNING, FAILED]
    assert "cannot be reached" in away.text


@pytest.mark.parametrize(("hours", "verdict"), [(0, WARNING), (2, FAILED)])
async def test_a_source_that_the_bot_fails_to_read_is_told_with_its_next_try(
    idle: Play, hours: int, verdict: Verdict
) -> None:
    url, now = f"{idle.newsroom.url}/feed/", wall_clock()
    database = Database(idle.settings.database_url, SITE_ZONE)
    async with database.writing() as records:
        source = await records.sources.ensure(url, "feed")
        failed_at = now - timedelta(hours=hours)
        due_at = now + timedelta(minutes=20)
        await records.sources.failed(source.id, "answers 500", due_at, failed_at)
    await database.close()

    finding = await found(idle, f"polls of {url}")

    assert finding.verdict is verdict
    assert "never read; 1 failures since" in finding.text
    assert f"answers 500; next try {due_at:%Y-%m-%d %H:%M} UTC" in finding.text


async def test_a_source_that_is_read_no_more_is_told_where_a_bot_runs(opened: OpenPlay) -> None:
    async with opened() as play:
        url = f"{play.newsroom.url}/feed/"
        fresh = await found(play, f"polls of {url}")
        bot = await found(play, "bot")
        await play.stop()
        with closing(sqlite3.connect(play.database_path)) as database, database:
            database.execute("UPDATE sources SET read_at = read_at - 7200000")
        with held(play.settings.database_url, wall_clock()):
            stale = await found(play, f"polls of {url}")
        idle = await found(play, f"polls of {url}")

    assert bot.text.startswith("process ")
    assert [fresh.verdict, stale.verdict, idle.verdict] == [OK, WARNING, OK]
    assert stale.text == "last read 2 hours ago"


async def test_what_the_database_holds_is_counted(idle: Play) -> None:
    await seed(idle.database_path, 3)

    assert (await found(idle, "chats")).text == "3 active, 0 paused, 0 silent, 0 retired"
    assert (await found(idle, "archive")).text == "0 articles"
    assert (await found(idle, "outbox")).text.startswith("0 owed, 0 held, 0 sent")
    assert "every active chat (3) takes 0 s" in (await found(idle, "send rate")).text
