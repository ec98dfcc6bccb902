"""Buttons that put an article on the reading list, and take it off again.

Each says to what it leads, so that an old one, or one pressed twice, does no harm: it then shows
how it is.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.domain.article import Article
from bot.domain.reading_list import MOST_SAVED
from bot.services.reading_list import SaveFault, Saving
from bot.telegram.calls import StaleButtonError
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.turn import Changes, Press, Reaction, Turn
from bot.texts.catalogue import Texts
from bot.texts.clip import clean, clip, width
from bot.texts.letter import Button, Call
from bot.texts.letters import SAVE, UNSAVE, save_button
from bot.texts.numbers import format_number

_IN_ALERT: Final = "save"
#: The same where the button names the article, by its headline or by its number in a list.
_BY_HEADLINE: Final = "save-named"
_BY_NUMBER: Final = "save-nth"
_MARKS: Final = {True: "✓ ", False: ""}


def headline_button(texts: Texts, article: Article, *, is_saved: bool) -> Button:
    """Return a button that shows the headline, marked where the article is saved."""
    mark = _MARKS[is_saved]
    headline = clean(article.headline) or texts.plain("article.untitled")
    text = f"{mark}{clip(headline, buttons.LONGEST - width(mark), width)}"
    call = Call(action=_BY_HEADLINE, arguments=(article.id, _target(is_saved=is_saved)))
    return Button(text=text, call=call)


def number_button(number: int, article_id: int, *, is_saved: bool) -> Button:
    """Return a button that shows the article's number in a list, marked where it is saved."""
    arguments = (article_id, _target(is_saved=is_saved), number)
    text = f"{_MARKS[is_saved]}{number}"
    return Button(text=text, call=Call(action=_BY_NUMBER, arguments=arguments))


def wanted(arguments: Arguments) -> bool:
    """Return whether the next argument says that the article is to be saved."""
    target = arguments.word()
    if target not in (SAVE, UNSAVE):
        raise StaleButtonError
    return target == SAVE


async def change(turn: Turn, article_id: int, *, is_saved: bool) -> Saving:
    """Have the article on the list or not."""
    saved = turn.services.saved
    act = saved.save if is_saved else saved.remove
    return await act(turn.subscriber, article_id)


def refused(turn: Turn, fault: SaveFault) -> Reaction:
    if fault is SaveFault.FULL:
        most = format_number(MOST_SAVED, turn.language)
        toast = turn.texts.plain("save.full", most=most)
        return Reaction(toast=toast, alert=True, outcome="full")
    return Reaction(toast=turn.texts.plain("button.article-gone"), outcome="gone")


def told(turn: Turn, saving: Saving, *, is_saved: bool) -> Reaction:
    """Say how it is now; the log is told what was done for that."""
    toast = turn.texts.plain("toast.saved" if is_saved else "toast.unsaved")
    done = "saved" if is_saved else "taken off"
    return Reaction(toast=toast, outcome=done if saving.changed else "unchanged")


async def in_alert(turn: Turn, arguments: Arguments) -> Reaction:
    """Save the alert's article or take it off; the button then does the other."""
    article_id, is_saved = arguments.number(), wanted(arguments)
    return await _press(
        turn,
        Call(action=_IN_ALERT, arguments=(article_id,)),
        lambda article: save_button(turn.texts, article.id, is_saved=is_saved),
        is_saved=is_saved,
    )


async def by_headline(turn: Turn, arguments: Arguments) -> Reaction:
    article_id, is_saved = arguments.number(), wanted(arguments)
    return await _press(
        turn,
        Call(action=_BY_HEADLINE, arguments=(article_id,)),
        lambda article: headline_button(turn.texts, article, is_saved=is_saved),
        is_saved=is_saved,
    )


async def by_number(turn: Turn, arguments: Arguments) -> Reaction:
    article_id, is_saved, number = arguments.number(), wanted(arguments), arguments.number()
    return await _press(
        turn,
        Call(action=_BY_NUMBER, arguments=(article_id,)),
        lambda article: number_button(number, article.id, is_saved=is_saved),
        is_saved=is_saved,
    )


def _target(*, is_saved: bool) -> str:
    return UNSAVE if is_saved else SAVE


async def _press(
    turn: Turn, old: Call, fresh: Callable[[Article], Button], *, is_saved: bool
) -> Reaction:
    """Do it, and put the fresh button in the place of the old one, whose call begins so."""
    saving = await change(turn, int(old.arguments[0]), is_saved=is_saved)
    if saving.fault or saving.article is None:
        return refused(turn, saving.fault or SaveFault.GONE)
    rows = buttons.rows_of(turn.pressed.reply_markup) if turn.pressed else ()
    rows = buttons.replaced(rows, old, fresh(saving.article))
    return replace(told(turn, saving, is_saved=is_saved), rows=rows)


PRESSES: Final = {
    _IN_ALERT: Press(in_alert, Changes.ALWAYS),
    _BY_HEADLINE: Press(by_headline, Changes.ALWAYS),
    _BY_NUMBER: Press(by_number, Changes.ALWAYS),
}
