"""What the handlers work with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import cache
from zoneinfo import available_timezones

from bot.services.administration import Administration
from bot.services.archive import Archive
from bot.services.broadcasting import Broadcasts
from bot.services.chart_ports import ChartDrawer
from bot.services.disclosing import Disclosures
from bot.services.estimates import Estimates
from bot.services.keeping import Keeping
from bot.services.moving import Moves
from bot.services.ports import Clock
from bot.services.reading_list import ReadingList
from bot.services.searches import StandingSearches
from bot.services.silences import Silences
from bot.services.source_control import SourceControl
from bot.services.stories import Stories
from bot.services.subscriptions import Subscriptions
from bot.services.timing import TimingService
from bot.services.why import Explanations


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What readers are told of the site."""

    name: str
    url: str
    #: The zone of readers who chose none.
    zone: tzinfo
    #: The language of chats whose language Telegram does not tell; an IETF tag.
    language: str


@cache
def _known_zones() -> frozenset[str]:
    """Return what walking through the machine's time zones finds; it takes its time."""
    return frozenset(available_timezones())


def _nobody_waits() -> None:
    return


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatServices:
    subscriptions: Subscriptions
    archive: Archive
    timing: TimingService
    searches: StandingSearches
    why: Explanations
    stories: Stories
    keeping: Keeping
    silences: Silences
    estimates: Estimates
    saved: ReadingList
    disclosures: Disclosures
    moves: Moves
    administration: Administration
    sources: SourceControl
    charts: ChartDrawer
    broadcasts: Broadcasts
    site: SiteFacts
    clock: Clock
    #: Called when alerts that were held became due.
    wake: Callable[[], None] = _nobody_waits
    #: Called when those who set chats up are to be told something.
    tell: Callable[[], None] = _nobody_waits
    #: The IANA time zones that can be chosen: those of this machine.
    zone_names: frozenset[str] = field(default_factory=_known_zones)
