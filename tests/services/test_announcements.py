"""A publisher's word has the sources read: in time, politely, and for nothing but reading."""

from collections.abc import AsyncIterator
from itertools import pairwise

import pytest
from structlog.testing import capture_logs

from bot.domain.announcement import PAUSES, READINGS, REST
from bot.services.announcements import ClosedError, NotOfTheSiteError, TooOftenError
from bot.services.records import SourceRecord
from bot.storage.database import Database
from tests.aids.announcing import FEED, PAGE, POSTS, Pressroom, address_of
from tests.aids.articles import teaser
from tests.aids.waiting import until


@pytest.fixture
async def press(store: Database) -> AsyncIterator[Pressroom]:
    made = Pressroom(store)
    await made.open()
    yield made
    await made.announcements.stop()


async def record(press: Pressroom, kind: str = "feed") -> SourceRecord:
    source = press.sources[kind]
    async with press.desk.store.reading() as records:
        found = await records.sources.find(source.url, kind)
    assert found
    return found


def spaced(press: Pressroom, kind: str = "feed") -> list[float]:
    """Return the seconds between the readings of a source."""
    return [after - before for before, after in pairwise(press.readings[kind])]


async def test_an_announced_article_alerts_after_one_reading_of_the_feed(press: Pressroom) -> None:
    press.shows("feed", "cranes")

    heard = await press.announcements.article(address_of("cranes") + "?utm_source=cms")
    await press.settled()

    assert heard.reads == (FEED, POSTS)
    assert (heard.article, heard.known) == (address_of("cranes"), False)
    assert dict(press.readings) == {"feed": [1_000.0]}
    assert press.feed.fresh == [False, True]
    assert await press.alerted() == 1


async def test_a_feed_that_lags_is_read_again_until_the_article_is_there(press: Pressroom) -> None:
    def late(kind: str, number: int) -> None:
        if (kind, number) == ("feed", 3):
            press.shows("feed", "cranes")

    press.before = late
    with capture_logs() as logs:
        await press.announcements.article(address_of("cranes"))
        await press.settled()

    assert spaced(press) == [2, 3, 10]
    assert len(press.readings["wordpress"]) == 3
    assert "page" not in press.readings
    (found,) = [one for one in logs if one["event"] == "announced_article_found"]
    assert (found["url"], found["seconds"]) == (address_of("cranes"), 15)
    assert await press.alerted() == 1


async def test_what_only_a_section_page_shows_is_found_in_the_last_round(press: Pressroom) -> None:
    press.shows("page", "cranes")

    await press.announcements.article(address_of("cranes"))
    await press.settled()

    assert len(press.readings["page"]) == 1
    assert len(press.readings["feed"]) == len(PAUSES)
    assert await press.alerted() == 1


async def test_what_never_comes_is_given_up_with_one_event_and_left_to_polling(
    press: Pressroom,
) -> None:
    with capture_logs() as logs:
        await press.announcements.article(address_of("cranes"))
        await press.settled()
    given_up = [one for one in logs if one["log_level"] == "warning"]
    readings = {kind: len(moments) for kind, moments in press.readings.items()}
    press.shows("feed", "cranes")
    await press.desk.poller.poll(press.feed)

    assert [one["event"] for one in given_up] == ["announced_article_missing"]
    assert readings == {"feed": len(PAUSES), "wordpress": len(PAUSES), "page": 1}
    assert await press.alerted() == 1


async def test_called_twice_it_alerts_once_and_a_known_article_is_read_for_once(
    press: Pressroom,
) -> None:
    press.shows("feed", "cranes")
    await press.announcements.article(address_of("cranes"))
    await press.settled()
    first = await press.alerted()
    press.feed.says(teaser("cranes", headline="Cranes move again", published=press.desk.clock()))

    heard = await press.announcements.article(address_of("cranes"))
    await press.settled()

    assert heard.known
    assert (first, await press.alerted()) == (1, 1)
    assert len(press.readings["feed"]) == 2
    async with press.desk.store.reading() as records:
        (found,) = await records.articles.latest(None, 5, 0)
    assert found.headline == "Cranes move again"


async def test_a_word_that_comes_while_a_source_is_read_has_it_read_once_more(
    press: Pressroom,
) -> None:
    """What is published after a reading began may not be in it."""
    press.may_end.clear()
    await press.announcements.source(FEED)
    await until(lambda: len(press.readings["feed"]) == 1)
    for _ in range(5):
        await press.announcements.source(FEED)
    press.may_end.set()
    await press.settled()

    assert len(press.readings["feed"]) == 2


async def test_a_failure_does_not_have_the_plan_wait_and_is_tried_again_after_a_rest(
    press: Pressroom,
) -> None:
    press.feed.fails("http-502")
    press.shows("feed", "cranes")
    before = await record(press)

    def hold(kind: str, _number: int) -> None:
        if kind == "wordpress":
            press.may_end.clear()

    press.before = hold
    await press.announcements.article(address_of("cranes"))
    await until(lambda: len(press.readings["wordpress"]) == 1)
    during = await record(press)
    press.before = lambda _kind, _number: None
    press.may_end.set()
    await press.settled()

    assert (during.failures, during.due_at) == (before.failures, before.due_at) == (0, None)
    assert spaced(press) == [REST]
    assert await press.alerted() == 1


async def test_what_the_server_asks_for_is_granted(press: Pressroom) -> None:
    press.feed.fails("http-429", retry_after=3_600)
    await press.announcements.article(address_of("cranes"))
    await press.settled()

    assert len(press.feed.asked) == 2  # the baseline, and the one that was refused
    wished = (await record(press)).retry_at
    assert wished
    assert wished >= press.desk.clock()


async def test_a_call_reads_a_source_that_is_left_alone_after_failures(press: Pressroom) -> None:
    for _ in range(5):
        press.feed.fails("timeout")
        await press.desk.poller.poll_now(press.feed)
    press.shows("feed", "cranes")
    await press.announcements.article(address_of("cranes"))
    await press.settled()

    assert ((await record(press)).failures, await press.alerted()) == (0, 1)


async def test_what_is_switched_off_is_not_read(press: Pressroom) -> None:
    async with press.desk.store.writing() as records:
        for source in await records.sources.every():
            if source.kind != "page":
                await records.sources.switch_off(source.id, press.desk.clock())

    everything = await press.announcements.anything()
    feed = await press.announcements.source(FEED)
    await press.settled()

    assert (everything.reads, feed.reads) == ((PAGE,), ())
    assert press.readings.keys() == {"page"}


async def test_a_source_or_everything_is_read_once(press: Pressroom) -> None:
    one = await press.announcements.source("http://example.org/feed")
    await press.settled()
    every = await press.announcements.anything()
    await press.settled()

    assert one.reads == (FEED,)
    assert every.reads == (FEED, POSTS, PAGE)
    assert {kind: len(moments) for kind, moments in press.readings.items()} == {
        "feed": 2,
        "wordpress": 1,
        "page": 1,
    }


@pytest.mark.parametrize(
    "url",
    ["https://evil.example/2026/03/cranes/", "https://www.example.org/about/", "", "file:///etc"],
)
async def test_what_is_not_of_the_site_is_not_read_for(press: Pressroom, url: str) -> None:
    with pytest.raises(NotOfTheSiteError):
        await press.announcements.article(url)
    with pytest.raises(NotOfTheSiteError):
        await press.announcements.source(url)

    assert not press.announcements.is_busy
    assert press.readings == {}


async def test_a_thousand_calls_read_no_source_faster_than_a_few_do(press: Pressroom) -> None:
    """Whatever they name: articles that never come, one that does, sources, nothing."""
    press.shows("feed", "cranes")
    press.time.stands = True
    for number in range(250):
        await press.announcements.article(address_of(f"never-{number % 10}"))
        await press.announcements.article(address_of("cranes"))
        await press.announcements.source(FEED)
        await press.announcements.anything()
    press.time.stands = False
    await press.settled()

    for kind, moments in press.readings.items():
        assert all(gap >= READINGS.pause for gap in spaced(press, kind))
        length = moments[-1] - moments[0]
        assert len(moments) <= READINGS.burst + length / READINGS.every + 1e-6
    assert len(press.readings["feed"]) < 100
    assert press.most_at_once <= len(press.sources)
    assert await press.alerted() == 1


async def test_a_second_word_has_the_rounds_begin_anew(press: Pressroom) -> None:

    def hold(kind: str, number: int) -> None:
        if (kind, number) == ("wordpress", 3):
            press.may_end.clear()

    press.before = hold
    with capture_logs() as logs:
        await press.announcements.article(address_of("cranes"))
        await until(lambda: not press.may_end.is_set())
        await press.announcements.article(address_of("cranes"))
        press.may_end.set()
        await press.settled()

    missing = [one for one in logs if one["event"] == "announced_article_missing"]
    assert len(missing) == 1
    assert len(press.readings["feed"]) == 4 + len(PAUSES)


async def test_calls_are_taken_as_fast_as_anybody_publishes(press: Pressroom) -> None:
    for _ in range(60):
        press.announcements.admit()
    with pytest.raises(TooOftenError) as caught:
        press.announcements.admit()
    press.time.now += caught.value.seconds
    press.announcements.admit()

    assert caught.value.seconds == 1


async def test_before_the_start_and_after_the_end_nothing_is_heard(store: Database) -> None:
    press = Pressroom(store)
    with pytest.raises(ClosedError):
        press.announcements.admit()
    await press.open()
    press.announcements.admit()
    with capture_logs() as logs:
        await press.announcements.article(address_of("cranes"))
        await until(lambda: bool(press.readings["feed"]))
        await press.announcements.stop()
    read = len(press.readings["feed"])

    with pytest.raises(ClosedError):
        press.announcements.admit()
    assert not press.announcements.is_busy
    assert [one["event"] for one in logs if one["event"].startswith("announced")] == [
        "announced_article_left_to_polling"
    ]
    press.shows("feed", "cranes")
    await press.desk.poller.poll(press.feed)
    assert len(press.readings["feed"]) == read
    assert await press.alerted() == 1
