"""/why: as a reply to an alert, what brought it; with an address, what kept that article away."""

from collections.abc import Sequence
from typing import Final

from bot.services.why import Why
from bot.telegram.handlers import buttons
from bot.telegram.handlers.absences import absence_letter
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.continuing import continuation
from bot.telegram.handlers.links import typed_address
from bot.telegram.handlers.reasons import changes, in_words
from bot.telegram.handlers.turn import Command, Press, Reaction, Reply, Turn
from bot.texts.escape import Html, joined
from bot.texts.letter import Button, Call, Letter, Rows
from bot.texts.parts import headline

#: With a headline and reasons of 300 units each, a message holds so many.
_MOST_ARTICLES: Final = 10
_LONGEST_HEADLINE: Final = 100


async def why(turn: Turn) -> Reply:
    if turn.typed:
        return await _of_address(turn)
    if turn.answered is None:
        return Reply(letter=_how(turn), outcome="explained")
    found = await turn.services.why.of_message(turn.subscriber, turn.answered)
    if not found:
        return Reply(letter=_how(turn, "why.no-alert"), outcome="no alert")
    return Reply(letter=await _letter(turn, found, turn.answered), outcome="told")


async def _of_address(turn: Turn) -> Reply:
    try:
        address = typed_address(turn.typed)
        absence = await turn.services.why.of_url(turn.subscriber, address)
    except ValueError:
        return Reply(letter=_how(turn, "why.no-address"), outcome="explained")
    return Reply(letter=await absence_letter(turn, absence), outcome=absence.absence.value)


def _how(turn: Turn, problem: str = "") -> Letter:
    how = turn.texts.t("why.how", url=turn.services.site.url)
    return Letter(html=joined("\n\n", [turn.texts.t(problem) if problem else Html(""), how]))


async def _letter(turn: Turn, found: Sequence[Why], message_id: int) -> Letter:
    if len(found) == 1:
        return await page_of(turn, found[0])
    return _several(turn, found, message_id)


async def page_of(turn: Turn, one: Why, title: str = "why.title", back: Rows = ()) -> Letter:
    """Return what brought one article, with the buttons to change it."""
    story = await continuation(turn, one.article)
    parts = [turn.texts.t(title), headline(one.article, turn.texts), in_words(turn, one), story]
    return Letter(html=joined("\n", parts), rows=(*changes(turn, one), *back))


def _several(turn: Turn, found: Sequence[Why], message_id: int) -> Letter:
    shown, rest = found[:_MOST_ARTICLES], len(found) - _MOST_ARTICLES
    entries = [_entry(turn, number, one) for number, one in enumerate(shown, 1)]
    more = turn.texts.n("why.more", rest) if rest > 0 else Html("")
    html = joined("\n\n", [turn.texts.t("why.several"), *entries, more])
    numbers = [
        Button(text=str(number), call=_page_call(one, message_id))
        for number, one in enumerate(shown, 1)
    ]
    return Letter(html=html, rows=buttons.by_fives(numbers))


def _entry(turn: Turn, number: int, one: Why) -> Html:
    told = headline(one.article, turn.texts, _LONGEST_HEADLINE)
    return turn.texts.t("why.entry", number=number, headline=told, reason=in_words(turn, one))


def _page_call(one: Why, message_id: int) -> Call:
    return Call(action="why-page", arguments=(one.article.id, message_id))


async def open_page(turn: Turn, arguments: Arguments) -> Reaction:
    """Show one article of a message that has several."""
    article_id, message_id = arguments.number(), arguments.number()
    one = await turn.services.why.of_article(turn.subscriber, article_id)
    if one is None:
        return _gone(turn)
    call = Call(action="why-list", arguments=(message_id,))
    back = Button(text=turn.texts.plain("why.list"), call=call)
    return Reaction(letter=await page_of(turn, one, back=((back,),)), outcome="told")


async def open_list(turn: Turn, arguments: Arguments) -> Reaction:
    message_id = arguments.number()
    found = await turn.services.why.of_message(turn.subscriber, message_id)
    if not found:
        return _gone(turn)
    return Reaction(letter=await _letter(turn, found, message_id), outcome="told")


def _gone(turn: Turn) -> Reaction:
    return Reaction(toast=turn.texts.plain("why.unknown"), alert=True, outcome="gone")


COMMANDS: Final = {"why": Command(why)}
PRESSES: Final = {"why-page": Press(open_page), "why-list": Press(open_list)}
