"""A feed that is broken is told of and left alone for a while; everything else goes on."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import pytest

from tests.aids.play import PATIENCE, OpenPlay, Play, profile_of
from tests.aids.waiting import until

pytestmark = pytest.mark.e2e


@pytest.fixture
async def play(opened: OpenPlay) -> AsyncIterator[Play]:
    """The feed, and beside it the page of one section."""

    def profile(newsroom: str) -> str:
        return profile_of(newsroom, "economy")

    async with opened(profile=profile) as play:
        yield play


def feed_of(play: Play) -> str:
    return f"{play.newsroom.url}/feed/"


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        pytest.param({"status": 500, "body": b"Internal error"}, "http-500", id="500"),
        pytest.param({"status": 404, "body": b"Not found"}, "http-404", id="404"),
        pytest.param(
            {"body": b"<!doctype html><title>Please wait</title>", "content_type": "text/html"},
            "not-a-feed",
            id="HTML",
        ),
        pytest.param({"body": b""}, "empty", id="empty"),
        pytest.param(
            {"body": b"<rss version='2.0'><channel/></rss>"}, "no-teasers", id="without items"
        ),
        pytest.param({"body": bytes(range(256)) * 8}, "not-a-feed", id="garbage"),
        pytest.param({"cut": 0}, "cut", id="cut"),
        pytest.param({"body": b"x" * 11_000_000}, "too-large", id="huge"),
    ],
)
async def test_a_broken_feed_is_told_by_name_the_others_go_on_and_it_recovers(
    play: Play, script: dict[str, Any], kind: str
) -> None:
    reader = await play.subscriber("Economy", "Military")
    play.newsroom.answer("/feed/", times=None, **script)
    await play.logged("source_failed", source=feed_of(play))
    (first, *_) = play.events("source_failed")
    assert (first["kind"], first["log_level"], first["failures"]) == (kind, "warning", 1)
    assert first["fault"]

    play.publish("Met on the page", "economy")
    assert "Met on the page" in (await play.alert(reader)).text
    play.publish("Not on the page", "military")
    play.newsroom.restore()

    assert "Not on the page" in (await play.alert(reader)).text
    await play.settled(2)
    assert {event["source"] for event in play.events("source_failed")} == {feed_of(play)}


async def test_a_server_that_asks_for_patience_gets_it(play: Play) -> None:
    play.newsroom.answer("/feed/", times=None, status=503, headers={"Retry-After": "3600"})
    await play.logged("source_failed", source=feed_of(play), kind="http-503")
    asked = len(play.newsroom.asked("/feed/"))
    reader = await play.subscriber("Economy")

    for number in range(3):
        play.publish(f"Story {number}", "economy")
        await play.alert(reader)

    assert len(play.newsroom.asked("/feed/")) == asked


async def test_a_feed_that_hangs_holds_up_no_page_of_its_site(opened: OpenPlay) -> None:
    def profile(newsroom: str) -> str:
        return profile_of(newsroom, "economy")

    async with opened(profile=profile) as play:
        reader = await play.subscriber("Economy")
        asked = len(play.newsroom.asked("/feed/"))
        play.newsroom.answer("/feed/", times=None, delay=60)
        await until(partial(_is_asked_again, play, asked), seconds=PATIENCE)

        play.publish("Met on the page", "economy")

        assert "Met on the page" in (await play.alert(reader)).text
        assert play.events("source_failed") == []


def _is_asked_again(play: Play, count: int) -> bool:
    return len(play.newsroom.asked("/feed/")) > count


async def test_a_page_without_articles_is_a_fault_and_never_silently_nothing_new(
    play: Play,
) -> None:
    page = f"{play.newsroom.url}/tag/economy/"
    html = b"<!doctype html><title>Economy</title><p>Now in another dress"
    play.newsroom.answer("/tag/economy/", times=None, body=html, content_type="text/html")

    await play.logged("source_failed", source=page)

    assert {event["source"] for event in play.events("source_failed")} == {page}
