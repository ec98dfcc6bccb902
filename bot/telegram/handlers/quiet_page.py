"""/quiet: hours in which nothing comes."""

from typing import Final

from bot.domain.parse_fault import ParseFault
from bot.domain.quiet import QuietHours
from bot.domain.quiet_parser import parse_quiet
from bot.services.timing import TimingView
from bot.telegram.calls import StaleButtonError
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.edition_page import zone_hint
from bot.telegram.handlers.turn import Changes, Command, Press, Reaction, Reply, Turn
from bot.telegram.handlers.typing_faults import fault_line
from bot.texts.dates import format_coming
from bot.texts.escape import Html, joined
from bot.texts.letter import Call, Letter, Rows
from bot.texts.timetables import quiet_in_words

#: What the buttons stand for, as one would type it.
_CHOICES: Final = {
    "off": "quiet.choice-off",
    "22:00-07:00": "quiet.choice-night",
    "23:00-08:00": "quiet.choice-late",
    "weekends": "quiet.choice-weekends",
    "22:00-07:00; weekends": "quiet.choice-both",
}


async def quiet(turn: Turn) -> Reply:
    """Say when it is quiet; with hours behind the command, have it be so."""
    before = await turn.services.timing.view(turn.subscriber)
    if not turn.typed:
        return Reply(letter=_page(turn, before), outcome="shown")
    wanted = parse_quiet(turn.typed)
    if isinstance(wanted, ParseFault):
        letter = _page(turn, before, fault_line(turn.texts, wanted))
        return Reply(letter=letter, outcome="unclear")
    outcome = "unchanged" if wanted == before.quiet else "changed"
    return Reply(letter=_page(turn, await _set(turn, before, wanted)), outcome=outcome)


async def open_page(turn: Turn, _arguments: Arguments) -> Reaction:
    view = await turn.services.timing.view(turn.subscriber)
    return Reaction(letter=_page(turn, view), outcome="shown")


async def choose(turn: Turn, arguments: Arguments) -> Reaction:
    """Do what was pressed, as if it had been typed."""
    wanted = parse_quiet(arguments.word())
    if isinstance(wanted, ParseFault):
        raise StaleButtonError
    before = await turn.services.timing.view(turn.subscriber)
    outcome = "unchanged" if wanted == before.quiet else "changed"
    letter = _page(turn, await _set(turn, before, wanted))
    toast = turn.texts.plain("toast.quiet" if wanted else "toast.not-quiet")
    return Reaction(letter=letter, toast=toast, outcome=outcome)


async def _set(turn: Turn, before: TimingView, wanted: QuietHours | None) -> TimingView:
    if wanted == before.quiet:
        return before
    after = await turn.services.timing.set_quiet(turn.subscriber, wanted)
    turn.services.wake()
    return after


def _page(turn: Turn, view: TimingView, *before: Html) -> Letter:
    parts = [*before, *_now(turn, view), turn.texts.t("quiet.how")]
    return Letter(html=joined("\n\n", parts), rows=_rows(turn, view))


def _now(turn: Turn, view: TimingView) -> list[Html]:
    texts = turn.texts
    if view.quiet is None:
        return [texts.t("quiet.none")]
    words = quiet_in_words(view.quiet, texts, turn.language)
    return [
        joined(
            "\n",
            [
                texts.t("quiet.now", quiet=words),
                *quiet_until(turn, view),
                texts.t("quiet.after"),
                *zone_hint(turn, view),
            ],
        )
    ]


def quiet_until(turn: Turn, view: TimingView) -> list[Html]:
    """Return until when it is quiet, where it is quiet now."""
    if view.quiet_until is None:
        return []
    moment = format_coming(view.quiet_until, view.zone, turn.language)
    return [turn.texts.t("quiet.until", moment=moment)]


def _rows(turn: Turn, view: TimingView) -> Rows:
    now = str(view.quiet) if view.quiet else "off"
    choices = [
        buttons.marked(
            turn.texts.plain(key),
            Call(action="quiet-set", arguments=(typed,)),
            is_chosen=typed == now,
        )
        for typed, key in _CHOICES.items()
    ]
    return (*((one,) for one in choices), buttons.settings_row(turn.texts))


COMMANDS: Final = {"quiet": Command(quiet, Changes.WITH_ARGUMENT)}
PRESSES: Final = {
    "quiet": Press(open_page),
    "quiet-set": Press(choose, Changes.ALWAYS),
}
