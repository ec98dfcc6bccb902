"""The whole program where a publisher calls: read once an hour, and alerted at once."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, Final

import aiohttp
import pytest
from pydantic import SecretStr

from bot.app import check
from bot.demo.newsroom import SiteArticle
from bot.domain.announcement import READINGS
from tests.aids.ledger import baselined
from tests.aids.looking import looking
from tests.aids.play import PATIENCE, OpenPlay, Play
from tests.aids.process import Ended, started, variables_of
from tests.aids.seeding import seed
from tests.aids.servers import free_port
from tests.aids.waiting import until

pytestmark = pytest.mark.e2e

SECRET: Final = "Only-the-publisher-and-I.know/7=="
HOUR: Final = timedelta(hours=1)


def settings(**others: Any) -> dict[str, Any]:
    usual = {"hook_secret": SecretStr(SECRET), "web_port": free_port(), "poll_interval": HOUR}
    return usual | others


@pytest.fixture
async def hooked(opened: OpenPlay) -> AsyncIterator[Play]:
    async with opened(**settings()) as play:
        yield play
    assert [event for event in play.logs if SECRET in repr(event)] == []


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def called(
    play: Play, http: aiohttp.ClientSession, secret: str = SECRET, **body: str
) -> tuple[int, Any]:
    """Call as a CMS does; return what is answered."""
    url = f"http://127.0.0.1:{play.settings.web_port}/hooks/published"
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    async with http.post(url, data=json.dumps(body), headers=headers) as response:
        return response.status, await response.json()


def address(play: Play, article: SiteArticle) -> str:
    return play.newsroom.address(article)


def feed_requests(play: Play) -> list[str | None]:
    """Return of each request for the feed what it wants of caches."""
    return [one.headers.get("Cache-Control") for one in play.newsroom.asked("/feed/")]


@asynccontextmanager
async def running(play: Play) -> AsyncIterator[Any]:
    """Run the bot as a process, which has had its baseline when this begins."""
    variables = variables_of(play.settings) | {"hook_secret": SECRET, "log_format": "json"}
    async with started(play.database_path.parent, "run", **variables) as bot:
        await until(lambda: baselined(play.database_path) == 1, seconds=PATIENCE)
        yield bot


async def ended(bot: Any, number: signal.Signals) -> Ended:
    bot.send(number)
    end: Ended = await bot.ended()
    return end


async def test_what_is_announced_arrives_long_before_the_next_poll_and_once(
    hooked: Play, http: aiohttp.ClientSession
) -> None:
    reader = await hooked.subscriber("Economy")
    article = hooked.publish("Cranes stand idle", "economy")
    first = await called(hooked, http, url=address(hooked, article))
    alert = await hooked.alert(reader)
    await hooked.settled(1)
    again = await called(hooked, http, url=address(hooked, article))
    await until(lambda: len(feed_requests(hooked)) == 3, seconds=PATIENCE)

    assert (first[0], first[1]["known"]) == (202, False)
    assert (again[0], again[1]["known"]) == (202, True)
    assert "Cranes stand idle" in alert.text
    assert feed_requests(hooked) == [None, "no-cache", "no-cache"]
    assert len(await hooked.settled(1)) == 1


@pytest.mark.parametrize("body", [{}, {"source": "feed"}], ids=["anything", "a source"])
async def test_a_call_without_an_article_s_address_does_as_well(
    hooked: Play, http: aiohttp.ClientSession, body: dict[str, str]
) -> None:
    reader = await hooked.subscriber("Economy")
    hooked.publish("Cranes stand idle", "economy")
    told = {"source": f"{hooked.newsroom.url}/feed/"} if body else {}
    status, answer = await called(hooked, http, **told)

    assert (status, answer["reads"]) == (202, [f"{hooked.newsroom.url}/feed/"])
    assert "Cranes stand idle" in (await hooked.alert(reader)).text


async def test_a_feed_that_lags_is_read_until_the_article_is_there(
    hooked: Play, http: aiohttp.ClientSession
) -> None:
    """First a cache answers with what was, then the article is there."""
    reader = await hooked.subscriber("Economy")
    hooked.newsroom.answer("/feed/", status=304, body=b"")
    article = hooked.publish("Cranes stand idle", "economy")
    await called(hooked, http, url=address(hooked, article))

    assert "Cranes stand idle" in (await hooked.alert(reader)).text
    await hooked.logged("announced_article_found", url=address(hooked, article))
    assert feed_requests(hooked) == [None, "no-cache", "no-cache"]


async def test_a_planned_reading_that_began_before_the_article_is_followed_by_another(
    opened: OpenPlay, http: aiohttp.ClientSession
) -> None:
    """What the first one will show was settled before the article was out."""
    async with opened(begin=False, welcomes_strangers=True, **settings()) as play:
        await seed(play.database_path, 1)
        play.newsroom.answer("/feed/", delay=0.5)
        starting = asyncio.create_task(play.start())
        await until(lambda: len(feed_requests(play)) == 1, seconds=PATIENCE)
        article = play.publish("Cranes stand idle", "economy")
        await called(play, http, url=address(play, article))
        await starting
        (row,) = await play.settled(1)

        assert row.headline == "Cranes stand idle"
        assert feed_requests(play) == [None, "no-cache"]


async def test_a_correction_that_is_announced_is_edited_at_once(
    hooked: Play, http: aiohttp.ClientSession
) -> None:
    reader = await hooked.subscriber("Economy")
    article = hooked.publish("Cranes stand idle", "economy")
    await called(hooked, http, url=address(hooked, article))
    await hooked.alert(reader)
    hooked.newsroom.correct(article, headline="Cranes move again after a week")
    await called(hooked, http, url=address(hooked, article))
    edited = await reader.next_edit(PATIENCE)

    assert "Cranes move again after a week" in edited.text


async def test_a_thousand_calls_are_a_few_requests_of_the_site(
    hooked: Play, http: aiohttp.ClientSession
) -> None:
    clock = asyncio.get_running_loop().time
    reader = await hooked.subscriber("Economy")
    article = hooked.publish("Cranes stand idle", "economy")
    nowhere = address(hooked, article).replace("cranes", "nowhere")
    began = clock()
    calls = [
        called(hooked, http, url=(address(hooked, article), nowhere)[number % 2])
        for number in range(1_000)
    ]
    statuses = [status for status, _ in await asyncio.gather(*calls)]
    await hooked.alert(reader)
    asked = len(feed_requests(hooked)) - 1
    took = clock() - began

    assert set(statuses) == {202, 429}
    assert statuses.count(202) >= 60
    assert asked <= READINGS.burst + took / READINGS.every
    assert len(await hooked.settled(1)) == 1


async def test_who_does_not_know_the_secret_has_nothing_read(
    hooked: Play, http: aiohttp.ClientSession
) -> None:
    article = hooked.publish("Cranes stand idle", "economy")
    status, told = await called(hooked, http, "guess-after-guess", url=address(hooked, article))

    assert (status, told["status"]) == (401, "failed")
    assert len(feed_requests(hooked)) == 1
    (event,) = hooked.events("hook_call_refused")
    assert event["reason"] == "wrong secret"


async def test_without_a_secret_in_the_settings_there_is_no_hook(
    opened: OpenPlay, http: aiohttp.ClientSession
) -> None:
    async with opened(**settings(hook_secret=None)) as play:
        status, _ = await called(play, http)
        findings = {one.subject: one.text for one in await check(play.settings)}

        assert status == 404
        assert findings["hook"].startswith("off")


async def test_check_and_figures_tell_of_the_hook_and_not_of_its_secret(
    hooked: Play, http: aiohttp.ClientSession
) -> None:
    await called(hooked, http)
    findings = await check(hooked.settings)
    async with looking(hooked.settings.web_port) as asked:
        figures = await asked.text("/metrics")
    (hook,) = [one for one in findings if one.subject == "hook"]

    assert hook.text.startswith(f"on: 127.0.0.1:{hooked.settings.web_port}/hooks/published")
    assert 'dekbot_hook_calls_total{outcome="accepted"} 1.0' in figures
    assert SECRET not in repr(findings) + figures


async def test_a_stop_in_the_middle_leaves_the_article_to_the_next_run(
    hooked: Play, http: aiohttp.ClientSession
) -> None:
    reader = await hooked.subscriber("Economy")
    hooked.newsroom.answer("/feed/", times=None, status=304, body=b"")
    article = hooked.publish("Cranes stand idle", "economy")
    await called(hooked, http, url=address(hooked, article))
    await until(lambda: len(feed_requests(hooked)) == 2, seconds=PATIENCE)
    await hooked.stop()
    hooked.newsroom.restore()
    await hooked.start()

    assert len(hooked.events("announced_article_left_to_polling")) == 1
    assert "Cranes stand idle" in (await hooked.alert(reader)).text
    assert len(await hooked.settled(1)) == 1


async def test_a_kill_in_the_middle_loses_nothing_that_polling_would_bring(
    opened: OpenPlay, http: aiohttp.ClientSession
) -> None:
    async with opened(begin=False, **settings()) as play:
        async with running(play) as bot:
            reader = await play.subscriber("Economy")
            play.newsroom.answer("/feed/", times=None, status=304, body=b"")
            article = play.publish("Cranes stand idle", "economy")
            status, _ = await called(play, http, url=address(play, article))
            await until(lambda: len(feed_requests(play)) == 2, seconds=PATIENCE)
            killed = await ended(bot, signal.SIGKILL)
        play.newsroom.restore()
        async with running(play) as bot:
            alert = await play.alert(reader)
            rows = await play.settled(1)
            stopped = await ended(bot, signal.SIGTERM)

    assert status == 202
    assert "Cranes stand idle" in alert.text
    assert len(rows) == 1
    assert stopped.status == 0
    assert SECRET not in killed.err + stopped.err
