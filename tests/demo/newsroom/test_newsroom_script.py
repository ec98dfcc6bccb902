import asyncio

import aiohttp
import pytest

from bot.demo.newsroom import Newsroom


async def _get(http: aiohttp.ClientSession, path: str = "/feed/") -> tuple[int, bytes]:
    async with http.get(path) as answer:
        return answer.status, await answer.read()


async def test_prescribed_answers_come_in_order_and_then_the_site_again(
    newsroom: Newsroom, http: aiohttp.ClientSession
) -> None:
    newsroom.answer("/feed/", status=500, times=2)
    newsroom.answer("/feed/", body=b"\xff\xfe raw", content_type="text/x-odd; charset=koi8-r")

    statuses = [(await _get(http))[0] for _ in range(2)]
    async with http.get("/feed/") as raw:
        body, kind = await raw.read(), raw.headers["Content-Type"]
    usual = await _get(http)

    assert statuses == [500, 500]
    assert (body, kind) == (b"\xff\xfe raw", "text/x-odd; charset=koi8-r")
    assert (usual[0], usual[1][:5]) == (200, b"<?xml")


async def test_what_is_prescribed_for_ever_ends_when_restored(
    newsroom: Newsroom, http: aiohttp.ClientSession
) -> None:
    newsroom.answer("/feed/", status=429, headers={"Retry-After": "7"}, times=None)
    newsroom.answer("/robots.txt", status=503, times=None)

    refused = [(await _get(http))[0] for _ in range(3)]
    newsroom.restore("/feed/")
    feed, robots = (await _get(http))[0], (await _get(http, "/robots.txt"))[0]
    newsroom.restore()

    assert (refused, feed, robots) == ([429, 429, 429], 200, 503)
    assert (await _get(http, "/robots.txt"))[0] == 200


async def test_a_query_is_meant_exactly(newsroom: Newsroom, http: aiohttp.ClientSession) -> None:
    posts = "/wp-json/wp/v2/posts"
    newsroom.answer(f"{posts}?page=2", status=502)

    assert (await _get(http, f"{posts}?page=1"))[0] == 200
    assert (await _get(http, f"{posts}?page=2"))[0] == 502


@pytest.mark.parametrize("cut", [0, 1000])
async def test_a_cut_answer_is_an_error_for_who_reads_it(
    newsroom: Newsroom, http: aiohttp.ClientSession, cut: int
) -> None:
    # aiohttp asks once more by itself when a connection breaks before the answer.
    newsroom.answer("/feed/", cut=cut, times=2)

    with pytest.raises(aiohttp.ClientError):
        await _get(http)


async def test_a_slow_answer_is_whole_in_the_end(
    newsroom: Newsroom, http: aiohttp.ClientSession
) -> None:
    usual = await _get(http)
    newsroom.answer("/feed/", delay=0.01, drip=0.0001, piece=8192)

    assert await _get(http) == usual


async def test_who_asks_too_slow_an_answer_may_leave(
    newsroom: Newsroom, http: aiohttp.ClientSession
) -> None:
    newsroom.answer("/feed/", delay=60)

    with pytest.raises(asyncio.TimeoutError):
        async with asyncio.timeout(0.05):
            await _get(http)


async def test_requests_are_remembered(newsroom: Newsroom, http: aiohttp.ClientSession) -> None:
    async with http.get("/feed/?x=1", headers={"User-Agent": "Reader/1"}) as answer:
        await answer.read()
    await _get(http, "/robots.txt")

    [asked] = newsroom.asked("/feed/")

    assert (asked.target, asked.headers["User-Agent"]) == ("/feed/?x=1", "Reader/1")
    assert [request.path for request in newsroom.requests] == ["/feed/", "/robots.txt"]
