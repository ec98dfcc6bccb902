"""Corrected bylines and labels: the owner's new word replaces its former one."""

from collections.abc import Sequence

import pytest

from bot.domain.article import Teaser
from bot.domain.reading import Reading, SourceState
from bot.domain.topic import Topic, author
from bot.services.searches import StandingSearches
from bot.storage.database import Database
from tests.aids.archive import topic_number
from tests.aids.articles import ADA, BEOM, COLUMN, ECONOMY, FOREIGN, MILITARY, PRO, teaser
from tests.aids.newsdesk import NOON, NewsDesk
from tests.aids.source import FakeSource
from tests.conftest import SITE_ZONE

IDA = author("Ida Holm")


def cranes(
    *authors: Topic, labels: Sequence[Topic] = (), sections: Sequence[Topic] = (ECONOMY,)
) -> Teaser:
    return teaser(authors=authors, labels=labels, sections=sections, published=NOON)


class Desk(NewsDesk):
    page: FakeSource

    async def shows(self, told: Teaser, *others: Teaser) -> None:
        """Have the feed show the article so, and everything done that follows."""
        await self.reads(self.source, told, *others)
        await self.deliver()

    async def found(self, query: str) -> int:
        return len((await self.archive.search(query)).articles)

    async def count(self, topic: Topic) -> int:
        async with self.store.reading() as records:
            found = await records.topics.get(await topic_number(records, topic), subscriber_id=0)
        return found.articles if found else 0

    async def latest(self, topic: Topic) -> int:
        async with self.store.reading() as records:
            number = await topic_number(records, topic)
        return len((await self.archive.latest(number)).articles)

    async def topics(self) -> tuple[Topic, ...]:
        async with self.store.reading() as records:
            article = await records.articles.find(cranes().key)
        return article.topics if article else ()


@pytest.fixture
async def desk(store: Database) -> Desk:
    """A feed and a section page past their baselines, and a chat that follows a section."""
    made = Desk(store)
    made.page = FakeSource("https://www.example.org/tag/economy/")
    await made.chat(ECONOMY)
    await made.poller.poll(made.source)
    await made.reads(made.page)
    made.clock.pass_time(minutes=1)
    return made


async def test_a_changed_byline_is_edited_once_to_the_new_name_only(desk: Desk) -> None:
    await desk.shows(cranes(ADA))
    desk.clock.pass_time(minutes=5)

    await desk.shows(cranes(BEOM))
    await desk.shows(cranes(BEOM))

    (edited,) = desk.edits
    assert "Beom" in edited.html
    assert "Ada" not in edited.html
    assert "Updated 12:06" in edited.html
    assert "<s>" not in edited.html
    assert len(desk.messenger.taken) == 1


async def test_a_changed_label_is_edited_once_to_the_new_label_only(desk: Desk) -> None:
    await desk.shows(cranes(ADA, labels=[PRO]))

    await desk.shows(cranes(ADA, labels=[COLUMN]))
    await desk.shows(cranes(ADA, labels=[COLUMN]))

    (edited,) = desk.edits
    assert "COLUMN" in edited.html
    assert "NK PRO" not in edited.html


async def test_what_another_source_adds_makes_no_reading_of_the_owner_a_correction(
    desk: Desk,
) -> None:
    await desk.shows(cranes(ADA))
    await desk.reads(desk.page, cranes(ADA, BEOM, labels=[PRO]))

    for number in range(3):
        desk.clock.pass_time(minutes=5)
        await desk.shows(cranes(ADA), teaser(f"other-{number}", published=NOON))

    assert desk.edits == []
    assert await desk.topics() == (ECONOMY, ADA, PRO, BEOM)


async def test_what_another_source_added_stays_when_the_owner_corrects_its_own(desk: Desk) -> None:
    await desk.shows(cranes(ADA))
    await desk.reads(desk.page, cranes(ADA, BEOM))

    await desk.shows(cranes(IDA))

    (edited,) = desk.edits
    assert "Beom O'Neill and Ida Holm" in edited.html
    assert "Ada" not in edited.html


async def test_a_page_that_lags_behind_does_not_bring_a_former_author_back(desk: Desk) -> None:
    await desk.shows(cranes(ADA))
    await desk.shows(cranes(BEOM))
    desk.clock.pass_time(minutes=5)

    await desk.reads(desk.page, cranes(ADA))
    await desk.shows(cranes(BEOM))

    assert len(desk.edits) == 1
    assert await desk.topics() == (ECONOMY, BEOM)


async def test_the_owner_brings_a_former_author_back_and_alerts_nobody_anew(desk: Desk) -> None:
    await desk.shows(cranes(ADA))
    await desk.shows(cranes(BEOM))
    await desk.chat(ADA, number=2)
    desk.clock.pass_time(minutes=5)

    await desk.shows(cranes(ADA))

    assert await desk.topics() == (ECONOMY, ADA)
    assert len(desk.edits) == 2
    assert "Ada" in desk.edits[-1].html
    assert "Beom" not in desk.edits[-1].html
    assert desk.messenger.chats() == [1]


@pytest.mark.parametrize(
    "later",
    [cranes(), cranes(ADA), cranes(labels=[PRO]), cranes(ADA, labels=[PRO], sections=[])],
    ids=["nothing", "no label", "no author", "no section"],
)
async def test_what_the_owner_leaves_out_altogether_stays(desk: Desk, later: Teaser) -> None:
    await desk.shows(cranes(ADA, labels=[PRO]))
    desk.clock.pass_time(minutes=5)

    await desk.shows(later)

    assert await desk.topics() == (ECONOMY, PRO, ADA)
    assert desk.edits == []


async def test_an_article_leaves_no_section(desk: Desk) -> None:
    await desk.shows(cranes(ADA))

    await desk.shows(cranes(ADA, sections=[FOREIGN]))

    assert await desk.topics() == (ECONOMY, ADA, FOREIGN)
    assert desk.edits == []


async def test_a_former_author_is_neither_found_nor_listed_nor_counted(desk: Desk) -> None:
    await desk.shows(cranes(ADA))
    assert (await desk.found("author:ada-lindqvist"), await desk.count(ADA)) == (1, 1)

    await desk.shows(cranes(BEOM))
    assert (await desk.found("author:ada-lindqvist"), await desk.count(ADA)) == (0, 0)
    assert (await desk.found("author:beom-oneill"), await desk.count(BEOM)) == (1, 1)
    assert (await desk.latest(ADA), await desk.latest(BEOM)) == (0, 1)

    await desk.shows(cranes(ADA))
    assert (await desk.found("author:ada-lindqvist"), await desk.count(ADA)) == (1, 1)
    assert (await desk.latest(ADA), await desk.latest(BEOM)) == (1, 0)


async def test_a_new_author_reaches_those_who_follow_them(desk: Desk) -> None:
    await desk.chat(BEOM, number=2)
    await desk.chat(BEOM, mutes=(ADA,), number=3)
    desk.clock.pass_time(minutes=1)
    await desk.shows(cranes(ADA))

    await desk.shows(cranes(BEOM))

    assert desk.messenger.chats() == [1, 2, 3]  # a mute of the former author is over


async def test_a_standing_search_sees_the_new_author_and_minds_no_mute_of_the_former_one(
    desk: Desk,
) -> None:
    searches = StandingSearches(desk.store, desk.clock, SITE_ZONE)
    for number, muted in ((2, ADA), (3, BEOM)):
        reader = await desk.chat(mutes=(muted,), number=number)
        await searches.save(reader, "author:beom-oneill -author:ada-lindqvist")
    desk.clock.pass_time(minutes=1)
    await desk.shows(cranes(ADA))
    assert desk.messenger.chats() == [1]

    await desk.shows(cranes(BEOM))

    assert desk.messenger.chats() == [1, 2]


@pytest.mark.parametrize("muted", [BEOM, IDA], ids=["known before the article", "known since"])
async def test_a_mute_of_a_new_author_takes_back_what_is_still_owed(
    desk: Desk, muted: Topic
) -> None:
    await desk.chat(BEOM, number=2)
    desk.clock.pass_time(minutes=1)
    await desk.reads(desk.source, cranes(ADA))
    desk.clock.pass_time(minutes=1)
    await desk.chat(ECONOMY, mutes=(muted,), number=1)

    await desk.shows(cranes(muted))

    assert 1 not in desk.messenger.chats()


async def test_what_is_owed_on_account_of_a_former_author_still_comes(desk: Desk) -> None:
    two = await desk.chat(ADA, number=2)
    await desk.reads(desk.source, cranes(ADA))
    await desk.reads(desk.source, cranes(BEOM))
    await desk.prefers(two, MILITARY)

    await desk.deliver()

    assert sorted(desk.messenger.chats()) == [1, 2]
    assert all("Beom" in letter.html for _, letter in desk.messenger.taken)
    assert desk.edits == []


async def test_an_import_never_alerts_and_what_it_told_is_corrected_by_whoever_owns_it_then(
    desk: Desk,
) -> None:
    state = SourceState()
    await desk.ingest.import_archive(Reading(teasers=(cranes(ADA),), state=state))
    await desk.shows(cranes(ADA))
    assert desk.messenger.chats() == [1]

    await desk.reads(desk.page, cranes(IDA))
    await desk.shows(cranes(BEOM))

    (edited,) = desk.edits
    assert "Ida Holm and Beom" in edited.html  # the page owns nothing, and takes nothing off
    assert "Ada" not in edited.html


async def test_an_old_file_brings_no_former_author_back(desk: Desk) -> None:
    await desk.shows(cranes(ADA))
    await desk.shows(cranes(BEOM))

    await desk.ingest.import_archive(Reading(teasers=(cranes(ADA),), state=SourceState()))

    assert await desk.topics() == (ECONOMY, BEOM)
