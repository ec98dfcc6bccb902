"""How often the use cases take their turn to write, of which there is one at a time."""

from bot.domain.matching import Stance
from bot.domain.urgency import Urgency
from bot.services.searches import StandingSearches
from bot.services.timing import TimingService
from bot.storage.database import Database
from tests.aids.archive import subscribe, topic_number
from tests.aids.articles import ECONOMY
from tests.aids.clock import FakeClock
from tests.aids.counted import CountedStore
from tests.conftest import SITE_ZONE


async def test_a_muted_topic_is_followed_with_an_urgency_in_one_go(
    store: Database, clock: FakeClock
) -> None:
    async with store.writing() as records:
        mina = await subscribe(records, 1, clock(), mutes=[ECONOMY])
        number = await topic_number(records, ECONOMY)
    counted = CountedStore(store)
    timing = TimingService(counted, clock, SITE_ZONE)

    record = await timing.follow(mina, number, Urgency.SILENT)

    assert record
    assert (record.stance, record.urgency) == (Stance.FOLLOW, Urgency.SILENT)
    assert counted.writes == 1
    assert await timing.follow(mina, 999, Urgency.LOUD) is None


async def test_a_search_is_paused_and_its_urgency_set_in_one_go(
    store: Database, clock: FakeClock
) -> None:
    async with store.writing() as records:
        mina = await subscribe(records, 1, clock())
    saved = await StandingSearches(store, clock, SITE_ZONE).save(mina, "crane")
    assert saved.record
    counted = CountedStore(store)
    searches = StandingSearches(counted, clock, SITE_ZONE)

    record = await searches.hold(mina, saved.record.id, Urgency.LOUD, paused=True)

    assert record
    assert (record.urgency, record.paused) == (Urgency.LOUD, True)
    assert counted.writes == 1
    assert await searches.hold(mina, 999, Urgency.LOUD, paused=True) is None
