"""Whom a corrected byline reaches, and whom it keeps away."""

import pytest

from bot.domain.matching import Stance
from bot.domain.topic import Topic, author
from bot.services.searches import StandingSearches
from tests.aids.articles import ADA, BEOM, ECONOMY, MILITARY
from tests.aids.newsdesk import NewsDesk, cranes
from tests.conftest import SITE_ZONE

IDA = author("Ida Holm")


async def test_a_new_author_reaches_those_who_follow_them(desk: NewsDesk) -> None:
    await desk.chat(BEOM, number=2)
    await desk.chat(BEOM, mutes=(ADA,), number=3)
    desk.clock.pass_time(minutes=1)
    await desk.shows(cranes(ADA))

    await desk.shows(cranes(BEOM))

    assert desk.messenger.chats() == [1, 2, 3]  # a mute of the former author is over


async def test_a_standing_search_sees_the_new_author_and_minds_no_mute_of_the_former_one(
    desk: NewsDesk,
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
    desk: NewsDesk, muted: Topic
) -> None:
    await desk.chat(BEOM, number=2)
    desk.clock.pass_time(minutes=1)
    await desk.reads(desk.feed, cranes(ADA))
    desk.clock.pass_time(minutes=1)
    await desk.chat(ECONOMY, mutes=(muted,), number=1)

    await desk.shows(cranes(muted))

    assert 1 not in desk.messenger.chats()


async def test_what_is_owed_on_account_of_a_former_author_still_comes(desk: NewsDesk) -> None:
    two = await desk.chat(ADA, number=2)
    await desk.reads(desk.feed, cranes(ADA))
    await desk.reads(desk.feed, cranes(BEOM))
    await desk.prefers(two, MILITARY)

    await desk.deliver()

    assert sorted(desk.messenger.chats()) == [1, 2]
    assert all("Beom" in letter.html for _, letter in desk.messenger.taken)
    assert desk.edits == []


async def test_a_mute_of_an_author_who_comes_back_takes_back_what_is_still_owed(
    desk: NewsDesk,
) -> None:
    one = await desk.chat(ECONOMY)
    await desk.reads(desk.feed, cranes(ADA))
    await desk.reads(desk.feed, cranes(BEOM))
    await desk.prefers(one, ADA, Stance.MUTE)

    await desk.shows(cranes(ADA))

    assert desk.messenger.chats() == []
