"""/search, and every text in a private chat that is no command.

A query is too long for a button, and nothing is kept between two presses: the message with the
results carries the query itself, whole, as its only monospaced text, and the buttons that turn
the page read it there. So a query is cleaned and shortened before it is used the first time, and
every page answers the same question.
"""

from typing import Final

from bot.services.archive import Page
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.article_pages import listed, page_buttons
from bot.telegram.handlers.estimating import search_line
from bot.telegram.handlers.saving_shown import choose_row
from bot.telegram.handlers.search_faults import problems_of
from bot.telegram.handlers.search_offer import offer_button
from bot.telegram.handlers.shown_query import query_of
from bot.telegram.handlers.turn import Command, Press, Reaction, Reply, Turn
from bot.texts.clip import clean, prefix
from bot.texts.escape import Html, code, joined
from bot.texts.letter import Call, Letter, Rows

#: In UTF-16 units; longer than any query that somebody typed for what it means.
LONGEST_QUERY: Final = 256


async def search(turn: Turn) -> Reply:
    """Search for what was typed; say how, where that asks for nothing."""
    query = _shortened(clean(turn.typed))
    page = await turn.services.archive.search(query)
    if page.query is None or not (page.query.groups or page.query.problems):
        return Reply(letter=Letter(html=turn.texts.t("search.how")), outcome="explained")
    notes = [turn.texts.t("search.shortened")] if query != clean(turn.typed) else []
    outcome = "found" if page.articles else "nothing found"
    return Reply(letter=await _letter(turn, query, page, notes), outcome=outcome)


def _shortened(text: str) -> str:
    """Return the longest beginning of whole words that a query may be."""
    query = prefix(text, LONGEST_QUERY)
    words, space, _ = query.rpartition(" ")
    return words if space and query != text else query


async def turn_page(turn: Turn, arguments: Arguments) -> Reaction:
    """Show another page of the results that the message shows."""
    number = arguments.page()
    query = query_of(turn.pressed)
    if query is None:
        return Reaction(toast=turn.texts.plain("button.stale"), outcome="stale")
    page = await turn.services.archive.search(query, number)
    return Reaction(letter=await _letter(turn, query, page, []), outcome="listed")


async def _letter(turn: Turn, query: str, page: Page, notes: list[Html]) -> Letter:
    problems = problems_of(turn.texts, page.query.problems if page.query else ())
    is_void = page.query is not None and not page.query.groups
    parts = [
        turn.texts.t("search.title", query=code(query)),
        joined("\n", [*notes, *problems]),
        Html("") if is_void else listed(turn, page, "search.nothing"),
        Html("") if is_void else await search_line(turn, query),
    ]
    pages = page_buttons(turn, page, _page_call)
    choose = choose_row(turn, page, _page_call(page.number))
    offer: Rows = () if is_void else ((offer_button(turn), *choose),)
    return Letter(html=joined("\n\n", parts), rows=(pages, *offer))


def _page_call(number: int) -> Call:
    return Call(action="search", arguments=(number,))


COMMANDS: Final = {"search": Command(search)}
PRESSES: Final = {"search": Press(turn_page)}
