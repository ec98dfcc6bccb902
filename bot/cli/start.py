"""What a command begins with: settings and log.

Imports where they are used, for the reason that `bot.cli.program` gives.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.settings import Settings

#: How many more objects there have to be for a collection (`gc.set_threshold`). Python's usual 700
#: come and go with every few messages: collecting took a quarter of the time of sending.
_COLLECTED_AFTER: Final = (10_000, 20, 20)


@contextmanager
def loading() -> Iterator[None]:
    """Load modules within, without looking through them for garbage again and again.

    That takes a fifth of the time of all imports. Modules stay: from then on they are left out of
    every collection, which would hold the event loop several times as long otherwise.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*_COLLECTED_AFTER)
        gc.enable()


def read_settings() -> "Settings":
    """Read the settings and set up the log by them."""
    from bot.logs import configure_logging
    from bot.settings import load_settings

    settings = load_settings()
    configure_logging(settings.log_level, settings.log_format, secrets=settings.secrets)
    return settings


def read_settings_quietly() -> "Settings":
    """Do the same for a command that shows a table: only warnings are logged, or all in DEBUG."""
    from bot.logs import configure_logging

    settings = read_settings()
    if settings.log_level == "INFO":
        configure_logging("WARNING", settings.log_format, secrets=settings.secrets)
    return settings


def configure_demo_log() -> None:
    """Set up the log for the demo, which has no settings of the operator's."""
    from bot.logs import configure_logging

    configure_logging("INFO", "console")
