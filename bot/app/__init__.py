"""The composition root: builds everything from the settings, starts and stops it in order.

Each command's module is loaded when the command is asked for, against the custom of this project:
what only the others need is a tenth of the time in which the bot starts.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
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

_MODULES: Final = {
    "bot.app.checks": ("check",),
    "bot.app.maintenance": ("backup", "migrate", "prune", "restore"),
    "bot.app.runtime": ("run_bot",),
    "bot.app.tasks": ("import_files", "poll_once", "preview"),
    "bot.app.tracing": ("trace",),
}
_HOMES: Final = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
