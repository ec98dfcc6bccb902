"""Corrected bylines and labels: the owner's new word replaces its former one."""

import pytest

from bot.domain.article import Teaser
from bot.domain.reading import Reading, SourceState
from bot.domain.topic import Topic, author
from tests.aids.archive import topic_number
from tests.aids.articles import ADA, BEOM, COLUMN, ECONOMY, FOREIGN, PRO, teaser
from tests.aids.newsdesk import NOON, NewsDesk, cranes

IDA = author("Ida Holm")


async def topics(desk: NewsDesk) -> tuple[Topic, ...]:
    """Return what the article carries."""
    async with desk.store.reading() as records:
        article = await records.articles.find(cranes().key)
    return article.topics if article else ()


async def ways_to(desk: NewsDesk, topic: Topic) -> tuple[int, int, int]:
    """Return how many articles a search for the topic finds, its list shows, and it counts."""
    found = await desk.archive.search(f"{topic.kind}:{topic.key}")
    async with desk.store.writing() as records:
        await records.topics.ensure([topic], desk.clock())
        number = await topic_number(records, topic)
        record = await records.topics.get(number, subscriber_id=0)
    listed = await desk.archive.latest(number)
    return len(found.articles), len(listed.articles), record.articles if record else 0


async def test_a_changed_byline_is_edited_once_to_the_new_name_only(desk: NewsDesk) -> None:
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


async def test_a_changed_label_is_edited_once_to_the_new_label_only(desk: NewsDesk) -> None:
    await desk.shows(cranes(ADA, labels=[PRO]))

    await desk.shows(cranes(ADA, labels=[COLUMN]))
    await desk.shows(cranes(ADA, labels=[COLUMN]))

    (edited,) = desk.edits
    assert "COLUMN" in edited.html
    assert "NK PRO" not in edited.html


async def test_what_another_source_adds_makes_no_reading_of_the_owner_a_correction(
    desk: NewsDesk,
) -> None:
    await desk.shows(cranes(ADA))
    await desk.reads(desk.page, cranes(ADA, BEOM, labels=[PRO]))

    for number in range(3):
        desk.clock.pass_time(minutes=5)
        await desk.shows(cranes(ADA), teaser(f"other-{number}", published=NOON))

    assert desk.edits == []
    assert await topics(desk) == (ECONOMY, ADA, PRO, BEOM)


async def test_what_another_source_added_stays_when_the_owner_corrects_its_own(
    desk: NewsDesk,
) -> None:
    await desk.shows(cranes(ADA))
    await desk.reads(desk.page, cranes(ADA, BEOM))

    await desk.shows(cranes(IDA))

    (edited,) = desk.edits
    assert "Beom O'Neill and Ida Holm" in edited.html
    assert "Ada" not in edited.html


async def test_a_page_that_lags_behind_does_not_bring_a_former_author_back(desk: NewsDesk) -> None:
    await desk.shows(cranes(ADA))
    await desk.shows(cranes(BEOM))
    desk.clock.pass_time(minutes=5)

    await desk.reads(desk.page, cranes(ADA))
    await desk.shows(cranes(BEOM))

    assert len(desk.edits) == 1
    assert await topics(desk) == (ECONOMY, BEOM)


async def test_the_owner_brings_a_former_author_back_and_alerts_nobody_anew(desk: NewsDesk) -> None:
    await desk.shows(cranes(ADA))
    await desk.shows(cranes(BEOM))
    await desk.chat(ADA, number=2)
    desk.clock.pass_time(minutes=5)

    await desk.shows(cranes(ADA))

    assert await topics(desk) == (ECONOMY, ADA)
    assert len(desk.edits) == 2
    assert "Ada" in desk.edits[-1].html
    assert "Beom" not in desk.edits[-1].html
    assert desk.messenger.chats() == [1]


@pytest.mark.parametrize(
    "later",
    [cranes(), cranes(ADA), cranes(labels=[PRO]), cranes(ADA, labels=[PRO], sections=[])],
    ids=["nothing", "no label", "no author", "no section"],
)
async def test_what_the_owner_leaves_out_altogether_stays(desk: NewsDesk, later: Teaser) -> None:
    await desk.shows(cranes(ADA, labels=[PRO]))
    desk.clock.pass_time(minutes=5)

    await desk.shows(later)

    assert await topics(desk) == (ECONOMY, PRO, ADA)
    assert desk.edits == []


async def test_an_article_leaves_no_section(desk: NewsDesk) -> None:
    await desk.shows(cranes(ADA))

    await desk.shows(cranes(ADA, sections=[FOREIGN]))

    assert await topics(desk) == (ECONOMY, ADA, FOREIGN)
    assert desk.edits == []


async def test_a_former_author_is_neither_found_nor_listed_nor_counted(desk: NewsDesk) -> None:
    await desk.shows(cranes(ADA))
    assert [await ways_to(desk, one) for one in (ADA, BEOM)] == [(1, 1, 1), (0, 0, 0)]

    await desk.shows(cranes(BEOM))
    assert [await ways_to(desk, one) for one in (ADA, BEOM)] == [(0, 0, 0), (1, 1, 1)]

    await desk.shows(cranes(ADA))
    assert [await ways_to(desk, one) for one in (ADA, BEOM)] == [(1, 1, 1), (0, 0, 0)]


async def test_an_import_never_alerts_and_what_it_told_is_corrected_by_whoever_owns_it_then(
    desk: NewsDesk,
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


async def test_an_old_file_brings_no_former_author_back(desk: NewsDesk) -> None:
    await desk.shows(cranes(ADA))
    await desk.shows(cranes(BEOM))

    await desk.ingest.import_archive(Reading(teasers=(cranes(ADA),), state=SourceState()))

    assert await topics(desk) == (ECONOMY, BEOM)
