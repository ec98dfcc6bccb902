"""A backup is whole and good, or there is none; and the bot writes on meanwhile."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from bot.domain.backups import backup_name
from bot.domain.errors import BackupError
from bot.storage.backup import BackupFolder, back_up
from bot.storage.copying import NoRoomError
from bot.storage.inspection import inspect
from tests.aids.damage import PAGE, overwrite
from tests.aids.stocked import (
    columns_of,
    full_disk,
    grow,
    headlines_in,
    is_sound,
    names_in,
    stock,
    url_of,
)


@pytest.fixture
async def stocked(database_path: Path, now: datetime) -> Path:
    await stock(database_path, now)
    return database_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "backups"
    made.mkdir()
    return made


def test_a_backup_holds_everything_and_tells_what(
    stocked: Path, folder: Path, now: datetime
) -> None:
    report = back_up(url_of(stocked), str(folder / "copy.db"), now)

    assert columns_of(folder / "copy.db", "SELECT * FROM deliveries ORDER BY id") == columns_of(
        stocked, "SELECT * FROM deliveries ORDER BY id"
    )
    held = report.contents
    assert (held.articles, held.subscribers, held.deliveries) == (2, 2, 4)
    assert (held.open_deliveries, held.as_of) == (2, now.replace(microsecond=0))
    assert report.size == (folder / "copy.db").stat().st_size


def test_a_backup_is_one_file_readable_for_whom_the_database_is(
    stocked: Path, folder: Path, now: datetime
) -> None:
    stocked.chmod(0o600)
    back_up(url_of(stocked), str(folder / "copy.db"), now)

    assert names_in(folder) == ["copy.db"]
    assert (folder / "copy.db").stat().st_mode & 0o777 == 0o600
    folder.chmod(0o555)
    inspect(folder / "copy.db")
    folder.chmod(0o755)
    assert names_in(folder) == ["copy.db"]


def test_commits_between_the_pages_neither_wait_nor_get_into_the_copy(
    stocked: Path, folder: Path, now: datetime
) -> None:
    grow(stocked, 9)
    commits: list[int] = []
    with closing(sqlite3.connect(stocked, timeout=0, isolation_level=None)) as bot:

        def commit(done: int, _total: int) -> None:
            bot.execute("UPDATE articles SET dek = dek || '+'")
            bot.execute("INSERT INTO ballast VALUES (?)", (f"commit {done}",))
            commits.append(done)

        back_up(url_of(stocked), str(folder / "copy.db"), now, progress=commit)

    assert len(commits) >= 3
    assert is_sound(folder / "copy.db")
    counted = "SELECT COUNT(*) FROM ballast WHERE content LIKE 'commit%'"
    assert columns_of(folder / "copy.db", counted) == [(0,)]
    assert columns_of(stocked, counted) == [(len(commits),)]


def test_a_folder_gets_a_name_with_the_date(stocked: Path, folder: Path, now: datetime) -> None:
    report = back_up(url_of(stocked), str(folder), now)

    assert report.file == str(folder / "dekbot-20260304T050607Z.db")


def test_a_file_that_is_there_is_replaced_on_request_only(
    stocked: Path, folder: Path, now: datetime
) -> None:
    target = folder / "copy.db"
    target.write_text("precious")

    with pytest.raises(BackupError, match="is there already; --force replaces it"):
        back_up(url_of(stocked), str(target), now)
    assert target.read_text() == "precious"

    back_up(url_of(stocked), str(target), now, force=True)
    assert len(headlines_in(target)) == 2


@pytest.mark.parametrize("name", ["dekbot.db", "dekbot.db-wal", "dekbot.db-shm", "dekbot.db.lock"])
def test_what_belongs_to_the_database_is_never_written_over(
    stocked: Path, now: datetime, name: str
) -> None:
    before = stocked.read_bytes()

    with pytest.raises(BackupError, match="belongs to the database itself"):
        back_up(url_of(stocked), str(stocked.parent / "." / name), now, force=True)
    assert stocked.read_bytes() == before


def test_the_database_under_another_name_is_known(
    stocked: Path, folder: Path, now: datetime
) -> None:
    (folder / "hard.db").hardlink_to(stocked)
    (folder / "soft.db").symlink_to(stocked)

    for name in ("hard.db", "soft.db"):
        with pytest.raises(BackupError, match="belongs to the database itself"):
            back_up(url_of(stocked), str(folder / name), now, force=True)


def test_a_place_that_cannot_be_is_told(stocked: Path, folder: Path, now: datetime) -> None:
    for wanted, fault in {
        f"{folder}/missing/copy.db": "there is no folder .*missing; make it first",
        f"{folder}/missing/": "there is no folder .*missing; make it first",
        "/dev/null": "is no file",
    }.items():
        with pytest.raises(BackupError, match=fault):
            back_up(url_of(stocked), wanted, now, force=True)


@pytest.mark.parametrize("after", [0, 20 * PAGE, 60 * PAGE])
def test_on_a_full_disk_nothing_is_left_of_the_copy(
    stocked: Path, folder: Path, now: datetime, after: int
) -> None:
    grow(stocked, 1)
    with full_disk(after), pytest.raises(NoRoomError, match=r"has no room .* make room"):
        back_up(url_of(stocked), str(folder / "copy.db"), now)

    assert names_in(folder) == []


def test_a_stopped_copy_leaves_nothing(stocked: Path, folder: Path, now: datetime) -> None:
    stop = Event()
    stop.set()

    with pytest.raises(BackupError, match="stopped"):
        back_up(url_of(stocked), str(folder), now, stop=stop)
    assert names_in(folder) == []


def test_a_database_that_is_not_there_is_not_made(
    tmp_path: Path, folder: Path, now: datetime
) -> None:
    missing = tmp_path / "missing.db"

    with pytest.raises(BackupError, match=r"there is no database at .*missing\.db"):
        back_up(url_of(missing), str(folder), now)
    assert not missing.exists()
    assert names_in(folder) == []


def test_a_damaged_database_gives_no_backup_and_is_named(
    stocked: Path, folder: Path, now: datetime
) -> None:
    grow(stocked, 1)
    with closing(sqlite3.connect(stocked)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    overwrite(stocked, seed=5, at=2 * PAGE, pages=30)

    with pytest.raises(BackupError, match=r"dekbot\.db is damaged"):
        back_up(url_of(stocked), str(folder), now)
    assert names_in(folder) == []


def test_what_is_no_database_of_ours_gives_no_backup(
    tmp_path: Path, folder: Path, now: datetime
) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as database:
        database.execute("CREATE TABLE recipes (title)")
    (tmp_path / "notes.db").write_text("Remember the milk. " * 500)

    for name, fault in {"other.db": "is no database of Dekbot's", "notes.db": "database"}.items():
        with pytest.raises(BackupError, match=fault):
            back_up(url_of(tmp_path / name), str(folder), now)
    assert names_in(folder) == []


def test_a_folder_of_backups_keeps_the_newest_and_whatever_else_lies_there(
    stocked: Path, folder: Path, now: datetime
) -> None:
    shelf = BackupFolder(url_of(stocked), folder)
    (folder / "holiday.jpg").write_text("sun")
    for day in range(4):
        made = shelf.make(now + timedelta(days=day))
        shelf.rotate(2, made.file)

    third, fourth = (now + timedelta(days=day) for day in (2, 3))
    left = [backup_name("dekbot", third), backup_name("dekbot", fourth), "holiday.jpg"]
    assert names_in(folder) == left
    assert shelf.newest(fourth + timedelta(days=9)) == fourth


def test_rotation_clears_away_what_killed_processes_left_and_nothing_younger(
    stocked: Path, folder: Path, now: datetime
) -> None:
    shelf = BackupFolder(url_of(stocked), folder)
    old, young = (f".{backup_name('dekbot', now - timedelta(hours=n))}.partial" for n in (9, 8))
    for name in (old, young, f"{old}-journal", ".mine.partial"):
        (folder / name).write_text("half")
        os.utime(folder / name, (0, 0) if name != young else None)

    made = shelf.make(now)
    shelf.rotate(7, made.file)

    assert names_in(folder) == sorted([".mine.partial", young, Path(made.file).name])


def test_a_folder_that_is_not_there_is_told_and_not_made(
    database_path: Path, tmp_path: Path, now: datetime
) -> None:
    shelf = BackupFolder(url_of(database_path), tmp_path / "unmounted")

    with pytest.raises(BackupError, match=r"DEKBOT_BACKUP_FOLDER: .*unmounted cannot be read"):
        shelf.newest(now)
    assert not (tmp_path / "unmounted").exists()
