"""Asks servers politely: conditionally, one at a time per host, within limits."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

import aiohttp

from bot import __version__
from bot.domain.reading import Validators
from bot.sources.body import read_body
from bot.sources.fetched import Fetched, NotModified
from bot.sources.freshness import fresh_for
from bot.sources.http_faults import connection_fault, retry_after, status_fault
from bot.sources.pacing import HOST_INTERVAL, HostPace
from bot.sources.redirects import PERMANENT, REDIRECTS, RedirectRules, Resolve, resolve

_ACCEPT: Final = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/json;q=0.9,"
    " application/xml;q=0.9, text/html;q=0.9, */*;q=0.5"
)
_MEBIBYTE: Final = 1_048_576
_OK: Final = range(200, 300)
_NOT_MODIFIED: Final = 304


def user_agent(contact: str | None) -> str:
    """Return an honest User-Agent; the contact is a web or mail address of who runs this bot."""
    return f"Dekbot/{__version__}" + (f" (+{contact})" if contact else "")


class Fetcher:
    """Fetches bodies over one session, which stays its owner's.

    `timeout` limits each request as a whole, slow bodies included, `stall` each silence within it;
    redirects are followed by hand, so that each is checked.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        user_agent: str,
        *,
        max_bytes: int = 10 * _MEBIBYTE,
        timeout: timedelta = timedelta(seconds=30),
        stall: timedelta = timedelta(seconds=15),
        max_redirects: int = 5,
        host_interval: timedelta = HOST_INTERVAL,
        resolver: Resolve = resolve,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._session = session
        self._user_agent = user_agent
        self._max_bytes = max_bytes
        self._timeout = aiohttp.ClientTimeout(
            total=timeout.total_seconds(),
            sock_connect=stall.total_seconds(),
            sock_read=stall.total_seconds(),
        )
        self._pace = HostPace(host_interval)
        self._redirects = RedirectRules(max_redirects, resolver)
        self._clock = clock

    async def fetch(
        self,
        url: str,
        validators: Validators = Validators(),  # noqa: B008 - frozen
        *,
        fresh: bool = False,
    ) -> Fetched | NotModified:
        """Return the body, or word that it is the one that the validators stand for.

        With `fresh` no cache on the way is to answer without asking the server (RFC 9111, section
        5.2.1.4); not every cache obeys.

        Raises SourceError whatever else happens: `http-…`, `timeout`, `dns`, `connect`, `tls`,
        `cut`, `bad-answer`, `bad-address`, `too-large`, `encoding`, `broken-body`, `bad-redirect`,
        `redirect-loop`, `too-many-redirects`.
        """
        seen = [url]
        permanent = True
        while True:
            answer = await self._ask(seen[-1], validators, fresh=fresh)
            if isinstance(answer, NotModified):
                return answer
            if isinstance(answer, Fetched):
                moved_to = seen[-1] if permanent and len(seen) > 1 else None
                return replace(answer, moved_to=moved_to)
            status, location = answer
            permanent = permanent and status in PERMANENT
            seen.append(await self._redirects.follow(seen, location))

    async def _ask(
        self, url: str, validators: Validators, *, fresh: bool
    ) -> Fetched | NotModified | tuple[int, str | None]:
        """Return the answer; for a redirect its status and target."""
        try:
            async with (
                self._pace.turn(urlsplit(url).hostname or ""),
                self._session.get(
                    url,
                    headers=self._headers(validators, fresh=fresh),
                    timeout=self._timeout,
                    allow_redirects=False,
                    auto_decompress=False,
                ) as response,
            ):
                return await self._answer(response, url, validators)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise connection_fault(error, url) from None

    async def _answer(
        self, response: aiohttp.ClientResponse, url: str, validators: Validators
    ) -> Fetched | NotModified | tuple[int, str | None]:
        headers = response.headers
        told = Validators(etag=headers.get("ETag"), last_modified=headers.get("Last-Modified"))
        if response.status in REDIRECTS:
            return response.status, headers.get("Location")
        if response.status == _NOT_MODIFIED and validators != Validators():
            renewed = _renewed(validators, told)
            return NotModified(validators=renewed, fresh_for=fresh_for(headers))
        if response.status not in _OK:
            wait = retry_after(headers.get("Retry-After"), self._clock())
            raise status_fault(response.status, url, wait)
        return Fetched(
            body=await read_body(response, self._max_bytes),
            content_type=headers.get("Content-Type", ""),
            url=url,
            validators=told,
            headers=headers,
            links=tuple(headers.getall("Link", ())),
            fresh_for=fresh_for(headers),
        )

    def _headers(self, validators: Validators, *, fresh: bool) -> dict[str, str]:
        headers = {
            "User-Agent": self._user_agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip, deflate",
        }
        if fresh:
            headers["Cache-Control"] = "no-cache"
        if validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators.last_modified:
            headers["If-Modified-Since"] = validators.last_modified
        return headers


def _renewed(known: Validators, told: Validators) -> Validators:
    """Return those from now on: a 304 may leave out what has not changed (RFC 9110, 15.4.5)."""
    return Validators(
        etag=told.etag or known.etag, last_modified=told.last_modified or known.last_modified
    )
