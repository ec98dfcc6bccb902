"""The log as the program writes it."""

import io
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import structlog

from bot.logs import configure_logging


@contextmanager
def own_log() -> Iterator[io.StringIO]:
    """Log everything to the stream as the program does; the former log comes back at the end."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    # Somebody may be capturing the log of a program that goes on behind this.
    was_configured, former = structlog.is_configured(), structlog.get_config()
    stream = io.StringIO()
    configure_logging("DEBUG", "json", stream=stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    if was_configured:
        structlog.configure(**former)
    else:
        structlog.reset_defaults()


def as_logged(records: Iterable[logging.LogRecord]) -> list[str]:
    """Return the records as the program's log would have them, tracebacks and all."""
    with own_log() as stream:
        handler = logging.getLogger().handlers[-1]
        for record in records:
            handler.handle(record)
    return stream.getvalue().splitlines()
