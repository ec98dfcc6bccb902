"""Stories as threads, and what a mute of one holds back: on a real database."""

from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.domain.article import Article, Published, Teaser
from bot.domain.news import NewArticle
from bot.domain.subscriber import Subscriber
from bot.services.moving import Moves
from bot.services.records import Fanout
from bot.services.searches import StandingSearches
from bot.services.stories import Stories
from bot.services.why import Absence, Explanations
from bot.storage.database import Database
from tests.aids.archive import publish
from tests.aids.articles import ECONOMY, hours, teaser
from tests.aids.newsdesk import NOON, NewsDesk
from tests.conftest import SITE_ZONE

#: Words that this archive has now and then.
ORDINARY = ("ship", "coast", "guard", "fog", "captain", "pilot", "accident", "sink", "tow", "dock")


class Desk(NewsDesk):
    """The same, with an archive of other news."""

    def __init__(self, store: Database) -> None:
        super().__init__(store)
        self.stories = Stories(store, self.clock)
        self.why = Explanations(store, StandingSearches(store, self.clock, SITE_ZONE))

    async def filled(self, numbers: range = range(60)) -> None:
        """Have so much other news of these days in the archive that terms are rare."""
        others = [
            teaser(f"other-{n}", headline=f"Market stalls sell item {n}", dek=ORDINARY[n % 10])
            for n in numbers
        ]
        async with self.store.writing() as records:
            await records.topics.ensure([ECONOMY], self.clock())
            at = Published(at=self.clock() - hours(1))
            new = [NewArticle(teaser=one, published=at, alert=False) for one in others]
            await records.articles.add(new, 1, self.clock())

    async def store_new(self, *told: Teaser) -> list[int]:
        """Publish as ingest does, nothing planned yet; return the articles' ids."""
        async with self.store.writing() as records:
            return [await publish(records, one, self.clock(), planned=False) for one in told]

    async def publish(self, *told: Teaser) -> list[int]:
        """Publish a batch, and have all planned and sent."""
        ids = await self.store_new(*told)
        await self.planner.plan()
        await self.deliver()
        self.clock.pass_time(hours=3)
        return ids

    async def article(self, article_id: int) -> Article:
        async with self.store.reading() as records:
            return (await records.articles.get([article_id]))[article_id]

    async def pending(self) -> list[Fanout]:
        async with self.store.reading() as records:
            return await records.fanouts.pending()

    async def absence(self, subscriber: Subscriber, told: Teaser) -> Absence:
        return (await self.why.of_url(subscriber, told.url)).absence

    @property
    def came(self) -> list[tuple[int, str, int | None]]:
        """Chat, headline, and the message that it answers, of each that was sent."""
        return [
            (address, letter.html.split("<b>")[2].split("<")[0], letter.reply_to)
            for address, letter in self.messenger.taken
        ]


def told(minute: int, headline: str, dek: str) -> Teaser:
    published = NOON + timedelta(minutes=minute)
    return teaser(f"ferry-{minute}", headline=headline, dek=dek, published=published)


FIRST = told(1, "Ship Mirae strikes reef off Okcheon, coast guard says", "The Mirae sank in fog")
SURE = told(2, "Captain of ship Mirae questioned over Okcheon reef", "The Mirae had no pilot")
#: All that it shares with them beyond the words of any accident is one name.
PERHAPS = told(3, "Coast guard of Okcheon asks for sirens after ship accident", "It has none")
ON_PERHAPS = told(4, "Okcheon gets sirens after ship accident", "The guard had asked for them")


@pytest.fixture
async def desk(store: Database) -> Desk:
    desk = Desk(store)
    await desk.filled()
    return desk


async def test_a_batch_becomes_one_thread_from_old_to_new(desk: Desk) -> None:
    """The feed shows the newest first. What the other tests build on is held here."""
    with capture_logs() as logs:
        newest_first = await desk.publish(ON_PERHAPS, PERHAPS, SURE, FIRST)
    ids = newest_first[::-1]
    joined = [log for log in logs if log["event"] == "story_continued"]

    assert [log["article"] for log in logs if log["event"] == "story_begun"] == ids[:1]
    assert [(log["article"], log["after"], log["sure"]) for log in joined] == [
        (ids[1], ids[0], True),
        (ids[2], ids[0], False),
        (ids[3], ids[2], True),
    ]
    assert {log["story"] for log in joined} == {ids[0]}
    assert {"mira", "okcheon", "reef"} <= set(joined[0]["terms"])


async def test_each_answers_the_message_before_it(desk: Desk) -> None:
    await desk.chat(ECONOMY)
    for one in (FIRST, SURE, PERHAPS):
        await desk.publish(one)

    assert [reply_to for *_, reply_to in desk.came] == [None, 1, 2]


async def test_a_mute_holds_back_what_surely_goes_on_and_nothing_else(desk: Desk) -> None:
    one = await desk.chat(ECONOMY)
    await desk.publish(FIRST)
    await desk.stories.mute(one, 1)
    await desk.publish(SURE)
    (perhaps,) = await desk.publish(PERHAPS)

    assert [(headline, reply_to) for _, headline, reply_to in desk.came] == [
        (FIRST.headline, None),
        (PERHAPS.headline, 1),
    ]
    assert await desk.absence(one, SURE) is Absence.STORY_MUTED
    assert await desk.absence(one, PERHAPS) is Absence.SENT
    found = await desk.stories.goes_on(one, await desk.article(perhaps))
    assert found is not None
    assert (found.is_muted, found.is_sure) == (True, False)
    assert found.article.headline == FIRST.headline
    assert "Okcheon" in found.words


async def test_what_perhaps_goes_on_has_a_mute_of_its_own(desk: Desk) -> None:
    one = await desk.chat(ECONOMY)
    await desk.publish(FIRST)
    await desk.publish(PERHAPS)
    await desk.stories.mute(one, 2)
    (sure,) = await desk.publish(SURE)
    await desk.publish(ON_PERHAPS)

    assert [headline for _, headline, _ in desk.came] == [
        FIRST.headline,
        PERHAPS.headline,
        SURE.headline,
    ]
    assert await desk.absence(one, ON_PERHAPS) is Absence.STORY_MUTED
    found = await desk.stories.goes_on(one, await desk.article(sure))
    assert found is not None
    assert (found.is_muted, found.is_sure) == (False, True)


async def test_a_mute_takes_back_what_is_owed_of_its_strand_only(desk: Desk) -> None:
    one = await desk.chat(ECONOMY)
    await desk.publish(FIRST)
    await desk.store_new(SURE, PERHAPS)
    await desk.planner.plan()
    await desk.stories.mute(one, 1)
    await desk.deliver()

    assert [headline for _, headline, _ in desk.came] == [FIRST.headline, PERHAPS.headline]


async def test_an_unmuted_story_comes_again(desk: Desk) -> None:
    one = await desk.chat(ECONOMY)
    (first,) = await desk.publish(FIRST)
    await desk.stories.mute_of(one, first)
    (second,) = await desk.publish(SURE)
    await desk.stories.unmute(one, second)
    await desk.publish(told(5, "Ship Mirae is towed from Okcheon reef", "The Mirae had no pilot"))

    assert [reply_to for *_, reply_to in desk.came] == [None, 1]


async def test_a_fan_out_that_a_crash_broke_off_holds_back_no_more_than_before(
    desk: Desk,
) -> None:
    chats = [await desk.chat(ECONOMY, number=number) for number in (1, 2)]
    await desk.publish(FIRST)
    for number, one in enumerate(chats, start=1):
        await desk.stories.mute(one, number)
    await desk.store_new(PERHAPS)
    (fanout,) = await desk.pending()
    placed = await desk.stories.place(fanout.article_id)
    assert placed is not None
    assert placed.article.story_id is not None
    async with desk.store.writing() as records:
        begun = replace(fanout, story_id=placed.strand)
        await records.fanouts.advance(begun, chats[0].id, desk.clock())

    await desk.planner.plan()
    await desk.deliver()

    assert [chat for chat, headline, _ in desk.came if headline == PERHAPS.headline] == [1, 2]


async def test_the_first_of_a_story_stays_it_when_it_is_planned_late(desk: Desk) -> None:
    """It was met in a baseline; another source brings it as news."""
    async with desk.store.writing() as records:
        late = await publish(records, FIRST, desk.clock(), alert=False)
    (second,) = await desk.publish(SURE)
    assert (await desk.article(second)).story_id == late
    async with desk.store.writing() as records:
        await records.fanouts.begin(late, 0, desk.clock())
    await desk.planner.plan()

    assert (await desk.article(late)).story_id is None


async def test_nothing_is_told_of_a_story_that_corrections_left_nothing_of(desk: Desk) -> None:
    one = await desk.chat(ECONOMY)
    first, other = await desk.publish(FIRST, told(6, "Night trains return", ""))
    async with desk.store.writing() as records:
        await records.stories.join(other, first)

    assert await desk.stories.goes_on(one, await desk.article(other)) is None
    placed = await desk.stories.place(other)
    assert placed is not None
    assert placed.strand == other


async def test_a_story_is_found_among_the_most_articles_that_are_compared(desk: Desk) -> None:
    await desk.filled(range(60, 600))
    (first,) = await desk.publish(FIRST)
    with capture_logs() as logs:
        (second,) = await desk.publish(SURE)
    (log,) = [each for each in logs if each["event"] == "story_continued"]

    assert (log["article"], log["after"], log["compared"]) == (second, first, 499)


async def test_a_chat_that_fetches_anothers_alerts_gets_none_of_the_stories_that_it_muted(
    desk: Desk,
) -> None:
    receiver = await desk.chat(ECONOMY)
    await desk.publish(FIRST)
    await desk.stories.mute(receiver, 1)
    giver = await desk.chat(ECONOMY, number=2)
    await desk.store_new(SURE, PERHAPS)
    await desk.planner.plan()
    moves = Moves(desk.store, desk.clock, desk.timing)
    code, _ = await moves.code(giver, None)

    await moves.fetch(receiver, code, None)
    await desk.deliver()

    assert [(chat, headline) for chat, headline, _ in desk.came[1:]] == [(1, PERHAPS.headline)]
