"""Whether there is a backup to go back to."""

from datetime import datetime, timedelta
from typing import Final

from bot.app.checks.findings import failed, ok, warning
from bot.app.checks.wording import length
from bot.domain.errors import BackupError, ConfigurationError
from bot.services.reports import Finding
from bot.settings import Settings
from bot.storage.backup import BackupFolder

_SUBJECT: Final = "backups"
#: A bot that was down for a while makes the missing one when it starts.
_GRACE: Final = timedelta(hours=2)


def backups(settings: Settings, now: datetime) -> Finding:
    """Judge the folder that the running bot keeps backups in, by the newest one's age."""
    if settings.backup_folder is None:
        return ok(_SUBJECT, "none are made: DEKBOT_BACKUP_FOLDER names where they are to be")
    try:
        newest = BackupFolder(settings.database_url, settings.backup_folder).newest(now)
    except (BackupError, ConfigurationError) as error:
        return failed(_SUBJECT, str(error), "make the folder, or name another one")
    if newest is None:
        return warning(_SUBJECT, "there is none yet", "start the bot, or dekbot backup FOLDER")
    text = f"the newest is from {length(now - newest)} ago"
    if now - newest > settings.backup_interval + _GRACE:
        return warning(_SUBJECT, text, "look for backup_failed in the log; is the bot running?")
    return ok(_SUBJECT, text)
