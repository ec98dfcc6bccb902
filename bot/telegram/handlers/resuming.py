"""/resume: alerts again, and what was missed offered rather than poured."""

from typing import Final

from bot.services.subscriptions import is_paused
from bot.telegram.calls import StaleButtonError
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.turn import Changes, Command, Press, Reaction, Reply, Turn
from bot.texts.letter import Button, Call, Letter

_SEND: Final = "send"
_SKIP: Final = "skip"


async def resume(turn: Turn) -> Reply:
    letter, outcome = await _resumed(turn)
    return Reply(letter=letter, outcome=outcome)


async def press_resume(turn: Turn, _arguments: Arguments) -> Reaction:
    letter, outcome = await _resumed(turn)
    return Reaction(letter=letter, toast=turn.texts.plain("resume.toast"), outcome=outcome)


async def _resumed(turn: Turn) -> tuple[Letter, str]:
    """End the pause; what an earlier one left unanswered is offered again."""
    texts = turn.texts
    was_paused = is_paused(turn.subscriber)
    held = await turn.services.subscriptions.resume(turn.subscriber)
    back = buttons.settings_row(texts)
    if was_paused:
        turn.services.wake()
    outcome = "resumed" if was_paused else "unchanged"
    if not held:
        html = texts.t("resume.nothing" if was_paused else "resume.running")
        return Letter(html=html, rows=(back,)), outcome
    html = texts.n("resume.offer" if was_paused else "resume.still", held)
    send = Button(text=texts.plain("resume.send", count=held), call=_call(_SEND))
    skip = Button(text=texts.plain("resume.skip"), call=_call(_SKIP))
    return Letter(html=html, rows=((send, skip), back)), outcome


def _call(answer: str) -> Call:
    return Call(action="catch-up", arguments=(answer,))


async def catch_up(turn: Turn, arguments: Arguments) -> Reaction:
    """Have what was missed come, or drop it.

    In a later pause an old offer does nothing: what is held now was not what it offered.
    """
    answer = arguments.word()
    if answer not in (_SEND, _SKIP):
        raise StaleButtonError
    if is_paused(turn.subscriber):
        return Reaction(toast=turn.texts.plain("catch-up.paused"), outcome="unchanged")
    back = (buttons.settings_row(turn.texts),)
    timing = turn.services.timing
    if answer == _SEND:
        count = await timing.catch_up(turn.subscriber)
        turn.services.wake()
    else:
        count = await timing.skip(turn.subscriber)
    if not count:
        letter = Letter(html=turn.texts.t("catch-up.nothing"), rows=back)
        return Reaction(letter=letter, outcome="unchanged")
    key = "catch-up.sent" if answer == _SEND else "catch-up.skipped"
    letter = Letter(html=turn.texts.n(key, count), rows=back)
    return Reaction(letter=letter, outcome="caught up" if answer == _SEND else "skipped")


COMMANDS: Final = {"resume": Command(resume, Changes.ALWAYS)}
PRESSES: Final = {
    "resume": Press(press_resume, Changes.ALWAYS),
    "catch-up": Press(catch_up, Changes.ALWAYS),
}
