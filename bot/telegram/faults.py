"""What can go wrong between the bot and Telegram, as python-telegram-bot's kinds of errors.

The rules, in their order; what is not named here is python-telegram-bot's own mapping:

1. No connection was made, or none came free in time (refused, DNS, TLS, a proxy that says no):
   `NotConnectedError`. The request was certainly not sent.
2. The answer took too long: `TimedOut`. The request may have arrived.
3. The connection broke, or the answer is not the Bot API's (a gateway's page, a cut JSON), whatever
   its status: `UnansweredError`. The request may have arrived, and a proxy's 403 or 404 says
   nothing about the chat or the token.
4. A 429: `FloodError`, with the wait from the answer's parameters, its header, or `_SHORT_WAIT`.

No message holds an address, since the token is part of every address of the Bot API. For the same
reason aiohttp's errors are not kept as causes: tracebacks would print them.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import aiohttp
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut

#: Seconds to wait where a 429 does not say how long.
_SHORT_WAIT: Final = 5
_NEVER_SENT: Final = (
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
    aiohttp.ServerFingerprintMismatch,
)


class NotConnectedError(NetworkError):
    """No connection was made; the request was not sent."""

    __slots__ = ()


class UnansweredError(NetworkError):
    """The request may have been sent, and its fate is unknown."""

    __slots__ = ()


class FloodError(RetryAfter):
    """Telegram asks to wait.

    python-telegram-bot warns of a coming change whenever `retry_after` is read, even by itself;
    here it is a timedelta already.
    """

    __slots__ = ()

    @property
    def retry_after(self) -> timedelta:
        return self._retry_after


def network_fault(error: Exception) -> TelegramError:
    """Translate what aiohttp raised (rules 1 to 3)."""
    name = type(error).__name__
    if isinstance(error, aiohttp.ClientConnectorError):
        reason = error.strerror or type(error.os_error).__name__
        return NotConnectedError(f"{name}: {error.host}: {reason}")
    if isinstance(error, aiohttp.ClientHttpProxyError):
        return NotConnectedError(f"{name}: {error.status}")
    if isinstance(error, _NEVER_SENT):
        return NotConnectedError(name)
    if isinstance(error, TimeoutError):
        return TimedOut(f"{name}: no answer in time")
    return UnansweredError(f"{name}: {getattr(error, 'strerror', None) or 'connection lost'}")


def foreign_answer(status: int) -> UnansweredError:
    """Return the error for an answer that is not the Bot API's (rule 3)."""
    return UnansweredError(f"The answer ({status}) is not the Bot API's")


def flood(answer: Mapping[str, Any] | None, headers: Mapping[str, str]) -> FloodError:
    """Return the error for a 429 (rule 4)."""
    parameters = (answer or {}).get("parameters")
    told = parameters.get("retry_after") if isinstance(parameters, dict) else None
    wait = str(told or headers.get("Retry-After", ""))
    return FloodError(timedelta(seconds=int(wait) if wait.isdecimal() else _SHORT_WAIT))
