"""The readers: what they follow, mute and search for, and when they want it."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from bot.demo.newsroom.article import LABELS, SECTIONS
from bot.domain.editions import Editions
from bot.domain.editions_parser import stored_editions
from bot.domain.matching import Preferences
from bot.domain.quiet import QuietHours
from bot.domain.quiet_parser import stored_quiet
from bot.domain.timing import Timing
from bot.domain.topic import Topic, author
from bot.domain.urgency import Urgency

AUTHORS: Final = tuple(
    author(name)
    for name in ("Seo-yeon Baek", "Anaïs Fournel-Roy", "Maeve O'Dunlin", "Do-yun Ra", "Wire Desk")
)
#: No word that a correction or a retraction adds, and no number: these change with corrections.
QUERIES: Final = (
    "ferry OR trawler",
    '"satellite watchers" -market',
    "section:economy rail*",
    "section:military -drills",
    'author:"Zoë Lindqvist"',
    'label:"NK PRO" -coal',
    "school OR clinic OR greenhouse",
    "harbo* -ferry",
)
ZONES: Final = ("Asia/Seoul", "UTC", "America/New_York", "Asia/Kolkata", "Europe/Berlin")
_MINUTES: Final = range(0, 60, 4)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What one reader wants."""

    chat_id: int
    follows: tuple[Topic, ...]
    mutes: tuple[Topic, ...]
    searches: tuple[str, ...]
    #: Of the follows; None: as usual in the chat.
    urgency: Urgency | None
    timezone: str
    editions: Editions | None
    quiet: QuietHours | None

    @property
    def preferences(self) -> Preferences:
        return Preferences(
            follows=frozenset(topic.identity for topic in self.follows),
            mutes=frozenset(topic.identity for topic in self.mutes),
        )

    @property
    def timing(self) -> Timing:
        return Timing(zone=ZoneInfo(self.timezone), quiet=self.quiet, editions=self.editions)


def invent_audience(random: Random, count: int) -> list[Wishes]:
    """Return that many readers, in chats numbered from 1."""
    return [_reader(random, chat_id) for chat_id in range(1, count + 1)]


def _reader(random: Random, chat_id: int) -> Wishes:
    follows = _follows(random)
    mutes = [topic for topic in _some(random, (*SECTIONS, *LABELS), 0.3) if topic not in follows]
    return Wishes(
        chat_id=chat_id,
        follows=tuple(follows),
        mutes=tuple(mutes),
        searches=tuple(_some(random, QUERIES, 0.15)),
        urgency=random.choice((Urgency.SILENT, Urgency.LOUD)) if _happens(random, 0.1) else None,
        timezone=random.choice(ZONES),
        editions=_editions(random) if _happens(random, 0.25) else None,
        quiet=_quiet(random) if _happens(random, 0.2) else None,
    )


def _follows(random: Random) -> list[Topic]:
    kinds = random.choices((SECTIONS, LABELS, AUTHORS), (6, 1, 3), k=random.randint(1, 2))
    return list(dict.fromkeys(random.choice(topics) for topics in kinds))


def _editions(random: Random) -> Editions | None:
    """Editions every hour, at a minute of the reader's own: some reader's is always near."""
    minute = random.choice(_MINUTES)
    return stored_editions("daily " + " ".join(f"{hour:02}:{minute:02}" for hour in range(24)))


def _quiet(random: Random) -> QuietHours | None:
    start = random.randrange(24)
    return stored_quiet(f"{start:02}:00-{(start + random.randint(1, 3)) % 24:02}:30")


def _some(random: Random, things: Sequence[T], chance: float) -> list[T]:
    return [random.choice(things)] if _happens(random, chance) else []


def _happens(random: Random, chance: float) -> bool:
    return random.random() < chance
