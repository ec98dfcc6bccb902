"""Requests to the Bot API through aiohttp.

python-telegram-bot wants two of these, one for getUpdates and one for all else. Each has its own
session and its own connections, so a long poll never takes a connection from an alert or a reply.

- Connections are kept for 15 s of idleness, less than any server in front of the Bot API keeps
  them, so that a request rarely meets a connection that is just being closed. Where it does, nobody
  can tell whether it arrived: a POST is never repeated here.
- Redirects are not followed; the Bot API sends none, and the token stays with its host.
- The environment is not looked at. A proxy is given by its address; `environment_proxy` finds it.
"""

import asyncio
import io
import json
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData

from bot.services.connection_watch import ConnectionWatch
from bot.telegram.faults import (
    FloodError,
    NotConnectedError,
    UnansweredError,
    flood,
    foreign_answer,
    network_fault,
)
from bot.telegram.parcel import JsonBody
from bot.telegram.timeouts import Timeouts

_IDLE_SECONDS: Final = 15.0
_DNS_SECONDS: Final = 60
_JSON: Final = {"Content-Type": "application/json"}
_DEFAULT: Final = BaseRequest.DEFAULT_NONE


class AiohttpRequest(BaseRequest):
    """At most `connections` requests at once; further ones wait for `Timeouts.pool` seconds."""

    __slots__ = (
        "_asking",
        "_connections",
        "_given_up",
        "_proxy",
        "_session",
        "_timeouts",
        "_watch",
    )

    def __init__(
        self,
        *,
        connections: int,
        timeouts: Timeouts | None = None,
        proxy: str | None = None,
        watch: ConnectionWatch | None = None,
    ) -> None:
        """`watch` is told of every request's end."""
        self._connections = connections
        self._timeouts = timeouts or Timeouts()
        self._proxy = proxy
        self._watch = watch
        self._session: aiohttp.ClientSession | None = None
        #: Tasks that wait for an answer.
        self._asking: set[asyncio.Task[Any]] = set()
        self._given_up = False

    def give_up(self) -> None:
        """Wait for no answer any more: whoever does is cancelled, and whoever would later.

        A handler is thus given up where it waits for Telegram, and never in the midst of writing.
        """
        self._given_up = True
        for task in self._asking:
            task.cancel()

    @property
    def read_timeout(self) -> float | None:
        return self._timeouts.read

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self._connections,
                    keepalive_timeout=_IDLE_SECONDS,
                    ttl_dns_cache=_DNS_SECONDS,
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                proxy=self._proxy,
                trust_env=False,
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(  # noqa: PLR0917 - python-telegram-bot's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | JsonBody | None = None,
        read_timeout: Any = _DEFAULT,
        write_timeout: Any = _DEFAULT,
        connect_timeout: Any = _DEFAULT,
        pool_timeout: Any = _DEFAULT,
    ) -> tuple[int, bytes]:
        """Return the answer's status and body; a refusal's body is the Bot API's.

        Raises what `bot.telegram.faults` says.
        """
        files = bool(request_data and request_data.contains_files)
        usual = self._timeouts
        timeouts = Timeouts(
            read=_chosen(read_timeout, usual.read),
            write=_chosen(write_timeout, usual.upload if files else usual.write),
            connect=_chosen(connect_timeout, usual.connect),
            pool=_chosen(pool_timeout, usual.pool),
        )
        try:
            status, body = await self._exchange(url, method, request_data, timeouts)
        except TelegramError as error:
            self._tell(url, error)
            raise
        self._tell(url, status)
        return status, body

    async def _exchange(
        self, url: str, method: str, request_data: RequestData | JsonBody | None, timeouts: Timeouts
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("This request is not initialized")
        task = asyncio.current_task()
        if self._given_up or task is None:
            raise asyncio.CancelledError
        self._asking.add(task)
        try:
            async with self._session.request(
                method,
                url,
                timeout=timeouts.as_aiohttp(),
                allow_redirects=False,
                **_body(request_data),
            ) as response:
                body = await response.read()
        except (aiohttp.ClientError, OSError) as error:  # a TimeoutError is an OSError
            raise network_fault(error) from None
        finally:
            self._asking.discard(task)
        _check(response, body)
        return response.status, body

    def _tell(self, url: str, ended: int | TelegramError) -> None:
        """Tell the watch how a call ended; the rest of its address holds the token."""
        if self._watch is None:
            return
        method = _method(url)
        match ended:
            case int():
                self._watch.answered(method, ended)
            case FloodError():
                self._watch.answered(method, HTTPStatus.TOO_MANY_REQUESTS)
            case NotConnectedError():
                self._watch.failed(method, "unreachable")
            case _:
                self._watch.failed(method, "unanswered")

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the Bot API's answer; anything else may be a cut one, so its fate is unknown."""
        try:
            answer = json.loads(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or not ("result" in answer or "error_code" in answer):
            raise UnansweredError("The answer is cut short or not the Bot API's")
        return answer


def environment_proxy(url: str) -> str | None:
    """Return the proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name for the address, if any."""
    parts = urlsplit(url)
    if not parts.hostname or proxy_bypass(parts.hostname):
        return None
    return getproxies().get(parts.scheme)


def _method(url: str) -> str:
    """Return the Bot API's method that the address calls; "file" for a download."""
    name = url.rpartition("/")[2]
    return name if name.isalpha() and "/file/bot" not in url else "file"


def _chosen(given: Any, usual: float | None) -> float | None:
    """Return the seconds given, or the usual ones where nothing was: None is a choice, too."""
    return usual if given is _DEFAULT else given


def _body(data: RequestData | JsonBody | None) -> dict[str, Any]:
    """Return the parameters as JSON, or as a form where files go with them."""
    if data is None:
        return {}
    if isinstance(data, JsonBody):
        return {"data": data.json, "headers": _JSON}
    if not data.contains_files:
        return {"json": data.parameters}
    form = aiohttp.FormData(quote_fields=False)  # else readers would see a%20list.csv
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mimetype) in data.multipart_data.items():
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, stream, filename=filename, content_type=mimetype)
    return {"data": form}


def _check(response: aiohttp.ClientResponse, body: bytes) -> None:
    """Raise where a refusal is a flood, or not the Bot API's own."""
    if response.status < HTTPStatus.MULTIPLE_CHOICES:
        return
    try:
        answer: dict[str, Any] | None = AiohttpRequest.parse_json_payload(body)
    except TelegramError:
        answer = None
    if response.status == HTTPStatus.TOO_MANY_REQUESTS:
        raise flood(answer, response.headers)
    if answer is None:
        raise foreign_answer(response.status)
