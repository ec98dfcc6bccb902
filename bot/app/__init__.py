"""The composition root: builds everything from the settings, starts and stops it in order."""

from bot.app.checks import check
from bot.app.maintenance import backup, migrate, prune, restore
from bot.app.runtime import run_bot
from bot.app.tasks import import_files, poll_once, preview
from bot.app.tracing import trace

__all__ = [
    "backup",
    "check",
    "import_files",
    "migrate",
    "poll_once",
    "preview",
    "prune",
    "restore",
    "run_bot",
    "trace",
]
