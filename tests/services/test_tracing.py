"""An article's path, told afterwards from a real database."""

import re
from datetime import timedelta
from typing import Final

import pytest

from bot.domain.delivery import ChatGone, Refused, Sent, Throttled, Unanswered
from bot.domain.topic import Topic
from bot.domain.unalerted import Unalerted
from bot.services.addresses import address_of
from bot.services.searches import StandingSearches
from bot.services.traces import Trace, Way
from bot.services.tracing import TracedSite, Tracer
from bot.services.why import Explanations
from bot.storage.database import Database
from tests.aids.archive import plan, publish, subscribe, withdraw
from tests.aids.articles import ADA, ECONOMY, MILITARY, PRO, hours, teaser
from tests.aids.newsdesk import NOON, NewsDesk
from tests.conftest import SITE_ZONE

SITE: Final = "https://www.example.org/"
ARTICLE: Final = "https://www.example.org/2026/03/harbour-cranes/"
FEED: Final = "https://www.example.org/feed/"
PAGE: Final = "https://www.example.org/tag/economy/"
RETRACTIONS: Final = (re.compile("^CORRECTION"),)


async def traced(
    desk: NewsDesk, url: str = ARTICLE, *, limit: int = 20, chat_id: int | None = None
) -> Trace:
    searches = StandingSearches(desk.store, desk.clock, SITE_ZONE)
    site = TracedSite(
        is_article=lambda url: "/2026/" in url, retractions=RETRACTIONS, max_age=hours(24)
    )
    tracer = Tracer(desk.store, Explanations(desk.store, searches), site)
    return await tracer.trace(address_of(url, SITE), limit, chat_id)


@pytest.mark.parametrize(
    "spelling",
    [
        ARTICLE,
        "http://example.org/2026/03/harbour-cranes",
        "https://amp.example.org/2026/03/harbour-cranes/amp/",
        "HTTPS://WWW.EXAMPLE.ORG/2026/03/harbour-cranes/?utm_source=x&fbclid=y#top",
        "www.example.org/2026/03/harbour-cranes",
        "example.org/2026/03/harbour-cranes/",
        "/2026/03/harbour-cranes/",
        "2026/03/harbour-cranes",
    ],
)
async def test_an_article_is_found_by_every_spelling_of_its_address(
    desk: NewsDesk, spelling: str
) -> None:
    await desk.shows(teaser())

    found = await traced(desk, spelling)

    assert found.article is not None
    assert found.article.url == ARTICLE


@pytest.mark.parametrize("target", ["", " ", "/", "ftp://example.org/x", "a b", "http://", "x\ny"])
def test_what_is_no_address_is_refused(target: str) -> None:
    with pytest.raises(ValueError, match="address"):
        address_of(target, SITE)


async def test_where_it_came_from_and_what_it_is_about_are_told(desk: NewsDesk) -> None:
    told = teaser(labels=(PRO,), published=desk.clock() - hours(1))
    await desk.shows(told)
    met = desk.clock()
    desk.clock.pass_time(minutes=1)
    await desk.reads(desk.page, teaser(sections=(ECONOMY, MILITARY), labels=()))
    async with desk.store.writing() as records:
        await withdraw(records, told, [ADA], desk.clock())

    article = (await traced(desk)).article

    assert article is not None
    assert (article.headline, article.published_at) == (told.headline, NOON - timedelta(minutes=59))
    assert (article.seen_at, article.brought_by, article.shown_by) == (met, FEED, (FEED, PAGE))
    assert [(one.name, one.kind, one.told_by, one.withdrawn) for one in article.topics] == [
        ("Economy", "section", FEED, False),
        ("NK PRO", "label", FEED, False),
        ("Ada Lindqvist", "author", FEED, True),
        ("Military", "section", PAGE, False),
    ]
    assert (article.alerted, article.unalerted) == (True, None)


async def test_a_delivery_tells_what_brought_it_and_when_it_was_sent(desk: NewsDesk) -> None:
    desk.messenger.answers += [Throttled(9), Unanswered("no answer"), Sent(77)]
    await desk.chat(ADA, number=1)
    await desk.reads(desk.feed, teaser())
    owed = desk.clock()
    for _ in range(3):
        await desk.deliver()
        desk.clock.pass_time(seconds=10)

    outbox = (await traced(desk)).outbox

    assert outbox is not None
    (one,) = outbox.deliveries
    assert outbox.states == {"sent": 1}
    assert (one.chat_id, one.kind, one.topics, one.search) == (
        1,
        "private",
        ("Economy", "Ada Lindqvist"),
        None,
    )
    assert (one.state, one.way, one.owed_at, one.due_at) == ("sent", Way.AT_ONCE, owed, None)
    assert (one.attempts, one.ambiguous, one.message_id, one.seconds) == (2, 1, 77, 20.0)


async def test_a_standing_search_that_brought_it_is_named(desk: NewsDesk) -> None:
    reader = await desk.chat(number=5)
    searches = StandingSearches(desk.store, desk.clock, SITE_ZONE)
    await searches.save(reader, "harbour", "The port")
    await desk.shows(teaser())

    outbox = (await traced(desk)).outbox

    assert outbox is not None
    found = {one.chat_id: (one.topics, one.search) for one in outbox.deliveries}
    assert found == {1: (("Economy",), None), 5: ((), "The port")}


async def test_what_went_wrong_or_waits_comes_before_what_was_sent(desk: NewsDesk) -> None:
    for number in (2, 3, 4):
        await desk.chat(ECONOMY, number=number)
    desk.messenger.answers += [Sent(1), ChatGone("blocked"), Refused("too odd"), Throttled(60)]
    await desk.shows(teaser())

    outbox = (await traced(desk)).outbox
    first = (await traced(desk, limit=1)).outbox

    assert outbox is not None
    assert first is not None
    assert outbox.states == {"owed": 1, "sent": 1, "dropped": 1, "failed": 1}
    assert [(one.state, one.detail) for one in outbox.deliveries] == [
        ("failed", "too odd"),
        ("owed", "throttled"),
        ("dropped", "blocked"),
        ("sent", ""),
    ]
    assert (first.states, first.deliveries) == (outbox.states, outbox.deliveries[:1])


async def test_a_pause_and_a_held_delivery_are_told(desk: NewsDesk) -> None:
    reader = await desk.chat(ECONOMY, number=6)
    async with desk.store.writing() as records:
        await records.subscribers.pause(reader.id, None)
    await desk.shows(teaser())

    (chat,) = (await traced(desk, chat_id=6)).chats

    assert chat.delivery is not None
    assert (chat.standing, chat.delivery.state, chat.delivery.way, chat.delivery.due_at) == (
        "paused",
        "held",
        Way.PAUSE,
        None,
    )


@pytest.mark.parametrize("baseline", [True, False])
async def test_why_it_alerted_nobody_is_told(store: Database, baseline: bool) -> None:
    desk = NewsDesk(store)
    await desk.chat(ECONOMY)
    if not baseline:
        await desk.reads(desk.feed)
        desk.clock.pass_time(minutes=1)
    await desk.shows(teaser(published=desk.clock() - hours(25)))

    found = await traced(desk)

    assert found.article is not None
    expected = Unalerted.BASELINE if baseline else Unalerted.TOO_OLD
    assert (found.article.alerted, found.article.unalerted) == (False, expected)


async def test_what_came_from_a_file_says_so(desk: NewsDesk) -> None:
    async with desk.store.writing() as records:
        await publish(records, teaser(), desk.clock(), source_id=0, alert=False)

    article = (await traced(desk)).article

    assert article is not None
    assert (article.brought_by, article.shown_by) == ("", ())
    assert article.unalerted is Unalerted.IMPORTED


async def test_a_correction_and_the_edits_it_asks_for_are_told(desk: NewsDesk) -> None:
    await desk.shows(teaser())
    desk.clock.pass_time(minutes=5)
    await desk.reads(desk.feed, teaser(headline="CORRECTION: Harbour cranes work"))

    found = await traced(desk)

    assert found.article is not None
    assert found.outbox is not None
    assert (found.article.former_headline, found.article.corrected_at) == (
        "Harbour cranes stand idle",
        desk.clock(),
    )
    assert found.article.is_retraction
    assert (found.outbox.edits.count, found.outbox.edits.due_at) == (1, desk.clock())
    await desk.deliver()
    after = (await traced(desk)).outbox
    assert after is not None
    assert (after.edits.count, after.edits.due_at) == (0, None)


async def test_a_matching_under_way_is_told_and_who_is_still_to_come(desk: NewsDesk) -> None:
    late = await desk.chat(ECONOMY, number=9)
    async with desk.store.writing() as records:
        number = await publish(records, teaser(), desk.clock(), planned=False)
        (fanout,) = await records.fanouts.pending()
        await records.fanouts.advance(fanout, late.id - 1, desk.clock())

    found = await traced(desk, chat_id=9)

    assert found.article is not None
    assert found.outbox is not None
    assert found.article.id == number
    assert [(one.done_to, one.last) for one in found.outbox.fanouts] == [(late.id - 1, late.id)]
    assert [chat.absence for chat in found.chats] == ["not-yet"]
    async with desk.store.writing() as records:
        await plan(records, desk.clock())
    assert (await traced(desk, chat_id=9)).chats[0].delivery is not None


async def test_the_articles_of_its_story_are_told(desk: NewsDesk) -> None:
    first = teaser("kestrel-leaves", headline="Icebreaker Kestrel leaves Wonsan shipyard", dek="")
    second = teaser(
        "kestrel-back", headline="Icebreaker Kestrel returns to Wonsan shipyard", dek=""
    )
    await desk.shows(first)
    desk.clock.pass_time(hours=1)
    await desk.shows(second)

    found = await traced(desk, second.url)
    alone = (await traced(desk, first.url)).article

    assert found.article is not None
    assert alone is not None
    story = [one.url for one in found.article.story]
    assert story == [first.url, second.url]
    assert story == [one.url for one in alone.story]


@pytest.mark.parametrize(
    ("follows", "mutes", "absence", "topics"),
    [
        ((), (), "not-followed", ()),
        ((ECONOMY,), (ADA,), "muted", ("Ada Lindqvist",)),
    ],
)
async def test_why_a_chat_did_not_get_it_is_told(
    desk: NewsDesk,
    follows: tuple[Topic, ...],
    mutes: tuple[Topic, ...],
    absence: str,
    topics: tuple[str, ...],
) -> None:
    await desk.chat(*follows, mutes=mutes, number=8)
    await desk.shows(teaser())

    (chat,) = (await traced(desk, chat_id=8)).chats

    assert (chat.chat_id, chat.delivery, chat.absence) == (8, None, absence)
    assert set(topics) <= set(chat.topics)


async def test_a_chat_that_followed_too_late_or_is_retired_says_so(desk: NewsDesk) -> None:
    await desk.shows(teaser())
    await desk.chat(ECONOMY, number=8)
    await desk.chat(ECONOMY, number=7)
    async with desk.store.writing() as records:
        await records.subscribers.retire(7, "bot was blocked by the user", desk.clock())

    (late,) = (await traced(desk, chat_id=8)).chats
    (gone,) = (await traced(desk, chat_id=7)).chats

    assert (late.absence, late.topics) == ("before-follow", ("Economy",))
    assert (gone.absence, gone.retired_because) == ("retired", "bot was blocked by the user")


async def test_each_forum_topic_of_a_chat_is_told(desk: NewsDesk) -> None:
    async with desk.store.writing() as records:
        for thread_id, follows in ((0, ()), (3, (ECONOMY,))):
            await subscribe(records, -100, desk.clock(), follows=follows, thread_id=thread_id)
    await desk.shows(teaser())

    chats = (await traced(desk, chat_id=-100)).chats

    assert [(chat.thread_id, chat.delivery is not None) for chat in chats] == [
        (0, False),
        (3, True),
    ]
    assert (await traced(desk, chat_id=404)).chats == ()


async def test_an_address_that_was_never_met_is_told_with_its_nearest(desk: NewsDesk) -> None:
    await desk.shows(teaser(), teaser("something-else", headline="Something else"))

    found = await traced(desk, "https://example.org/2026/03/harbor-cranes")
    other = await traced(desk, "https://example.org/about-us-and-others")

    assert (found.article, found.is_article_url, found.near) == (None, True, (ARTICLE,))
    assert (other.article, other.is_article_url, other.near) == (None, False, ())
