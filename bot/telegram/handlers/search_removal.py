"""A removed standing search, which can be had back.

Nothing of it is kept: its message carries query and name, and the button how its alerts came.
"""

from typing import Final

from bot.services.records import SearchRecord
from bot.telegram.handlers.arguments import Arguments, urgency_code
from bot.telegram.handlers.search_faults import fault_of
from bot.telegram.handlers.search_list import all_row, list_letter
from bot.telegram.handlers.shown_query import name_of, query_of
from bot.telegram.handlers.turn import Changes, Press, Reaction, Turn
from bot.texts.escape import Html, bold, code, joined
from bot.texts.letter import Button, Call, Letter

REMOVED: Final = "removed"
_PAUSED: Final = 1


def removed_letter(turn: Turn, record: SearchRecord) -> Letter:
    name = Html(f"<u>{bold(record.name)}</u>") if record.name else Html("")
    search = joined(" ", [name, code(record.text)])
    arguments = (urgency_code(record.urgency), int(record.paused))
    call = Call(action="search-restore", arguments=arguments)
    undo = Button(text=turn.texts.plain("searches.undo"), call=call)
    html = turn.texts.t("searches.removed", search=search)
    return Letter(html=html, rows=((undo,), all_row(turn)))


async def restore(turn: Turn, arguments: Arguments) -> Reaction:
    """Save the search again, as it was."""
    urgency, is_paused = arguments.urgency(), arguments.number() == _PAUSED
    query = query_of(turn.pressed)
    if query is None:
        return Reaction(toast=turn.texts.plain("button.stale"), outcome="stale", alert=True)
    searches = turn.services.searches
    saved = await searches.save(turn.subscriber, query, name_of(turn.pressed))
    if saved.record is None:
        toast = fault_of(turn.texts, saved.fault)
        return Reaction(toast=toast, outcome="not restored", alert=True)
    if saved.new:  # else it has been saved since, and chosen for
        await searches.hold(turn.subscriber, saved.record.id, urgency, paused=is_paused)
    toast = turn.texts.plain("toast.search-restored")
    return Reaction(letter=await list_letter(turn), toast=toast, outcome="restored")


PRESSES: Final = {"search-restore": Press(restore, Changes.ALWAYS)}
