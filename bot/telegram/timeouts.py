"""How long a request may take, part by part."""

from dataclasses import dataclass
from functools import lru_cache

import aiohttp


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """Seconds; None waits for ever."""

    #: For the answer, and between its parts.
    read: float | None = 20.0
    #: For sending the request.
    write: float | None = 10.0
    #: For sending a request with files.
    upload: float | None = 60.0
    #: For making a connection.
    connect: float | None = 5.0
    #: For one of the connections to come free.
    pool: float | None = 5.0

    def as_aiohttp(self) -> aiohttp.ClientTimeout:
        """Return the same for aiohttp.

        It has no limit for writing, so the whole request is limited to the sum of its parts;
        whatever is slow, the request ends.
        """
        return _as_aiohttp(self)


@lru_cache(maxsize=64)  # nearly every request has the same ones
def _as_aiohttp(timeouts: Timeouts) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(
        total=_sum(timeouts.pool, timeouts.connect, timeouts.write, timeouts.read),
        connect=_sum(timeouts.pool, timeouts.connect),
        sock_connect=timeouts.connect,
        sock_read=timeouts.read,
    )


def _sum(*parts: float | None) -> float | None:
    numbers = [part for part in parts if part is not None]
    return sum(numbers) if len(numbers) == len(parts) else None
