"""An upgrade keeps a copy of what was there, and loses nothing by being killed."""

import os
import signal
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event

from bot.domain.errors import BackupError, DatabaseError
from bot.storage.inspection import inspect
from bot.storage.migrate import migrate, undo
from bot.storage.revisions import known_revisions, migrations_folder
from bot.storage.upgrading import copy_before, upgrade
from tests.aids.damage import PAGE, overwrite
from tests.aids.stocked import columns_of, full_disk, grow, is_sound, names_in, stock, url_of

OPEN = "SELECT COUNT(*) FROM deliveries WHERE due_at IS NOT NULL"
KEPT = "SELECT id, article_id, subscriber_id, state, reasons, owed_at, due_at FROM deliveries"


@pytest.fixture
async def stocked(database_path: Path, now: datetime) -> Path:
    await stock(database_path, now)
    return database_path


def test_before_an_upgrade_a_copy_is_kept(stocked: Path) -> None:
    undo(url_of(stocked), "0005")

    report = upgrade(url_of(stocked))

    assert [step.split(":")[0] for step in report.steps] == list(known_revisions()[5:])
    assert report.copy == str(stocked.with_name(f"dekbot.before-{known_revisions()[-1]}.db"))
    assert inspect(Path(report.copy)).revision == "0005"
    assert inspect(stocked).revision == known_revisions()[-1]


def test_no_copy_is_made_of_what_is_up_to_date_empty_or_not_there(
    stocked: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.db"
    migrate(url_of(empty))
    undo(url_of(empty), "0003")

    for path in (stocked, empty, tmp_path / "new.db"):
        assert upgrade(url_of(path)).copy is None
    assert not any("before" in name for name in names_in(tmp_path))


def test_no_copy_is_made_where_none_is_wanted(stocked: Path) -> None:
    undo(url_of(stocked), "0005")

    assert upgrade(url_of(stocked), backup=False).copy is None
    assert not copy_before(stocked).exists()


def test_without_room_it_goes_on_and_says_so(stocked: Path) -> None:
    undo(url_of(stocked), "0005")
    grow(stocked, 8)

    with full_disk(after=4_000_000):  # enough for the upgrade, too little for a copy
        report = upgrade(url_of(stocked))

    assert report.copy is None
    assert "has no room for the copy" in report.fault
    assert inspect(stocked).revision == known_revisions()[-1]
    assert not any("before" in name for name in names_in(stocked.parent))


def test_what_is_damaged_is_not_upgraded(stocked: Path) -> None:
    undo(url_of(stocked), "0005")
    grow(stocked, 1)
    with closing(sqlite3.connect(stocked)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    overwrite(stocked, seed=5, at=stocked.stat().st_size - 60 * PAGE, pages=50)
    before = stocked.read_bytes()

    with pytest.raises((BackupError, DatabaseError), match="damaged"):
        upgrade(url_of(stocked))
    assert stocked.read_bytes() == before


def test_after_an_interrupted_upgrade_the_first_copy_is_the_one_that_is_kept(
    stocked: Path,
) -> None:
    undo(url_of(stocked), "0004")
    upgrade(url_of(stocked))
    undo(url_of(stocked), "0006")  # as if the upgrade had come so far

    report = upgrade(url_of(stocked))

    assert report.copy == str(copy_before(stocked))
    assert inspect(copy_before(stocked)).revision == "0004"


def killed_at(statement: int, path: Path) -> bool:
    """Upgrade in a process that is killed before its n-th statement; return whether it was."""
    child = os.fork()
    if child == 0:
        seen = 0

        def count(*_: object) -> None:
            nonlocal seen
            seen += 1
            if seen == statement:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(Engine, "before_cursor_execute", count)
        try:
            migrate(url_of(path))
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@pytest.mark.parametrize("version", ["0001", "0004", "0007"])
def test_an_upgrade_killed_at_any_statement_goes_on_at_the_next_start(
    stocked: Path, version: str
) -> None:
    undo(url_of(stocked), version)
    owed = columns_of(stocked, KEPT)
    random = Random(version)  # noqa: S311 - chance, not secrets
    kills, statement = 0, 0
    while killed_at(statement := statement + random.randint(1, 6), stocked):
        kills += 1
        assert is_sound(stocked)
        assert columns_of(stocked, KEPT) == owed
        statement = max(statement - 3, 0)  # what came before may be done by now

    migrate(url_of(stocked))

    assert kills >= 3
    assert inspect(stocked).revision == known_revisions()[-1]
    assert columns_of(stocked, KEPT) == owed
    assert columns_of(stocked, OPEN) == [(2,)]


def test_the_files_name_the_revisions_in_the_order_in_which_alembic_takes_them() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()))
    walked = ScriptDirectory.from_config(config).walk_revisions()

    assert known_revisions() == tuple(reversed([one.revision for one in walked]))
