"""Under the results of a search: the button that makes it a standing search."""

from typing import Final

from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.search_faults import fault_of
from bot.telegram.handlers.shown_query import query_of
from bot.telegram.handlers.turn import Changes, Press, Reaction, Turn
from bot.texts.letter import Button, Call

_OFFER: Final = Call(action="alert-me")
#: Leads to the standing search that the message shows.
STANDING: Final = "search-page"


def offer_button(turn: Turn) -> Button:
    """Return the button; where the message has the one to the standing search, that one."""
    rows = buttons.rows_of(turn.pressed.reply_markup) if turn.pressed else ()
    for button in (button for row in rows for button in row):
        if button.call is not None and button.call.action == STANDING:
            return button
    return Button(text=turn.texts.plain("searches.alert-me"), call=_OFFER)


async def save(turn: Turn, _arguments: Arguments) -> Reaction:
    """Save the search that the message shows; the button then leads to it."""
    query = query_of(turn.pressed)
    if query is None or turn.pressed is None:
        return Reaction(toast=turn.texts.plain("button.stale"), outcome="stale", alert=True)
    saved = await turn.services.searches.save(turn.subscriber, query)
    if saved.record is None:
        toast = fault_of(turn.texts, saved.fault)
        return Reaction(toast=toast, outcome="refused", alert=True)
    call = Call(action=STANDING, arguments=(saved.record.id,))
    fresh = Button(text=turn.texts.plain("searches.saved"), call=call)
    rows = buttons.replaced(buttons.rows_of(turn.pressed.reply_markup), _OFFER, fresh)
    key = "toast.search-added" if saved.new else "toast.search-there"
    outcome = "added" if saved.new else "unchanged"
    return Reaction(rows=rows, toast=turn.texts.plain(key), outcome=outcome)


PRESSES: Final = {"alert-me": Press(save, Changes.ALWAYS)}
