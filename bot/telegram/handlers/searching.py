"""/search, and every text in a private chat that is no command.

A query is too long for a button, and nothing is kept between two presses: the message with the
results carries the query itself, whole, as its only monospaced text, and the buttons that turn
the page read it there. So a query is cleaned and shortened before it is used the first time, and
every page answers the same question.
"""

from typing import Final

from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.search_results import results_letter
from bot.telegram.handlers.shown_query import LONGEST_QUERY, query_of
from bot.telegram.handlers.turn import Command, Press, Reaction, Reply, Turn
from bot.texts.clip import clean, prefix
from bot.texts.letter import Letter


async def search(turn: Turn) -> Reply:
    """Search for what was typed; say how, where that asks for nothing."""
    query = _shortened(clean(turn.typed))
    page = await turn.services.archive.search(query)
    if page.query is None or not (page.query.groups or page.query.problems):
        return Reply(letter=how_to_search(turn), outcome="explained")
    notes = [turn.texts.t("search.shortened")] if query != clean(turn.typed) else []
    outcome = "found" if page.articles else "nothing found"
    return Reply(letter=await results_letter(turn, query, page, notes), outcome=outcome)


def how_to_search(turn: Turn) -> Letter:
    return Letter(html=turn.texts.t("search.how"))


def _shortened(text: str) -> str:
    """Return the longest beginning of whole words that a query may be."""
    query = prefix(text, LONGEST_QUERY)
    words, space, _ = query.rpartition(" ")
    return words if space and query != text else query


async def turn_page(turn: Turn, arguments: Arguments) -> Reaction:
    """Show another page of the results that the message shows, or the first in another order."""
    number, order = arguments.page(), arguments.order()
    query = query_of(turn.pressed)
    if query is None:
        return Reaction(toast=turn.texts.plain("button.stale"), outcome="stale")
    page = await turn.services.archive.search(query, number, order)
    return Reaction(letter=await results_letter(turn, query, page, []), outcome="listed")


COMMANDS: Final = {"search": Command(search)}
PRESSES: Final = {"search": Press(turn_page)}
