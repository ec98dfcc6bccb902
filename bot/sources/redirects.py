"""Where a redirect may lead."""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence
from typing import Final
from urllib.parse import urljoin, urlsplit

from bot.domain.errors import SourceError
from bot.sources.http_faults import shown

#: Takes a host's name, returns its addresses; none where the name is not known.
Resolve = Callable[[str], Awaitable[Sequence[str]]]

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
PERMANENT: Final = frozenset({301, 308})


class RedirectRules:
    """No other scheme, no circle, not too far, and not from the public net into a private one."""

    def __init__(self, most: int, resolve: Resolve) -> None:
        self._most = most
        self._resolve = resolve

    async def follow(self, seen: Sequence[str], location: str | None) -> str:
        """Return the next address; `seen` are those asked so far, in order.

        Raises SourceError: `bad-redirect`, `redirect-loop`, `too-many-redirects`.
        """
        here = seen[-1]
        target = self._address(here, location)
        if target in seen:
            raise SourceError("redirect-loop", f"{shown(here)} sends the reader round in circles.")
        if len(seen) > self._most:
            raise SourceError(
                "too-many-redirects", f"{shown(seen[0])} redirects more than {self._most} times."
            )
        if await self.leads_inside(seen[0], target):
            raise SourceError(
                "bad-redirect", f"{shown(here)} redirects to an address of a private network."
            )
        return target

    def _address(self, here: str, location: str | None) -> str:
        try:
            target = urljoin(here, (location or "").strip()).partition("#")[0]
            parts = urlsplit(target)
            good = bool(location) and parts.scheme in ("http", "https") and bool(parts.hostname)
        except ValueError:
            good = False
        if not good:
            raise SourceError("bad-redirect", f"{shown(here)} redirects to no web address.")
        return target

    async def leads_inside(self, first: str, target: str) -> bool:
        """Return whether that is a way from the public net into a private one."""
        origin, host = urlsplit(first).hostname or "", urlsplit(target).hostname or ""
        if origin == host or await self._is_public(host):
            return False
        return await self._is_public(origin)

    async def _is_public(self, host: str) -> bool:
        """Tell public hosts from private ones; an unknown name leads nowhere, so not inside."""
        return all(_is_global(address) for address in await self._resolve(host))


async def resolve(host: str) -> Sequence[str]:
    """Ask the system's resolver."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return [str(entry[4][0]) for entry in found]


def is_loopback(host: str) -> bool:
    """Return whether the host is this machine, by its name or address alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_global(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_global
