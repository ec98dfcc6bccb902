"""/quiet: hours in which nothing comes."""

from typing import Final

from bot.domain.quiet import QuietHours
from bot.domain.quiet_parser import parse_quiet
from bot.services.timing import TimingService, TimingView
from bot.telegram.handlers.timetable_page import TimetablePage, zone_hint
from bot.telegram.handlers.turn import Turn
from bot.texts.dates import format_coming
from bot.texts.escape import Html, joined
from bot.texts.timetables import quiet_in_words


def _told(turn: Turn, view: TimingView) -> list[Html]:
    return [*_now(turn, view), turn.texts.t("quiet.how")]


def _now(turn: Turn, view: TimingView) -> list[Html]:
    texts = turn.texts
    if view.quiet is None:
        return [texts.t("quiet.none")]
    words = quiet_in_words(view.quiet, texts, turn.language)
    lines = [
        texts.t("quiet.now", quiet=words),
        *_quiet_until(turn, view),
        texts.t("quiet.after"),
        *zone_hint(turn, view),
    ]
    return [joined("\n", lines)]


def _quiet_until(turn: Turn, view: TimingView) -> list[Html]:
    """Return until when it is quiet, where it is quiet now."""
    if view.quiet_until is None:
        return []
    moment = format_coming(view.quiet_until, view.zone, turn.language)
    return [turn.texts.t("quiet.until", moment=moment)]


_PAGE: Final[TimetablePage[QuietHours]] = TimetablePage(
    name="quiet",
    choices={
        "off": "quiet.choice-off",
        "22:00-07:00": "quiet.choice-night",
        "23:00-08:00": "quiet.choice-late",
        "weekends": "quiet.choice-weekends",
        "22:00-07:00; weekends": "quiet.choice-both",
    },
    parse=parse_quiet,
    current=lambda view: view.quiet,
    choose=TimingService.set_quiet,
    told=_told,
    toasts=("toast.quiet", "toast.not-quiet"),
)
COMMANDS: Final = _PAGE.commands
PRESSES: Final = _PAGE.presses
