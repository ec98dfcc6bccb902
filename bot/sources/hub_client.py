"""Asks hubs for subscriptions (WebSub, section 5.1)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

import aiohttp

from bot.domain.errors import HubError, SourceError
from bot.domain.redaction import redact
from bot.services.hub_ports import HubRequest
from bot.sources.http_faults import connection_fault, retry_after, shown, status_fault
from bot.sources.pacing import HostPace
from bot.sources.redirects import RedirectRules, Resolve, resolve

#: With these a hub names another one; the request is made there once more, as it is.
_ELSEWHERE: Final = frozenset({307, 308})
_OK: Final = range(200, 300)
_MOST_REDIRECTS: Final = 3
#: Of what a hub says of a fault.
_MOST_BYTES: Final = 2_000
_MOST_WORDS: Final = 400


class HubClient:
    """The `Hubs` of the use cases, over one session, which stays its owner's."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        user_agent: str,
        *,
        timeout: timedelta = timedelta(seconds=15),
        host_interval: timedelta = timedelta(seconds=1),
        resolver: Resolve = resolve,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._session = session
        self._user_agent = user_agent
        self._timeout = aiohttp.ClientTimeout(total=timeout.total_seconds())
        self._pace = HostPace(host_interval)
        self._redirects = RedirectRules(_MOST_REDIRECTS, resolver)
        self._clock = clock

    async def subscribe(self, request: HubRequest) -> None:
        """As the port has it. A feed on the public net leads to no hub in a private one."""
        fields = {
            "hub.mode": "subscribe",
            "hub.topic": request.topic,
            "hub.callback": request.callback,
            "hub.lease_seconds": str(int(request.lease.total_seconds())),
            "hub.secret": request.secret,
        }
        if await self._redirects.leads_inside(request.source, request.hub):
            raise HubError(f"{shown(request.source)} names a hub of a private network.")
        try:
            seen = [request.hub]
            while (elsewhere := await self._post(seen[-1], fields)) is not None:
                seen.append(await self._redirects.follow(seen, elsewhere))
        except SourceError as error:
            hidden = (request.callback, request.callback.rpartition("/")[2], request.secret)
            told = redact(str(error), hidden)[:_MOST_WORDS]
            raise HubError(told, retry_after=error.retry_after) from None

    async def _post(self, hub: str, fields: dict[str, str]) -> str | None:
        """Return where the hub sends us instead; None where it takes the request."""
        try:
            async with (
                self._pace.turn(urlsplit(hub).hostname or ""),
                self._session.post(
                    hub,
                    data=fields,
                    headers={"User-Agent": self._user_agent},
                    timeout=self._timeout,
                    allow_redirects=False,
                ) as response,
            ):
                return await self._answer(response, hub)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise connection_fault(error, hub) from None

    async def _answer(self, response: aiohttp.ClientResponse, hub: str) -> str | None:
        if response.status in _OK:
            return None
        if response.status in _ELSEWHERE:
            return response.headers.get("Location", "")
        wait = retry_after(response.headers.get("Retry-After"), self._clock())
        fault = status_fault(response.status, hub, wait)
        said = (await response.content.read(_MOST_BYTES)).decode("utf-8", "replace")
        words = " ".join(said.split())
        told = f"{fault} It says: {words}" if words else str(fault)
        raise SourceError(fault.kind, told, retry_after=wait)
