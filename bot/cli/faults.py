"""Tells faults, and ends the process with the status that goes with them."""

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

import typer

from bot.domain.article import one_line
from bot.domain.errors import ConfigurationError, DekbotError
from bot.domain.redaction import redact


class Status(IntEnum):
    """What the process' exit status means."""

    FINE = 0
    #: A part of the work failed, or `check` warns.
    PARTLY = 1
    #: Nothing could be done: wrong settings, arguments, database, token or source.
    FAILED = 2
    #: A fault in Dekbot itself (EX_SOFTWARE of sysexits.h).
    BUG = 70
    #: Ctrl-C: 128 and the signal's number, as shells count.
    INTERRUPTED = 130


@contextmanager
def telling_faults() -> Iterator[None]:
    """Tell what goes wrong within on standard error, a line for each fault, and exit."""
    try:
        yield
    except typer.TyperException as error:
        leave(Status.FAILED, *_misuse(error))
    except typer.Abort:
        leave(Status.PARTLY, "Aborted.")
    except ConfigurationError as error:
        leave(Status.FAILED, *error.faults)
    except DekbotError as error:
        leave(Status.FAILED, str(error))
    except KeyboardInterrupt:
        leave(Status.INTERRUPTED)
    except Exception:  # noqa: BLE001 - the last one who can keep secrets out of the traceback
        leave(Status.BUG, traceback.format_exc(), "This is a fault in Dekbot; please report it.")


def _misuse(error: typer.TyperException) -> tuple[str, ...]:
    """Return in one line what is wrong with the command line, and where it is told how it goes.

    `dekbot` alone has shown that by now.
    """
    context: typer.Context | None = getattr(error, "ctx", None)
    command = context.command_path if context else "dekbot"
    words = one_line(error.format_message()).rstrip(".")
    return (f"{command}: {words} (see {command} --help)",) if words else ()


def leave(status: Status, *lines: str) -> None:
    """Write the lines to standard error, without secrets, and exit."""
    for line in lines:
        print(redact(line), file=sys.stderr)  # noqa: T201 - the command line speaks here
    sys.exit(status)
