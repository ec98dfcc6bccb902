"""The whole program with a feed that names a hub, which tells of news."""

import signal
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, Final

import pytest
from aiohttp import web

from bot.app import check
from bot.services.reports import Verdict
from tests.aids.hub import Hub
from tests.aids.play import PATIENCE, OpenPlay, Play
from tests.aids.process import started, variables_of
from tests.aids.servers import free_port
from tests.aids.waiting import until

pytestmark = pytest.mark.e2e

HOUR: Final = timedelta(hours=1)


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is waited for otherwise: the next look, and ten seconds between two readings."""
    monkeypatch.setattr("bot.app.upkeep._HUB_INTERVAL", timedelta(seconds=0.1))
    monkeypatch.setattr("bot.domain.prompt._LEAST_PAUSE", timedelta(seconds=0.1))


@pytest.fixture
async def hub() -> AsyncIterator[Hub]:
    async with Hub() as hub:
        yield hub


def settings(**others: Any) -> dict[str, Any]:
    """Return settings for a bot that polls once an hour, and is reached from outside."""
    port = others.pop("web_port", None) or free_port()
    return {
        "web_port": port,
        "public_url": f"http://127.0.0.1:{port}/dekbot",
        "poll_interval": HOUR,
    } | others


@pytest.fixture
async def heard(opened: OpenPlay, hub: Hub) -> AsyncIterator[Play]:
    """A bot that is subscribed at the hub, and tells nobody what only the hub may know."""
    async with opened(hub=hub.url, **settings()) as play:
        await play.logged("hub_subscribed")
        yield play
    assert hub.secrets
    assert [one for one in play.logs if any(secret in repr(one) for secret in hub.secrets)] == []


def topic(play: Play) -> str:
    return f"{play.newsroom.url}/feed/"


async def published(play: Play, hub: Hub, headline: str) -> None:
    """Publish, and tell the hub, as a newsroom's own system does."""
    play.publish(headline, "economy")
    word = {"hub.mode": "publish", "hub.url": topic(play)}
    async with hub.http.post(hub.url, data=word) as response:
        assert response.status == 204


async def test_what_a_hub_tells_of_is_alerted_though_it_is_polled_once_an_hour(
    heard: Play, hub: Hub
) -> None:
    reader = await heard.subscriber("Economy")

    await published(heard, hub, "Cranes stand idle")
    first = await heard.alert(reader)
    await published(heard, hub, "Cranes move again")
    second = await heard.alert(reader)

    assert ("Cranes stand idle" in first.text, "Cranes move again" in second.text) == (True, True)
    assert [one.fields["hub.mode"] for one in hub.asked] == ["subscribe"]
    assert heard.events("hub_call_refused") == []


async def test_check_tells_that_the_subscription_lives(heard: Play, hub: Hub) -> None:
    findings = await check(heard.settings)

    (finding,) = [one for one in findings if one.subject == f"hub of {topic(heard)}"]
    assert finding.verdict is Verdict.OK
    assert f"{hub.url} tells of news until" in finding.text
    assert not any(secret in repr(findings) for secret in hub.secrets)


async def test_a_restart_keeps_the_subscription(heard: Play, hub: Hub) -> None:
    reader = await heard.subscriber("Economy")
    await heard.stop()
    await heard.start()

    await published(heard, hub, "Cranes stand idle")

    assert "Cranes stand idle" in (await heard.alert(reader)).text
    assert len(hub.asked) == 1


async def test_forged_news_is_answered_and_read_by_nobody(heard: Play, hub: Hub) -> None:
    await heard.subscriber("Economy")
    (asked,) = hub.asked
    before = len(heard.newsroom.asked("/feed/"))

    forged = [await hub.bring(asked.callback, b"<rss/>", given) for given in ("sha256=00", None)]
    strange = await hub.bring(f"{asked.callback}x", b"<rss/>", "sha256=00")
    await heard.stop()

    assert (forged, strange) == ([202, 202], 410)
    assert len(heard.newsroom.asked("/feed/")) == before
    reasons = [one["reason"] for one in heard.events("hub_call_refused")]
    assert reasons == ["wrong signature", "no signature", "unknown address"]


async def test_without_a_public_address_no_hub_is_asked_and_nothing_is_served(
    opened: OpenPlay, hub: Hub
) -> None:
    async with opened(hub=hub.url, **settings(public_url=None)) as play:
        await play.logged("hub_found", hub=hub.url)
        url = f"http://127.0.0.1:{play.settings.web_port}/websub/x"
        async with hub.http.get(url) as response:
            assert response.status == 404
        (finding,) = [one for one in await check(play.settings) if "hub of" in one.subject]
        await play.stop()
        switched_on = settings(web_port=play.settings.web_port)
        play.settings = play.settings.model_copy(update=switched_on)
        assert hub.asked == []
        await play.start()
        await play.logged("hub_subscribed")

    assert "without DEKBOT_PUBLIC_URL" in finding.text


async def test_while_the_hub_is_down_news_comes_with_the_polls(opened: OpenPlay, hub: Hub) -> None:
    hub.answers.extend(web.Response(status=503) for _ in range(50))
    usual = settings(poll_interval=timedelta(seconds=0.2))
    async with opened(hub=hub.url, **usual) as play:
        reader = await play.subscriber("Economy")
        await play.logged("hub_request_failed")
        play.publish("Cranes stand idle", "economy")

        assert "Cranes stand idle" in (await play.alert(reader)).text
        assert len(hub.asked) == 1  # it is asked again after a minute


async def test_killed_behind_a_hubs_word_the_next_run_reads_what_there_is(
    opened: OpenPlay, hub: Hub
) -> None:
    """The hub was answered; nobody tells it again, and nothing is lost."""
    async with opened(hub=hub.url, begin=False, **settings()) as play:
        folder = play.database_path.parent
        variables = variables_of(play.settings) | {
            "public_url": str(play.settings.public_url),
            "web_port": str(play.settings.web_port),
        }
        async with started(folder, "run", **variables) as bot:
            reader = await play.subscriber("Economy")
            await until(lambda: bool(hub.verified), seconds=PATIENCE)
            play.publish("Cranes stand idle", "economy")
            assert await hub.tell(topic(play)) == [202]
            bot.send(signal.SIGKILL)
            ended = await bot.ended()
        await play.start()

        assert "Cranes stand idle" in (await play.alert(reader)).text
        assert len(hub.asked) == 1
        assert not any(secret in ended.err for secret in hub.secrets)
