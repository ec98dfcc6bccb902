"""/stop: everything about a chat is deleted, once it said so twice."""

from typing import Final

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
from bot.texts.letter import Button, Call, Letter


async def stop(turn: Turn) -> Reply:
    """Ask whether everything is to be deleted."""
    texts = turn.texts
    yes = Button(text=texts.plain("stop.yes"), call=Call(action="stop", arguments=("y",)))
    no = Button(text=texts.plain("stop.no"), call=Call(action="stop", arguments=("n",)))
    return Reply(letter=Letter(html=texts.t("stop.ask"), rows=((yes,), (no,))), outcome="asked")


async def press_stop(turn: Turn, arguments: Arguments) -> Reaction:
    """Delete everything, or nothing."""
    if arguments.word() != "y":
        kept = Letter(html=turn.texts.t("stop.kept"))
        return Reaction(letter=kept, outcome="kept")
    await turn.services.subscriptions.stop(turn.subscriber)
    letter = Letter(html=turn.texts.t("stop.done"))
    toast = turn.texts.plain("stop.done-toast")
    menu = menu_language(turn.subscriber, None)
    return Reaction(letter=letter, toast=toast, outcome="stopped", menu=menu)


COMMANDS: Final = {"stop": Command(stop, Changes.ALWAYS)}
PRESSES: Final = {"stop": Press(press_stop, Changes.ALWAYS)}
