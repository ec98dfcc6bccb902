"""The button Why? under an alert.

In a private chat it tells what brought the alert, and puts the buttons to change that under it.
In a group all would see those buttons and few may press them: there only whoever asked is told.
"""

from typing import Final

from bot.telegram.handlers.alert_buttons import back_button, links
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.reasons import changes, in_plain_words
from bot.telegram.handlers.turn import Press, Reaction, Turn
from bot.texts.clip import clip

#: Telegram takes 200 characters.
_LONGEST_TOAST: Final = 200


async def tell(turn: Turn, arguments: Arguments) -> Reaction:
    article_id = arguments.number()
    why = await turn.services.why.of_article(turn.subscriber, article_id)
    if why is None:
        toast = turn.texts.plain("why.unknown")
        return Reaction(toast=toast, alert=True, outcome="gone")
    told = in_plain_words(turn, why)
    if turn.in_group:
        ending = f" {turn.texts.plain('why.admins')}"
        toast = clip(told, _LONGEST_TOAST - len(ending)) + ending
        return Reaction(toast=toast, alert=True, outcome="told")
    rows = (tuple(links(turn)), *changes(turn, why), (back_button(turn, article_id),))
    return Reaction(rows=rows, toast=clip(told, _LONGEST_TOAST), outcome="told")


PRESSES: Final = {"why": Press(tell)}
