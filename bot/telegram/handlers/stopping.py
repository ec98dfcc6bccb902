"""/stop: everything about a chat is deleted, once it said so twice.

The question holds for what was stored when it was asked: it names the subscriber, whose number is
never given again. An old question deletes nothing that was begun since.
"""

from typing import Final

from bot.services.records import Holdings
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.turn import (
    Changes,
    Command,
    Press,
    Reaction,
    Reply,
    Turn,
    menu_language,
)
from bot.texts.escape import Html, joined
from bot.texts.letter import Button, Call, Letter


async def stop(turn: Turn) -> Reply:
    """Ask whether everything is to be deleted."""
    texts = turn.texts
    yes, no = (
        Button(
            text=texts.plain(key), call=Call(action="stop", arguments=(word, turn.subscriber.id))
        )
        for key, word in (("stop.yes", "y"), ("stop.no", "n"))
    )
    topic = texts.t("stop.topic") if turn.subscriber.address.thread_id else Html("")
    html = joined("\n\n", [texts.t("stop.ask"), topic])
    return Reply(letter=Letter(html=html, rows=((yes,), (no,))), outcome="asked")


async def press_stop(turn: Turn, arguments: Arguments) -> Reaction:
    """Delete everything, or nothing."""
    word, asked = arguments.word(), arguments.number()
    if asked != turn.subscriber.id:
        return await _of_another_time(turn)
    if word != "y":
        kept = Letter(html=turn.texts.t("stop.kept"))
        return Reaction(letter=kept, outcome="kept")
    await turn.services.subscriptions.stop(turn.subscriber)
    letter = Letter(html=turn.texts.t("stop.done"))
    toast = turn.texts.plain("stop.done-toast")
    menu = menu_language(turn.subscriber, None)
    return Reaction(letter=letter, toast=toast, outcome="stopped", menu=menu)


async def _of_another_time(turn: Turn) -> Reaction:
    """Answer a button whose question is over; a press alone leaves nothing stored."""
    if await turn.services.moves.holdings(turn.subscriber) == Holdings():
        await turn.services.subscriptions.stop(turn.subscriber)
        return Reaction(toast=turn.texts.plain("stop.already"), outcome="stopped already")
    return Reaction(toast=turn.texts.plain("stop.old"), alert=True, outcome="stale")


COMMANDS: Final = {"stop": Command(stop, Changes.ALWAYS)}
PRESSES: Final = {"stop": Press(press_stop, Changes.ALWAYS)}
