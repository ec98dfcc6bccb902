"""Under a page of articles: the button that offers to save them, each by its headline.

Only the buttons change. The way back is the call that shows the same page anew.
"""

from typing import Final

from bot.services.archive import Page
from bot.telegram.calls import StaleButtonError
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.links import links_in
from bot.telegram.handlers.saving_button import headline_button
from bot.telegram.handlers.search_offer import STANDING
from bot.telegram.handlers.turn import Press, Reaction, Turn
from bot.texts.letter import Button, Call

_OFFER: Final = "save-shown"
_PAGES: Final = ("latest", "search")


def choose_row(turn: Turn, page: Page, shown: Call) -> tuple[Button, ...]:
    """Return the button; `shown` is the call that shows the page."""
    if not page.articles:
        return ()
    call = Call(action=_OFFER, arguments=(shown.action, *shown.arguments))
    return (Button(text=turn.texts.plain("save.choose"), call=call),)


async def offer(turn: Turn, arguments: Arguments) -> Reaction:
    """Show the articles that the message links to, to be saved."""
    action = arguments.word()
    if action not in _PAGES:
        raise StaleButtonError
    found = await turn.services.saved.linked(turn.subscriber, links_in(turn.pressed))
    if not found:
        return Reaction(toast=turn.texts.plain("button.article-gone"), outcome="gone")
    articles = tuple(
        (headline_button(turn.texts, one.article, is_saved=one.is_saved),) for one in found
    )
    shown = Call(action=action, arguments=arguments.rest())
    back = Button(text=turn.texts.plain("mute.back"), call=shown)
    return Reaction(rows=(*articles, (back, *_of_search(turn))), outcome="offered")


def _of_search(turn: Turn) -> list[Button]:
    """Return the button to the standing search, by which the page knows that there is one."""
    rows = buttons.rows_of(turn.pressed.reply_markup) if turn.pressed else ()
    every = (button for row in rows for button in row)
    return [one for one in every if one.call and one.call.action == STANDING]


PRESSES: Final = {_OFFER: Press(offer)}
