"""/pause, /resume and /stop."""

from datetime import datetime, timedelta
from typing import Final

from bot.domain.duration import parse_duration
from bot.services.subscriptions import is_paused
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.turn import Changes, Command, Press, Reaction, Reply, Turn
from bot.texts.clip import clean, clip, isolated
from bot.texts.dates import format_moment
from bot.texts.escape import bold, joined
from bot.texts.letter import Button, Call, Letter

_LONGEST_TYPED: Final = 40
_LONGEST_PAUSE: Final = timedelta(days=366)
_ENDS: Final = ((24, "pause.day"), (72, "pause.days"), (168, "pause.week"))


async def pause(turn: Turn) -> Reply:
    """Hold alerts for the time that stands behind the command, or until resumed."""
    length = _length(turn.typed)
    if turn.typed and not length:
        shown = bold(isolated(clip(clean(turn.typed), _LONGEST_TYPED)))
        line = turn.texts.t("pause.unclear", typed=shown)
        return Reply(letter=Letter(html=line), outcome="unclear")
    until = await turn.services.subscriptions.pause(turn.subscriber, length)
    return Reply(letter=_paused(turn, until), outcome="paused")


def _length(typed: str) -> timedelta | None:
    """Return the length of time; None where the text names none that makes sense."""
    try:
        length = parse_duration(typed)
    except ValueError:
        return None
    return length if timedelta(0) < length <= _LONGEST_PAUSE else None


def _paused(turn: Turn, until: datetime | None) -> Letter:
    texts = turn.texts
    resume = Button(text=texts.plain("pause.resume"), call=Call(action="resume"))
    if until is not None:
        moment = format_moment(until, turn.zone, turn.language)
        return Letter(html=texts.t("pause.until", moment=moment), rows=((resume,),))
    ends = tuple(
        Button(text=texts.plain(key), call=Call(action="pause", arguments=(hours,)))
        for hours, key in _ENDS
    )
    html = joined("\n\n", [texts.t("pause.done"), texts.t("pause.end")])
    return Letter(html=html, rows=(*((one,) for one in ends), (resume,)))


async def resume(turn: Turn) -> Reply:
    if not is_paused(turn.subscriber):
        return Reply(letter=Letter(html=turn.texts.t("resume.running")), outcome="unchanged")
    return Reply(letter=await _resumed(turn), outcome="resumed")


async def _resumed(turn: Turn) -> Letter:
    held = await turn.services.subscriptions.resume(turn.subscriber)
    turn.services.wake()
    if not held:
        return Letter(html=turn.texts.t("resume.nothing"))
    return Letter(html=turn.texts.n("resume.held", held))


async def stop(turn: Turn) -> Reply:
    """Ask whether everything is to be deleted."""
    texts = turn.texts
    yes = Button(text=texts.plain("stop.yes"), call=Call(action="stop", arguments=("y",)))
    no = Button(text=texts.plain("stop.no"), call=Call(action="stop", arguments=("n",)))
    return Reply(letter=Letter(html=texts.t("stop.ask"), rows=((yes,), (no,))), outcome="asked")


async def press_pause(turn: Turn, arguments: Arguments) -> Reaction:
    """Give a pause its end."""
    length = timedelta(hours=arguments.page())
    until = await turn.services.subscriptions.pause(turn.subscriber, length)
    toast = turn.texts.plain("pause.toast")
    return Reaction(letter=_paused(turn, until), toast=toast, outcome="paused")


async def press_resume(turn: Turn, _arguments: Arguments) -> Reaction:
    toast = turn.texts.plain("resume.toast")
    if not is_paused(turn.subscriber):
        letter = Letter(html=turn.texts.t("resume.running"))
        return Reaction(letter=letter, toast=toast, outcome="unchanged")
    return Reaction(letter=await _resumed(turn), toast=toast, outcome="resumed")


async def press_stop(turn: Turn, arguments: Arguments) -> Reaction:
    """Delete everything, or nothing."""
    if arguments.word() != "y":
        kept = Letter(html=turn.texts.t("stop.kept"))
        return Reaction(letter=kept, outcome="kept")
    await turn.services.subscriptions.stop(turn.subscriber)
    letter = Letter(html=turn.texts.t("stop.done"))
    toast = turn.texts.plain("stop.done-toast")
    return Reaction(letter=letter, toast=toast, outcome="stopped")


COMMANDS: Final = {
    "pause": Command(pause, Changes.ALWAYS),
    "resume": Command(resume, Changes.ALWAYS),
    "stop": Command(stop, Changes.ALWAYS),
}
PRESSES: Final = {
    "pause": Press(press_pause, Changes.ALWAYS),
    "resume": Press(press_resume, Changes.ALWAYS),
    "stop": Press(press_stop, Changes.ALWAYS),
}
