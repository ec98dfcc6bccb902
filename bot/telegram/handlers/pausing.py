"""/pause: alerts are held for a time, until a moment, or until resumed."""

from datetime import datetime
from typing import Final

from bot.domain.parse_fault import ParseFault
from bot.domain.pausing import Indefinitely, parse_pause
from bot.services.subscriptions import is_paused
from bot.telegram.calls import StaleButtonError
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.turn import Changes, Command, Press, Reaction, Reply, Turn
from bot.telegram.handlers.typing_faults import fault_line
from bot.texts.dates import format_coming
from bot.texts.escape import joined
from bot.texts.letter import Button, Call, Letter, Rows

#: What the buttons stand for, as one would type it.
_ENDS: Final = {
    "1d": "pause.day",
    "3d": "pause.days",
    "1w": "pause.week",
    "until monday": "pause.monday",
}
_OPEN: Final = "forever"


async def pause(turn: Turn) -> Reply:
    """Hold alerts for what stands behind the command, or until resumed."""
    end = parse_pause(turn.typed, turn.services.clock(), turn.zone)
    if isinstance(end, ParseFault):
        fault = fault_line(turn.texts, end, of_pause=True)
        html = joined("\n\n", [fault, turn.texts.t("pause.how")])
        rows = (*_ends(turn), buttons.settings_row(turn.texts))
        return Reply(letter=Letter(html=html, rows=rows), outcome="unclear")
    return Reply(letter=await _pause(turn, end), outcome="paused")


async def press_pause(turn: Turn, arguments: Arguments) -> Reaction:
    """Pause as the button says, or give a pause another end."""
    end = parse_pause(arguments.word(), turn.services.clock(), turn.zone)
    if isinstance(end, ParseFault):
        raise StaleButtonError
    toast = turn.texts.plain("pause.toast")
    return Reaction(letter=await _pause(turn, end), toast=toast, outcome="paused")


async def open_page(turn: Turn, _arguments: Arguments) -> Reaction:
    """Say whether alerts are paused, and offer the other."""
    if is_paused(turn.subscriber):
        letter = _paused(turn, turn.subscriber.paused_until)
        return Reaction(letter=letter, outcome="shown")
    texts = turn.texts
    call = Call(action="pause", arguments=(_OPEN,))
    until_resumed = Button(text=texts.plain("pause.open"), call=call)
    rows = (*_ends(turn), (until_resumed,), buttons.settings_row(texts))
    return Reaction(letter=Letter(html=texts.t("pause.ask"), rows=rows), outcome="shown")


async def _pause(turn: Turn, end: datetime | Indefinitely) -> Letter:
    until = None if isinstance(end, Indefinitely) else end
    await turn.services.subscriptions.pause(turn.subscriber, until)
    return _paused(turn, until)


def _paused(turn: Turn, until: datetime | None) -> Letter:
    texts = turn.texts
    resume = (Button(text=texts.plain("pause.resume"), call=Call(action="resume")),)
    back = buttons.settings_row(texts)
    if until is not None:
        moment = format_coming(until, turn.zone, turn.language, far=True)
        return Letter(html=texts.t("pause.until", moment=moment), rows=(resume, back))
    html = joined("\n\n", [texts.t("pause.done"), texts.t("pause.end")])
    return Letter(html=html, rows=(*_ends(turn), resume, back))


def _ends(turn: Turn) -> Rows:
    return buttons.laid_out(
        [
            Button(text=turn.texts.plain(key), call=Call(action="pause", arguments=(typed,)))
            for typed, key in _ENDS.items()
        ]
    )


COMMANDS: Final = {"pause": Command(pause, Changes.ALWAYS)}
PRESSES: Final = {
    "pause": Press(press_pause, Changes.ALWAYS),
    "pause-page": Press(open_page),
}
