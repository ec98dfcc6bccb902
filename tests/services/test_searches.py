"""Standing searches, stories and explanations: on a real database."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.article import Article, Teaser
from bot.domain.subscriber import Subscriber
from bot.domain.topic import Topic
from bot.domain.urgency import Urgency
from bot.services.dispatch import Dispatcher
from bot.services.letters import Letters
from bot.services.searches import SearchFault, StandingSearches
from bot.services.stories import Stories
from bot.services.subscriptions import Subscriptions
from bot.services.why import Absence, Explanations
from bot.storage.database import Database
from tests.aids.archive import publish, subscribe, topic_number
from tests.aids.articles import ADA, ECONOMY, FOREIGN, PRO, hours, teaser
from tests.aids.clock import FakeClock
from tests.aids.messenger import FakeMessenger
from tests.aids.planning import planner
from tests.conftest import SITE_ZONE

NOON = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)


class Desk:
    def __init__(self, store: Database) -> None:
        self.store = store
        self.clock = FakeClock(NOON)
        self.messenger = FakeMessenger()
        self.searches = StandingSearches(store, self.clock, SITE_ZONE)
        self.stories = Stories(store, self.clock)
        self.why = Explanations(store, self.searches)
        self.subscriptions = Subscriptions(store, self.clock)
        self.planner = planner(store, self.clock)
        self.dispatcher = Dispatcher(
            store, self.messenger, Letters(SITE_ZONE), self.clock, max_age=hours(24), places=8
        )

    async def chat(
        self, *follows: Topic, mutes: tuple[Topic, ...] = (), number: int = 1
    ) -> Subscriber:
        async with self.store.writing() as records:
            return await subscribe(records, number, self.clock(), follows=follows, mutes=mutes)

    async def store_only(self, told: Teaser) -> int:
        async with self.store.writing() as records:
            return await publish(records, told, self.clock(), alert=False)

    async def publish(self, told: Teaser) -> int:
        """Publish as ingest does; return the article's id when all is planned and sent."""
        async with self.store.writing() as records:
            article_id = await publish(records, told, self.clock(), planned=False)
        await self.planner.plan()
        await self.dispatcher.drain()
        return article_id

    @property
    def headlines(self) -> list[str]:
        return [letter.html.split("<b>")[2].split("<")[0] for _, letter in self.messenger.taken]


@pytest.fixture
def desk(store: Database) -> Desk:
    return Desk(store)


CRANES = teaser("cranes", headline="Harbour cranes stand idle", labels=(PRO,))
TRAINS = teaser("trains", headline="Night trains return", sections=(FOREIGN,))


async def test_every_new_article_that_answers_a_standing_search_is_an_alert(desk: Desk) -> None:
    one = await desk.chat()
    saved = await desk.searches.save(one, 'cranes section:economy author:"Ada Lindqvist" -snow')

    await desk.publish(CRANES)
    await desk.publish(TRAINS)

    assert saved.new
    assert desk.headlines == ["Harbour cranes stand idle"]


async def test_a_follow_and_two_searches_bring_one_alert(desk: Desk) -> None:
    one = await desk.chat(ECONOMY)
    await desk.searches.save(one, "cranes")
    await desk.searches.save(one, "harbour OR 항구")

    await desk.publish(CRANES)

    assert len(desk.messenger.taken) == 1


async def test_a_mute_beats_a_standing_search(desk: Desk) -> None:
    one = await desk.chat(mutes=(PRO,))
    await desk.searches.save(one, "cranes")

    await desk.publish(CRANES)

    assert desk.messenger.taken == []


async def test_an_alert_comes_as_loud_as_the_loudest_of_what_brings_it(desk: Desk) -> None:
    one = await desk.chat(ECONOMY)
    record = (await desk.searches.save(one, "cranes")).record
    assert record is not None
    await desk.searches.set_urgency(one, record.id, Urgency.DIGEST)

    await desk.publish(CRANES)

    assert len(desk.messenger.taken) == 1  # the follow is loud


async def test_a_search_for_the_edition_waits_for_the_evening(desk: Desk) -> None:
    one = await desk.chat()
    record = (await desk.searches.save(one, "cranes")).record
    assert record is not None
    await desk.searches.set_urgency(one, record.id, Urgency.DIGEST)

    await desk.publish(CRANES)
    assert desk.messenger.taken == []

    desk.clock.pass_time(hours=6)
    await desk.dispatcher.drain()
    assert len(desk.messenger.taken) == 1


async def test_a_paused_or_removed_search_brings_nothing(desk: Desk) -> None:
    one = await desk.chat()
    first = (await desk.searches.save(one, "cranes")).record
    second = (await desk.searches.save(one, "harbour")).record
    assert first is not None
    assert second is not None
    await desk.searches.pause(one, first.id, paused=True)
    assert await desk.searches.remove(one, second.id)
    assert not await desk.searches.remove(one, second.id)

    await desk.publish(CRANES)

    assert desk.messenger.taken == []


async def test_what_another_process_changes_counts_for_the_next_article(
    desk: Desk, database_path: Path
) -> None:
    """Searches are kept in memory; `dekbot poll` matches beside the bot, in which readers save."""
    one = await desk.chat()
    first = (await desk.searches.save(one, "cranes")).record
    other = Database(f"sqlite+aiosqlite:///{database_path}", SITE_ZONE)
    beside = StandingSearches(other, desk.clock, SITE_ZONE)
    told = await stored(desk, CRANES)
    assert first is not None
    assert await beside.match(told) == [first.id]

    await desk.searches.edit(one, first.id, "night trains")
    second = (await desk.searches.save(one, "harbour")).record
    assert second is not None
    assert await beside.match(told) == [second.id]
    await desk.searches.edit(one, first.id, "idle -snow")
    assert await beside.match(told) == [first.id, second.id]
    await desk.searches.pause(one, first.id, paused=True)
    assert await beside.match(told) == [second.id]
    await desk.searches.remove(one, second.id)
    third = (await desk.searches.save(one, "section:economy")).record
    assert third is not None
    assert await beside.match(told) == [third.id]
    await other.close()


async def test_thousands_of_searches_are_all_filed(desk: Desk) -> None:
    told = await stored(desk, CRANES)
    async with desk.store.writing() as records:
        for number in range(60):
            one = await subscribe(records, number, desk.clock())
            for place in range(20):
                await records.searches.add(one.id, f"crane -x{place}", "", desk.clock())

    assert len(await desk.searches.match(told)) == 1_200


async def stored(desk: Desk, told: Teaser) -> Article:
    number = await desk.store_only(told)
    async with desk.store.reading() as records:
        return (await records.articles.get([number]))[number]


async def test_an_unfollow_leaves_what_a_search_brought(desk: Desk) -> None:
    one = await desk.chat(ECONOMY)
    await desk.searches.save(one, "cranes")
    desk.messenger.gate.clear()
    async with desk.store.writing() as records:
        article_id = await publish(records, CRANES, desk.clock(), alert=False)
        await records.fanouts.begin(article_id, 0, desk.clock())
        economy = await topic_number(records, ECONOMY)
    await desk.planner.plan()

    await desk.subscriptions.set_stance(one, economy, None)

    async with desk.store.reading() as records:
        assert (await records.outbox.figures()).owed == 1


async def test_searches_are_listed_in_the_order_of_their_coming(desk: Desk) -> None:
    one = await desk.chat()
    await desk.searches.save(one, "volcano", "Ports")
    await desk.searches.save(one, "cranes")

    listed = await desk.searches.every(one)

    assert [(record.name, record.text) for record in listed] == [
        ("Ports", "volcano"),
        ("", "cranes"),
    ]
    assert await desk.searches.get(one, listed[1].id) == listed[1]


async def test_the_same_search_again_is_the_same_and_may_get_a_name(desk: Desk) -> None:
    one = await desk.chat()
    first = await desk.searches.save(one, "Cranes  idle")
    again = await desk.searches.save(one, "cranes idle", "Ports")

    assert first.record is not None
    assert again.record is not None
    assert (again.new, again.record.id, again.record.name) == (False, first.record.id, "Ports")
    edited = await desk.searches.edit(one, first.record.id, "trains")
    assert edited.record is not None
    assert edited.record.text == "trains"
    renamed = await desk.searches.rename(one, first.record.id, "Rails")
    assert renamed is not None
    assert renamed.name == "Rails"


@pytest.mark.parametrize(
    ("text", "fault"),
    [("", SearchFault.EMPTY), ("… ?", SearchFault.EMPTY), ("x" * 600, SearchFault.TOO_LONG)],
)
async def test_a_search_that_cannot_be_saved_says_why(
    desk: Desk, text: str, fault: SearchFault
) -> None:
    saved = await desk.searches.save(await desk.chat(), text)

    assert (saved.record, saved.fault) == (None, fault)


async def test_fifty_searches_are_enough_for_one_chat(desk: Desk) -> None:
    one = await desk.chat()
    for number in range(50):
        await desk.searches.save(one, f"word{number}")

    assert (await desk.searches.save(one, "another")).fault is SearchFault.TOO_MANY


async def test_nobody_touches_the_searches_of_another_chat(desk: Desk) -> None:
    one, two = await desk.chat(), await desk.chat(number=2)
    record = (await desk.searches.save(one, "cranes")).record
    assert record is not None

    assert await desk.searches.get(two, record.id) is None
    assert not await desk.searches.remove(two, record.id)
    assert (await desk.searches.edit(two, record.id, "trains")).record is None


async def test_why_names_the_follows_and_the_search_that_brought_an_alert(desk: Desk) -> None:
    one = await desk.chat(ECONOMY, ADA)
    await desk.searches.save(one, "cranes")
    article = await desk.publish(CRANES)
    message = 1

    (why,) = await desk.why.of_message(one, message)

    assert why.article.id == article
    assert [record.topic.name for record in why.topics] == ["Economy", "Ada Lindqvist"]
    assert why.search is not None
    assert why.search.text == "cranes"
    assert await desk.why.of_message(one, 999) == []
    assert (await desk.why.of_url(one, CRANES.url)).absence is Absence.SENT


async def test_why_tells_what_kept_an_article_away(desk: Desk) -> None:
    muted = await desk.chat(ECONOMY, mutes=(PRO,))
    other = await desk.chat(FOREIGN, number=2)
    await desk.publish(CRANES)
    late = await desk.chat(ECONOMY, number=3)
    old = teaser("old", headline="Old news")
    await desk.store_only(old)

    assert (await desk.why.of_url(muted, CRANES.url)).absence is Absence.MUTED
    assert (await desk.why.of_url(other, CRANES.url)).absence is Absence.NOT_FOLLOWED
    assert (await desk.why.of_url(late, CRANES.url)).absence is Absence.BEFORE_FOLLOW
    assert (await desk.why.of_url(late, old.url)).absence is Absence.BASELINE
    unknown = await desk.why.of_url(late, "https://www.example.org/2026/03/unheard-of/")
    assert unknown.absence is Absence.UNKNOWN_ARTICLE
    with pytest.raises(ValueError, match="not an http"):
        await desk.why.of_url(late, "nonsense")


FIRST = teaser(
    "ferry-1",
    headline="Ferry Mirae runs aground off Okcheon island with 40 aboard",
    dek="Coast guard says the ferry Mirae struck a reef near Okcheon in fog",
)
SECOND = teaser(
    "ferry-2",
    headline="Captain of grounded ferry Mirae questioned over Okcheon reef",
    dek="Investigators say the Mirae left its lane in fog before it struck",
)


async def filled(desk: Desk) -> None:
    """Give the archive enough other news for terms to be rare."""
    async with desk.store.writing() as records:
        for number in range(60):
            headline = f"Market stalls sell item {number}"
            told = teaser(f"other-{number}", headline=headline, dek="Prices move on")
            await publish(records, told, desk.clock(), alert=False)


async def test_an_alert_on_a_story_that_the_chat_got_answers_the_earlier_message(
    desk: Desk,
) -> None:
    await desk.chat(ECONOMY)
    await filled(desk)
    await desk.publish(FIRST)
    desk.clock.pass_time(hours=5)
    await desk.publish(SECOND)
    await desk.publish(TRAINS)

    letters = [letter for _, letter in desk.messenger.taken]
    assert [letter.reply_to for letter in letters] == [None, 1]


async def test_a_muted_story_brings_nothing_more_until_it_is_unmuted(desk: Desk) -> None:
    one = await desk.chat(ECONOMY)
    await desk.searches.save(one, "mirae")
    await filled(desk)
    first = await desk.publish(FIRST)
    muted = await desk.stories.mute(one, 1)
    assert muted is not None
    desk.clock.pass_time(hours=5)
    await desk.publish(SECOND)

    assert len(desk.messenger.taken) == 1
    assert (await desk.why.of_url(one, SECOND.url)).absence is Absence.STORY_MUTED
    assert await desk.stories.mute(one, 999) is None

    await desk.stories.unmute(one, first)
    desk.clock.pass_time(hours=1)
    third = teaser(
        "ferry-3",
        headline="Grounded ferry Mirae towed from Okcheon reef",
        dek="The Mirae reached port on the evening tide",
    )
    await desk.publish(third)
    assert len(desk.messenger.taken) == 2
