"""What scheduled backups need from outside."""

from datetime import datetime
from typing import Protocol

from bot.services.backup_reports import BackupReport


class BackupShelf(Protocol):
    """Where backups are kept. It works the disk: call it in a thread of its own."""

    def newest(self, now: datetime) -> datetime | None:
        """Return when the newest backup was made. Raises BackupError."""

    def make(self, now: datetime) -> BackupReport:
        """Make a backup that is whole and good. Raises BackupError."""

    def rotate(self, keep: int, made: str) -> list[str]:
        """Delete what is superfluous beside the file just made; return the names.

        Raises BackupError.
        """

    def stop(self) -> None:
        """Have a backup that is being made come to nothing."""


class BackupNoticeRecords(Protocol):
    """Which administrators know that backups fail."""

    async def every(self) -> dict[int, datetime]:
        """Return since when backups fail, as each of them was told."""

    async def add(self, chat_id: int, failing_since: datetime) -> None: ...

    async def remove(self, chat_id: int) -> None: ...
