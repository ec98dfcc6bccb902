"""What the running bot does beside its work: backups, deleting what is over, asking hubs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from bot.app.parts import Parts
from bot.domain.errors import DatabaseError
from bot.services.administrators import Administrators
from bot.services.backups import Backups
from bot.services.hub_keeping import HubKeeper
from bot.services.pruning import Pruner
from bot.services.waiting import GivenUpError
from bot.storage.backup import BackupFolder

log = structlog.get_logger(__name__)

#: How often it is looked whether a backup is due.
_BACKUP_INTERVAL: Final = timedelta(minutes=1)
_PRUNE_INTERVAL: Final = timedelta(days=1)
#: How often it is looked whether a hub is to be asked.
_HUB_INTERVAL: Final = timedelta(seconds=5)
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
    """Jobs for the schedule; without `backups`, none are made, without `hubs`, none is asked."""

    def __init__(self, pruner: Pruner, backups: Backups | None, hubs: HubKeeper | None) -> None:
        self._pruner = pruner
        self._backups = backups
        self._hubs = hubs

    @property
    def jobs(self) -> list[Job]:
        jobs = [Job(work=self._prune, interval=_PRUNE_INTERVAL, first=_FIRST_PRUNE)]
        if self._backups is not None:
            jobs.append(Job(work=self._back_up, interval=_BACKUP_INTERVAL, first=_BACKUP_INTERVAL))
        if self._hubs is not None:
            jobs.append(Job(work=self._ask_hubs, interval=_HUB_INTERVAL, first=timedelta()))
        return jobs

    def stop(self) -> None:
        """Give up what is under way: the jobs end soon."""
        self._pruner.stop()
        if self._backups is not None:
            self._backups.stop()
        if self._hubs is not None:
            self._hubs.stop()

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

    async def _ask_hubs(self) -> None:
        try:
            if self._hubs is not None:
                await self._hubs.turn()
        except GivenUpError:
            log.info("hubs_stopped")
        except DatabaseError as error:
            log.debug("hubs_wait_for_database", fault=str(error))
        except Exception:
            log.exception("hubs_crashed")


def pruner_of(parts: Parts) -> Pruner:
    return Pruner(
        parts.database,
        parts.clock,
        max_age=parts.settings.max_alert_age,
        keep_deliveries=parts.settings.keep_deliveries,
        keep_articles=parts.settings.keep_articles,
    )


def upkeep_of(parts: Parts, administrators: Administrators, hubs: HubKeeper | None) -> Upkeep:
    """Return what the settings ask for."""
    settings = parts.settings
    if settings.backup_folder is None:
        return Upkeep(pruner_of(parts), None, hubs)
    backups = Backups(
        parts.database,
        BackupFolder(settings.database_url, settings.backup_folder),
        administrators,
        parts.clock,
        every=settings.backup_interval,
        keep=settings.backup_keep,
    )
    return Upkeep(pruner_of(parts), backups, hubs)
