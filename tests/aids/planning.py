"""A planner with all it needs."""

from bot.services.fanout import Planner
from bot.services.meter import Meter
from bot.services.ports import Clock, Store
from bot.services.searches import StandingSearches
from bot.services.stories import Stories
from bot.services.timing import TimingService
from tests.conftest import SITE_ZONE


def planner(store: Store, clock: Clock, meter: Meter | None = None) -> Planner:
    return Planner(
        store,
        clock,
        TimingService(store, clock, SITE_ZONE),
        StandingSearches(store, clock, SITE_ZONE),
        Stories(store, clock),
        meter=meter,
    )
