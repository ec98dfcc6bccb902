"""Asks a running bot over HTTP; light, since supervisors do it twice a minute for ever."""

from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Final

from bot.domain.errors import DekbotError

#: Seconds for the connection and for each part of the answer; whoever supervises waits longer.
_PATIENCE: Final = 5.0
_MOST_BYTES: Final = 65_536
#: What stands for every address of a machine, and where it is reached from that machine.
_EVERYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - nothing listens here


class UnansweredError(DekbotError):
    """Nobody answers there, or not over HTTP."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    text: str


def ask(host: str, port: int, path: str) -> Answer:
    """Return what the web side that listens there answers. Raises UnansweredError."""
    host = _EVERYWHERE.get(host, host)
    connection = HTTPConnection(host, port, timeout=_PATIENCE)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        text = response.read(_MOST_BYTES).decode("utf-8", "replace")
    except (OSError, HTTPException) as error:
        raise UnansweredError(f"No bot answers at {host}, port {port} ({_told(error)}).") from None
    finally:
        connection.close()
    return Answer(status=response.status, text=text)


def _told(error: OSError | HTTPException) -> str:
    reason = error.strerror if isinstance(error, OSError) else None
    return (reason or str(error) or type(error).__name__).strip()
