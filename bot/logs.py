"""Sets up the log: structlog, with the standard library's loggers routed through it."""

import logging
import sys
from collections.abc import Iterable
from typing import Any, Final, TextIO

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import Processor

from bot.domain.redaction import redactor

#: At INFO these tell of every request or every job; httpx even with the token in the address.
_CHATTY: Final = ("aiohttp.access", "alembic", "apscheduler", "httpcore", "httpx")


def configure_logging(
    level: str = "INFO",
    format: str = "console",  # noqa: A002 - what the setting is called
    *,
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
) -> None:
    """Send all events of the level and above to the stream (standard error).

    `format` is `console`, lines for people, or `json`, an object a line. Times are UTC, ISO 8601.
    No line, tracebacks included, holds one of the secrets or anything shaped like a bot token.
    May be called again; the last call counts.
    """
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        _RedactingFormatter(
            secrets,
            foreign_pre_chain=_shared(),
            processors=[ProcessorFormatter.remove_processors_meta, *_renderers(format, stream)],
        )
    )
    root = logging.getLogger()
    for former in root.handlers[:]:
        if isinstance(former.formatter, _RedactingFormatter):
            root.removeHandler(former)
    root.addHandler(handler)
    root.setLevel(level)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    logging.captureWarnings(capture=True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        # Loggers are made with their modules; a cached one would keep an earlier configuration.
        cache_logger_on_first_use=False,
    )


class _RedactingFormatter(ProcessorFormatter):
    """Hides secrets in the finished line, so that none can slip in behind."""

    def __init__(self, secrets: Iterable[str], **options: Any) -> None:
        super().__init__(**options)
        self._redact = redactor(secrets)

    def format(self, record: logging.LogRecord) -> str:
        return self._redact(super().format(record))


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]


def _renderers(format: str, stream: TextIO) -> list[Processor]:  # noqa: A002 - see above
    if format == "json":
        return [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ]
    return [
        structlog.dev.ConsoleRenderer(
            colors=stream.isatty(),
            # The other formatters show local variables, and break lines within a token.
            exception_formatter=structlog.dev.plain_traceback,
        )
    ]
