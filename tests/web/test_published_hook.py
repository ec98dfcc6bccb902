"""The route that a publisher calls, and who else calls it."""

import asyncio
import hmac
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.storage.database import Database
from bot.web.published import published_route
from bot.web.server import WebServer
from tests.aids.announcing import FEED, PAGE, POSTS, Pressroom, address_of
from tests.aids.metered import Metered
from tests.aids.servers import free_port

HOST = "127.0.0.1"
SECRET = "A-secret.of_some~length+/=="
BEARER = {"Authorization": f"Bearer {SECRET}"}
SIGNATURE = "X-Hub-Signature-256"
JSON = {"Content-Type": "application/json"}


@dataclass
class Hook:
    """The route of a bot whose readings are real, but for the network."""

    press: Pressroom
    port: int = field(default_factory=free_port)
    meter: Metered = field(default_factory=Metered)
    now: float = 0.0

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}/hooks/published"

    def counted(self, outcome: str) -> float | None:
        return self.meter.shows("hook_calls_total", outcome=outcome)


@pytest.fixture
async def hook(store: Database) -> AsyncIterator[Hook]:
    hook = Hook(Pressroom(store))
    await hook.press.open()
    route = published_route(
        "/hooks/published",
        SECRET,
        hook.press.announcements,
        hook.meter,
        clock=lambda: hook.now,
    )
    server = WebServer(HOST, hook.port, [route])
    await server.start()
    yield hook
    await hook.press.announcements.stop()
    await server.stop()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def called(
    hook: Hook, http: aiohttp.ClientSession, headers: Mapping[str, str], body: bytes = b""
) -> tuple[int, Any]:
    """Return status and JSON; whatever is answered, it is JSON with a text."""
    async with http.post(hook.url, data=body, headers=headers) as response:
        told = await response.json()
    assert told["text"].endswith(".")
    return response.status, told


def body_for(**told: object) -> bytes:
    return json.dumps(told).encode()


def signed(body: bytes, secret: str = SECRET) -> str:
    return "sha256=" + hmac.digest(secret.encode(), body, "sha256").hex()


async def test_an_announced_article_is_read_for_and_alerts(
    hook: Hook, http: aiohttp.ClientSession
) -> None:
    hook.press.shows("feed", "cranes")

    status, told = await called(hook, http, BEARER | JSON, body_for(url=address_of("cranes")))
    await hook.press.settled()

    assert (status, told["status"], told["reads"]) == (202, "ok", [FEED, POSTS])
    assert (told["article"], told["known"]) == (address_of("cranes"), False)
    assert hook.counted("accepted") == 1
    assert await hook.press.alerted() == 1


@pytest.mark.parametrize(
    ("body", "reads"),
    [
        pytest.param(b"", [FEED, POSTS, PAGE], id="nothing"),
        pytest.param(b" \n", [FEED, POSTS, PAGE], id="next to nothing"),
        pytest.param(b"{}", [FEED, POSTS, PAGE], id="an empty object"),
        pytest.param(b'{"ref": "refs/heads/main"}', [FEED, POSTS, PAGE], id="another's payload"),
        pytest.param(body_for(source=FEED), [FEED], id="a source"),
        pytest.param(body_for(url=None, source=PAGE), [PAGE], id="null is nothing"),
        pytest.param(body_for(url=address_of("a"), title="<b>"), [FEED, POSTS], id="an article"),
    ],
)
@pytest.mark.parametrize("proof", ["bearer", "signature"])
async def test_the_answer_tells_what_is_read(
    hook: Hook, http: aiohttp.ClientSession, body: bytes, reads: list[str], proof: str
) -> None:
    headers = BEARER if proof == "bearer" else {SIGNATURE: signed(body)}

    status, told = await called(hook, http, headers | JSON, body)

    assert (status, told["reads"]) == (202, reads)


async def test_an_empty_body_needs_no_type_and_other_spellings_of_a_proof_hold(
    hook: Hook, http: aiohttp.ClientSession
) -> None:
    answers = [
        await called(hook, http, {"Authorization": f"bearer  {SECRET} "}),
        await called(hook, http, {SIGNATURE: signed(b"").upper()}),
        await called(hook, http, {"Authorization": "Basic YTpi", SIGNATURE: signed(b"")}),
    ]

    assert [status for status, _ in answers] == [202] * 3


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        pytest.param({}, "no secret", id="none"),
        pytest.param({"Authorization": ""}, "no secret", id="empty"),
        pytest.param({"Authorization": "Bearer"}, "wrong secret", id="no token"),
        pytest.param({"Authorization": "Bearer guess"}, "wrong secret", id="wrong"),
        pytest.param({"Authorization": f"Bearer {SECRET[:-1]}"}, "wrong secret", id="cut short"),
        pytest.param({"Authorization": f"Bearer {SECRET}x"}, "wrong secret", id="too long"),
        pytest.param({"Authorization": SECRET}, "wrong secret", id="without its scheme"),
        pytest.param({"Authorization": f"Basic {SECRET}"}, "wrong secret", id="another scheme"),
        pytest.param({"Authorization": "Bearer sécret"}, "wrong secret", id="not ASCII"),
        pytest.param({"X-Secret": SECRET}, "no secret", id="elsewhere"),
        pytest.param({SIGNATURE: "sha256="}, "wrong secret", id="no digest"),
        pytest.param({SIGNATURE: signed(b"{ }")}, "wrong secret", id="another body's"),
        pytest.param({SIGNATURE: signed(b"{}", "guess")}, "wrong secret", id="another's"),
        pytest.param({SIGNATURE: SECRET}, "wrong secret", id="the secret for a signature"),
        pytest.param(
            {SIGNATURE: signed(b"{}").replace("256", "1")}, "wrong secret", id="another method"
        ),
    ],
)
async def test_who_does_not_know_the_secret_is_refused_and_nothing_comes_of_it(
    hook: Hook, http: aiohttp.ClientSession, given: dict[str, str], reason: str
) -> None:
    with capture_logs() as logs:
        async with http.post(hook.url, data=b"{}", headers=given | JSON) as response:
            told = await response.json()

    assert (response.status, response.headers["WWW-Authenticate"]) == (401, 'Bearer realm="dekbot"')
    assert "Authorization: Bearer" in told["text"]
    assert "DEKBOT_HOOK_SECRET" in told["text"]
    assert "\n" not in told["text"]
    assert [(one["event"], one["reason"]) for one in logs] == [("hook_call_refused", reason)]
    assert SECRET not in str(logs) + str(told)
    assert hook.counted("unauthorized") == 1
    assert not hook.press.announcements.is_busy


async def test_a_call_without_a_proof_is_refused_before_its_body_is_there(hook: Hook) -> None:
    reader, writer = await asyncio.open_connection(HOST, hook.port)
    writer.write(b"POST /hooks/published HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n")
    answer = await asyncio.wait_for(reader.readline(), 10)
    writer.close()

    assert answer == b"HTTP/1.1 401 Unauthorized\r\n"


async def test_who_tries_again_and_again_does_not_fill_the_log(
    hook: Hook, http: aiohttp.ClientSession
) -> None:
    with capture_logs() as logs:
        for minute in range(3):
            hook.now = minute * 61.0
            for _ in range(20):
                assert (await called(hook, http, {"Authorization": "Bearer guess"}))[0] == 401

    assert [(one["event"], one["passed_over"]) for one in logs] == [
        ("hook_call_refused", 0),
        ("hook_call_refused", 19),
        ("hook_call_refused", 19),
    ]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        pytest.param(b"{}", "text/plain", 415, id="not JSON by its name"),
        pytest.param(b"url=https://a", "application/x-www-form-urlencoded", 415, id="a form"),
        pytest.param(b'{"url": ', "application/json", 400, id="cut short"),
        pytest.param(b"\xff\xfe", "application/json", 400, id="no text"),
        pytest.param(b'["https://a"]', "application/json", 400, id="no object"),
        pytest.param(b'"https://a"', "application/json", 400, id="a text"),
        pytest.param(b"[" * 100_000, "application/json", 400, id="endlessly deep"),
        pytest.param(b" " * ((1 << 18) + 1), "application/json", 413, id="large"),
        pytest.param(body_for(url=7), "application/json", 422, id="no address"),
        pytest.param(body_for(url=""), "application/json", 422, id="an empty address"),
        pytest.param(body_for(url=address_of("a" * 2_000)), "application/json", 422, id="long"),
        pytest.param(body_for(url=[FEED]), "application/json", 422, id="a list"),
        pytest.param(body_for(url=FEED), "application/json", 422, id="no article"),
        pytest.param(
            body_for(url="https://evil.example/2026/03/a/"), "application/json", 422, id="elsewhere"
        ),
        pytest.param(body_for(url="http://[::1"), "application/json", 422, id="no address at all"),
        pytest.param(body_for(url="https://a\ud800"), "application/json", 422, id="no Unicode"),
        pytest.param(body_for(source="file:///etc/passwd"), "application/json", 422, id="a file"),
        pytest.param(body_for(source=address_of("a")), "application/json", 422, id="no source"),
        pytest.param(
            body_for(url=address_of("a"), source=FEED), "application/json", 422, id="both"
        ),
    ],
)
async def test_what_makes_no_sense_is_refused_with_a_sentence_and_nothing_is_read(
    hook: Hook,
    http: aiohttp.ClientSession,
    caplog: pytest.LogCaptureFixture,
    body: bytes,
    kind: str,
    status: int,
) -> None:
    with capture_logs() as logs:
        answer = await called(hook, http, BEARER | {"Content-Type": kind}, body)

    assert (answer[0], answer[1]["status"]) == (status, "failed")
    assert hook.counted("wrong") == 1
    assert not hook.press.announcements.is_busy
    assert logs == []
    assert caplog.records == []


async def test_another_method_is_told_and_so_is_a_body_that_breaks_off(
    hook: Hook, http: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    async with http.get(hook.url, headers=BEARER) as response:
        assert (response.status, response.headers["Allow"]) == (405, "POST")
    _, writer = await asyncio.open_connection(HOST, hook.port)
    lines = ("POST /hooks/published HTTP/1.1", "Host: a", f"Authorization: Bearer {SECRET}")
    writer.write("\r\n".join([*lines, "Content-Length: 10", "", "{"]).encode())
    await writer.drain()
    writer.close()

    assert (await called(hook, http, BEARER))[0] == 202
    assert caplog.records == []


async def test_too_many_calls_are_put_off_and_told_of_once(
    hook: Hook, http: aiohttp.ClientSession
) -> None:
    hook.press.time.stands = True
    with capture_logs() as logs:
        answers = [await called(hook, http, BEARER) for _ in range(80)]
    async with http.post(hook.url, headers=BEARER) as response:
        assert (response.status, response.headers["Retry-After"]) == (429, "1")
    hook.press.time.stands = False
    await hook.press.settled()

    assert [status for status, _ in answers] == [202] * 60 + [429] * 20
    refused = [one for one in logs if one["event"] == "hook_call_refused"]
    assert [one["reason"] for one in refused] == ["too often"]
    assert (hook.counted("accepted"), hook.counted("too_often")) == (60, 21)
    assert {kind: len(moments) for kind, moments in hook.press.readings.items()} == {
        "feed": 2,
        "wordpress": 2,
        "page": 2,
    }


async def test_while_the_bot_stops_callers_are_asked_to_come_again(
    hook: Hook, http: aiohttp.ClientSession
) -> None:
    await hook.press.announcements.stop()
    async with http.post(hook.url, headers=BEARER) as response:
        told = await response.json()

    assert (response.status, response.headers["Retry-After"]) == (503, "5")
    assert told["status"] == "failed"
    assert hook.counted("unavailable") == 1
    assert hook.press.readings == {}
