"""What the running bot does beside its work: backups, and deleting what is over."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from bot.app.parts import Parts
from bot.domain.errors import DatabaseError
from bot.services.administrators import Administrators
from bot.services.backups import Backups
from bot.services.pruning import Pruner
from bot.services.waiting import GivenUpError
from bot.storage.backup import BackupFolder

log = structlog.get_logger(__name__)

#: How often it is looked whether a backup is due.
_BACKUP_INTERVAL: Final = timedelta(minutes=1)
_PRUNE_INTERVAL: Final = timedelta(days=1)
#: What a start has to do comes first.
_FIRST_PRUNE: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something that is done time and again."""

    work: Callable[[], Awaitable[None]]
    interval: timedelta
    #: How long after the start it is done first.
    first: timedelta


class Upkeep:
    """Jobs for the schedule; without `backups`, none are made."""

    def __init__(self, pruner: Pruner, backups: Backups | None) -> None:
        self._pruner = pruner
        self._backups = backups

    @property
    def jobs(self) -> list[Job]:
        jobs = [Job(work=self._prune, interval=_PRUNE_INTERVAL, first=_FIRST_PRUNE)]
        if self._backups is not None:
            jobs.append(Job(work=self._back_up, interval=_BACKUP_INTERVAL, first=_BACKUP_INTERVAL))
        return jobs

    def stop(self) -> None:
        """Give up what is under way: the jobs end soon."""
        self._pruner.stop()
        if self._backups is not None:
            self._backups.stop()

    async def _prune(self) -> None:
        try:
            await self._pruner.prune()
        except DatabaseError as error:
            log.debug("pruning_waits_for_database", fault=str(error))
        except Exception:
            log.exception("pruning_crashed")

    async def _back_up(self) -> None:
        try:
            if self._backups is not None:
                await self._backups.turn()
        except GivenUpError:
            log.info("backup_stopped")
        except DatabaseError as error:
            log.debug("backup_waits_for_database", fault=str(error))
        except Exception:
            log.exception("backup_crashed")


def pruner_of(parts: Parts) -> Pruner:
    return Pruner(
        parts.database,
        parts.clock,
        max_age=parts.settings.max_alert_age,
        keep_deliveries=parts.settings.keep_deliveries,
        keep_articles=parts.settings.keep_articles,
    )


def upkeep_of(parts: Parts, administrators: Administrators) -> Upkeep:
    """Return what the settings ask for."""
    settings = parts.settings
    if settings.backup_folder is None:
        return Upkeep(pruner_of(parts), None)
    backups = Backups(
        parts.database,
        BackupFolder(settings.database_url, settings.backup_folder),
        administrators,
        parts.clock,
        every=settings.backup_interval,
        keep=settings.backup_keep,
    )
    return Upkeep(pruner_of(parts), backups)
