"""What the command line does for the database: backups, restoring, pruning, upgrades."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from bot.app.parts import open_parts, wall_clock
from bot.app.upkeep import pruner_of
from bot.domain.errors import BackupError
from bot.services.backup_reports import (
    BackupReport,
    PruneReport,
    RestoreReport,
    UpgradeReport,
)
from bot.settings import Settings
from bot.storage.backup import back_up
from bot.storage.database import database_path
from bot.storage.integrity import verify
from bot.storage.lock import held
from bot.storage.restoring import restore as restore_database
from bot.storage.shrinking import shrink as shrink_database
from bot.storage.upgrading import upgrade

#: Called with how much of the work is done, and how much there is.
OnProgress = Callable[[int, int], None]


def backup(
    settings: Settings, wanted: str, *, force: bool, on_progress: OnProgress
) -> BackupReport:
    """Copy the database to a file, or into a folder; a bot may run on it."""
    return back_up(settings.database_url, wanted, wall_clock(), force=force, progress=on_progress)


def restore(
    settings: Settings, file: Path, *, no_repeats: bool, on_progress: OnProgress
) -> RestoreReport:
    """Put a backup in the database's place; no bot may run on it."""
    return restore_database(
        settings.database_url,
        file,
        wall_clock(),
        max_age=settings.max_alert_age,
        no_repeats=no_repeats,
        progress=on_progress,
    )


def migrate(settings: Settings, *, backup: bool = True) -> UpgradeReport:
    """Bring the database up to date; keep a copy of what was there before, unless told not to."""
    if backup and database_path(settings.database_url).exists():
        verify(settings.database_url)
    return upgrade(settings.database_url, backup=backup)


async def prune(
    settings: Settings,
    *,
    dry_run: bool,
    shrink: bool,
    on_step: Callable[[PruneReport], None],
) -> PruneReport:
    """Delete what is over; with `dry_run` only tell what would be.

    With `shrink` the file is made smaller too, which no bot may run beside.
    """
    url = settings.database_url
    if not database_path(url).is_file():
        raise BackupError(f"there is no database at {database_path(url)}; see DEKBOT_DATABASE_URL")
    with held(url, wall_clock()) if shrink and not dry_run else nullcontext():
        async with open_parts(settings) as parts:
            pruner = pruner_of(parts)
            if dry_run:
                return await pruner.foresee()
            report = await pruner.prune(on_step)
        freed = shrink_database(url) if shrink else 0
        return replace(report, freed=freed)
