"""A restore puts the whole backup in place or changes nothing, at whatever moment it is killed."""

import os
import signal
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.errors import BackupError, DatabaseError
from bot.services.backup_reports import RestoreReport
from bot.storage.backup import back_up
from bot.storage.database import Database
from bot.storage.lock import held
from bot.storage.migrate import undo
from bot.storage.restoring import restore
from tests.aids.archive import publish
from tests.aids.articles import teaser
from tests.aids.damage import PAGE, overwrite
from tests.aids.stocked import columns_of, headlines_in, is_sound, names_in, stock, url_of
from tests.conftest import SITE_ZONE

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
OPEN = "SELECT COUNT(*) FROM deliveries WHERE due_at IS NOT NULL"


@dataclass(frozen=True)
class Past:
    """A database that went on for an hour after its backup."""

    path: Path
    backup: Path
    now: datetime

    def restore(self, *, no_repeats: bool = False, later: timedelta = HOUR) -> RestoreReport:
        now = self.now + later
        return restore(url_of(self.path), self.backup, now, max_age=DAY, no_repeats=no_repeats)


@pytest.fixture
async def past(database_path: Path, tmp_path: Path, now: datetime) -> Past:
    await stock(database_path, now)
    backup = tmp_path / "backups" / "copy.db"
    backup.parent.mkdir()
    back_up(url_of(database_path), str(backup), now)
    database = Database(url_of(database_path), SITE_ZONE)
    async with database.writing() as records:
        await publish(records, teaser("later", headline="Later"), now + HOUR)
    await database.close()
    return Past(database_path, backup, now)


def names_beside(path: Path) -> set[str]:
    return {name for name in names_in(path.parent) if "dekbot" in name}


def test_the_backup_is_in_place_and_the_present_database_beside_it(past: Past) -> None:
    report = past.restore()

    assert headlines_in(past.path) == {"Sent", "Owed"}
    assert report.kept
    assert headlines_in(Path(report.kept)) == {"Sent", "Owed", "Later"}
    assert Path(report.kept).name == "dekbot.before-restore-20260304T060607Z.db"
    assert (report.contents.articles, report.still_owed, report.dropped) == (2, 2, 0)
    assert names_beside(past.path) == {"dekbot.db", "dekbot.db.lock", Path(report.kept).name}


def test_what_was_committed_last_is_in_the_kept_database_though_it_was_in_the_log(
    past: Past,
) -> None:
    crashed = sqlite3.connect(past.path, isolation_level=None)
    crashed.execute("PRAGMA wal_autocheckpoint = 0")
    crashed.execute("UPDATE articles SET headline = 'Last' WHERE headline = 'Later'")
    log, shared = (past.path.with_name(f"dekbot.db-{name}") for name in ("wal", "shm"))
    remains = (past.path.read_bytes(), log.read_bytes())
    crashed.close()
    shared.unlink(missing_ok=True)
    past.path.write_bytes(remains[0])
    log.write_bytes(remains[1])

    kept = past.restore().kept

    assert kept
    assert headlines_in(Path(kept)) == {"Sent", "Owed", "Last"}
    assert headlines_in(past.path) == {"Sent", "Owed"}


def test_where_there_was_no_database_the_backup_becomes_it(past: Past, tmp_path: Path) -> None:
    elsewhere = tmp_path / "new" / "machine" / "dekbot.db"

    report = restore(url_of(elsewhere), past.backup, past.now, max_age=DAY)

    assert report.kept is None
    assert headlines_in(elsewhere) == {"Sent", "Owed"}


def test_a_damaged_database_is_kept_with_its_log_which_the_new_one_does_not_take_in(
    past: Past,
) -> None:
    past.path.write_bytes(b"noise" * 9_000)
    past.path.with_name("dekbot.db-wal").write_bytes(b"more noise")

    kept = past.restore().kept

    assert kept
    assert Path(kept).read_bytes() == b"noise" * 9_000
    assert Path(f"{kept}-wal").read_bytes() == b"more noise"
    assert is_sound(past.path)
    assert headlines_in(past.path) == {"Sent", "Owed"}


def test_under_a_bot_nothing_is_restored(past: Past) -> None:
    before = past.path.read_bytes()

    with held(url_of(past.path), past.now), pytest.raises(DatabaseError, match="is in use"):
        past.restore()

    assert past.path.read_bytes() == before


def test_beside_any_other_program_that_uses_it_nothing_is_restored(past: Past) -> None:
    with closing(sqlite3.connect(past.path)) as other:
        other.execute("SELECT * FROM articles").fetchone()
        with pytest.raises(BackupError, match="is used by another program"):
            past.restore()

    assert headlines_in(past.path) == {"Sent", "Owed", "Later"}
    assert not any(name.startswith(".") for name in names_beside(past.path))


def test_what_cannot_be_a_backup_changes_nothing(past: Past, tmp_path: Path) -> None:
    wrong = {name: tmp_path / name for name in ("damaged", "notes", "recipes", "newer", "missing")}
    for name in ("damaged", "newer"):
        wrong[name].write_bytes(past.backup.read_bytes())
    overwrite(wrong["damaged"], seed=6, at=2 * PAGE, pages=30)
    wrong["notes"].write_text("Remember the milk. " * 500)
    with closing(sqlite3.connect(wrong["recipes"])) as database:
        database.execute("CREATE TABLE recipes (title)")
    with closing(sqlite3.connect(wrong["newer"])) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    faults = {
        "damaged": "damaged is damaged",
        "notes": "notes is no database",
        "recipes": "recipes is no database of Dekbot's",
        "newer": "written by a newer Dekbot .*upgrade Dekbot first",
        "missing": "missing is not there",
    }

    for name, fault in faults.items():
        with pytest.raises(BackupError, match=fault) as raised:
            restore(url_of(past.path), wrong[name], past.now, max_age=DAY)
        assert "\n" not in str(raised.value)
    with pytest.raises(BackupError, match="is the database itself"):
        restore(url_of(past.path), past.path, past.now, max_age=DAY)

    assert headlines_in(past.path) == {"Sent", "Owed", "Later"}
    assert not any("restor" in name for name in names_beside(past.path))


def test_a_backup_of_an_earlier_version_is_upgraded_and_itself_left_alone(
    past: Past,
) -> None:
    undo(url_of(past.backup), "0004")

    report = past.restore()

    assert report.steps[0].startswith("0005:")
    assert columns_of(past.path, OPEN) == [(2,)]
    assert columns_of(past.backup, "SELECT version_num FROM alembic_version") == [("0004",)]


def test_what_was_due_longer_ago_than_an_alert_may_be_old_is_not_sent_any_more(
    past: Past,
) -> None:
    report = past.restore(later=2 * DAY)

    assert (report.dropped, report.still_owed) == (2, 0)
    assert columns_of(past.path, OPEN) == [(0,)]


def test_what_is_due_in_the_future_or_held_stays_whatever_its_age(past: Past) -> None:
    with closing(sqlite3.connect(past.backup)) as database, database:
        late = round((past.now + 9 * DAY).timestamp() * 1000)
        database.execute("UPDATE deliveries SET due_at = ? WHERE state = 'owed'", (late,))
        database.execute("UPDATE deliveries SET state = 'held' WHERE id = 4")

    report = past.restore(later=8 * DAY, no_repeats=True)

    assert (report.dropped, report.still_owed) == (0, 1)
    assert columns_of(past.path, OPEN) == [(2,)]


def test_without_repeats_all_that_was_due_is_dropped_and_sources_begin_anew(
    past: Past,
) -> None:
    with closing(sqlite3.connect(past.backup)) as database, database:
        database.executescript("""
            INSERT INTO sources (url, kind, baselined_at, etag, last_modified, body_hash)
            VALUES ('https://e.org/', 'feed', 1, 'x', 'y', 'z');
            INSERT INTO fanouts (article_id, alert_from, done_to, last, begun_at)
            SELECT id, 0, 0, 9, 0 FROM articles;
        """)

    report = past.restore(no_repeats=True)

    assert (report.dropped, report.still_owed) == (2, 0)
    state = "SELECT baselined_at, etag, last_modified, body_hash FROM sources"
    assert columns_of(past.path, state) == [(None, None, None, None)]
    assert columns_of(past.path, "SELECT COUNT(*) FROM fanouts") == [(0,)]


def killed_at(step: int, past: Past) -> bool:
    """Restore in a process that is killed at its n-th step; return whether it came so far.

    A step is whatever the interpreter tells its auditors: opening, linking, renaming, deleting.
    """
    child = os.fork()
    if child == 0:
        seen = 0

        def count(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal seen
            if event in ("os.link", "os.rename", "os.remove", "sqlite3.connect", "open"):
                seen += str(past.path.parent) in str(arguments)
                if seen == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        try:
            past.restore()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_killed_at_any_step_the_database_is_the_old_one_or_the_new_one(past: Past) -> None:
    old, new = {"Sent", "Owed", "Later"}, {"Sent", "Owed"}
    found: list[set[object]] = []
    while killed_at(len(found) + 1, past):
        assert is_sound(past.path)
        found.append(headlines_in(past.path))
        assert found[-1] in (old, new)
        if found[-1] == new:
            break  # further kills would begin with the new one

    assert old in found
    assert len(found) > 5
    past.restore(later=2 * HOUR)
    assert headlines_in(past.path) == new
    kept = [name for name in names_beside(past.path) if "before-restore" in name]
    assert any(headlines_in(past.path.with_name(name)) == old for name in kept)
    assert not any(name.endswith(".restoring") for name in names_beside(past.path))
