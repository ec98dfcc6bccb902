"""/digest: alerts at once, or in editions."""

from typing import Final

from bot.domain.editions import Editions
from bot.domain.editions_parser import parse_editions
from bot.services.subscriptions import is_paused
from bot.services.timing import TimingService, TimingView
from bot.telegram.handlers.timetable_page import TimetablePage, zone_hint
from bot.telegram.handlers.turn import Turn
from bot.texts.dates import format_coming
from bot.texts.escape import Html, joined
from bot.texts.timetables import editions_in_words


def _told(turn: Turn, view: TimingView) -> list[Html]:
    texts = turn.texts
    paused = [texts.t("welcome.paused")] if is_paused(turn.subscriber) else []
    return [*_now(turn, view), *paused, texts.t("editions.how")]


def _now(turn: Turn, view: TimingView) -> list[Html]:
    texts = turn.texts
    if view.editions is None:
        return [texts.t("editions.at-once")]
    words = editions_in_words(view.editions, texts, turn.language)
    return [
        joined("\n", [texts.t("editions.now", editions=words), *next_edition(turn, view)]),
        texts.t("editions.empty"),
    ]


def next_edition(turn: Turn, view: TimingView) -> list[Html]:
    """Return when the next edition comes, and by whose clock where the reader chose none."""
    if view.next_edition is None:
        return []
    moment = format_coming(view.next_edition, view.zone, turn.language)
    line = turn.texts.t("editions.next", moment=moment)
    return [line, *zone_hint(turn, view)]


_PAGE: Final[TimetablePage[Editions]] = TimetablePage(
    name="digest",
    choices={
        "off": "editions.choice-off",
        "weekdays 08:00": "editions.choice-weekdays",
        "daily 08:00 18:00": "editions.choice-daily",
        "hourly": "editions.choice-hourly",
    },
    parse=parse_editions,
    current=lambda view: view.editions,
    choose=TimingService.set_editions,
    told=_told,
    toasts=("toast.editions", "toast.at-once"),
)
COMMANDS: Final = _PAGE.commands
PRESSES: Final = _PAGE.presses
