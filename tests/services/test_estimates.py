"""How often something comes, counted in a real archive."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.services.estimates import RECENT, Estimates
from bot.storage.database import Database
from tests.aids.archive import publish, topic_number
from tests.aids.articles import ECONOMY, FOREIGN, teaser
from tests.aids.clock import FakeClock
from tests.conftest import SITE_ZONE

NOON = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)


class Desk:
    def __init__(self, store: Database) -> None:
        self.store = store
        self.clock = FakeClock(NOON)
        self.estimates = Estimates(store, self.clock, SITE_ZONE)

    async def archive(self, *ages: float, has_time: bool = True) -> None:
        """Have articles in the archive that are so many days old; each third is on cranes."""
        async with self.store.writing() as records:
            for number, age in enumerate(ages):
                told = teaser(
                    f"{number}-of-{age}",
                    headline="Harbour cranes stand idle" if number % 3 == 0 else "Trains return",
                    sections=(ECONOMY if number % 3 == 0 else FOREIGN,),
                    published=self.clock() - timedelta(days=age),
                    has_time=has_time,
                )
                await publish(records, told, self.clock(), alert=False)

    async def told(self, longest: timedelta | None = None) -> list[tuple[int, int]]:
        """Return how many came within how many days: of the topic, and of the search."""
        async with self.store.reading() as records:
            economy = await topic_number(records, ECONOMY)
        more = (longest,) if longest else ()
        (topic,) = await self.estimates.of_topics([economy], *more)
        (search,) = await self.estimates.of_searches(["cranes"], *more)
        return [(topic.count, topic.days), (search.count, search.days)]


@pytest.fixture
def desk(store: Database) -> Desk:
    return Desk(store)


async def test_a_young_archive_is_told_by_the_days_that_it_reaches_back(desk: Desk) -> None:
    await desk.archive(*range(13), 700)

    assert await desk.told() == [(5, 12), (5, 12)]


async def test_an_old_archive_is_told_by_ninety_days_or_by_as_many_as_asked_for(
    desk: Desk,
) -> None:
    await desk.archive(*range(0, 360, 3))

    assert await desk.told() == [(11, 90), (11, 90)]
    assert await desk.told(RECENT) == [(4, 30), (4, 30)]


async def test_an_article_that_is_no_second_old_counts(desk: Desk) -> None:
    await desk.archive(0)

    assert await desk.told() == [(1, 1), (1, 1)]


async def test_what_is_known_by_its_date_alone_counts_on_its_day(desk: Desk) -> None:
    await desk.archive(0, has_time=False)

    assert await desk.told() == [(1, 1), (1, 1)]


async def test_what_has_not_come_for_long_comes_seldom(desk: Desk) -> None:
    await desk.archive(*range(13))
    desk.clock.pass_time(days=91)

    assert await desk.told() == [(0, 90), (0, 90)]


async def test_an_archive_in_the_middle_of_its_first_reading_tells_of_a_day(desk: Desk) -> None:
    (found,) = await desk.estimates.of_searches(["cranes"])

    assert (found.count, found.days) == (0, 1)
