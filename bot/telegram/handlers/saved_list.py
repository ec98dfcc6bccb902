"""/saved: the reading list, page by page, and taking off what was read."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.domain.article import Article
from bot.services.archive import PAGE_SIZE
from bot.services.reading_list import SaveFault, Saving, Shelf
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.paging import turning
from bot.telegram.handlers.saving_button import refused
from bot.telegram.handlers.turn import Changes, Command, Press, Reaction, Reply, Turn
from bot.texts.clip import clean, clip, isolated
from bot.texts.escape import Html, joined
from bot.texts.letter import Button, Call, Letter
from bot.texts.parts import headline
from bot.texts.shelf import shelf

_REMOVE: Final = re.compile(r"remove\s+(.+)", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[0-9]{1,5}")
_LONGEST_TYPED: Final = 60
_LONGEST_HEADLINE: Final = 100
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


async def saved(turn: Turn) -> Reply:
    """Show the list; `remove` and a number behind the command take that article off."""
    order = _REMOVE.fullmatch(clean(turn.typed))
    if order is None:
        return Reply(letter=await list_letter(turn), outcome="listed")
    typed = order[1]
    number = int(typed) if _NUMBER.fullmatch(typed) else 0
    article = await _numbered(turn, number)
    if article is None:
        told = turn.texts.t("saved.no-number", typed=isolated(clip(typed, _LONGEST_TYPED)))
        return Reply(letter=await list_letter(turn, intro=told), outcome="unclear")
    saving = await turn.services.saved.remove(turn.subscriber, article.id)
    page = (number - 1) // PAGE_SIZE
    return Reply(letter=await _without(turn, saving, page), outcome="taken off")


async def _numbered(turn: Turn, number: int) -> Article | None:
    """Return the article at that place of the list, counted from 1."""
    found = await turn.services.saved.page(turn.subscriber, max(number - 1, 0), 1)
    return found.items[0].article if 0 < number <= found.total else None


async def list_letter(
    turn: Turn, page: int = 0, intro: Html | None = None, first_row: tuple[Button, ...] = ()
) -> Letter:
    """Return a page of the list, with what is told first above it."""
    found = await turn.services.saved.page(turn.subscriber, page, PAGE_SIZE)
    intro = intro or Html("")
    if not found.total:
        html = joined("\n\n", [intro, turn.texts.t("saved.none")])
        return Letter(html=html, rows=(first_row,))
    first = found.number * PAGE_SIZE + 1
    parts = [
        intro,
        turn.texts.n("saved.title", found.total),
        shelf(found.items, turn.zone, turn.language, first=first),
        turn.texts.t("saved.verbs", number=first),
    ]
    if found.of > 1:
        parts.append(turn.texts.t("list.page", page=found.number + 1, pages=found.of))
    rows = (first_row, _drops(turn, found, first), _pages(turn, found), _export_row(turn))
    return Letter(html=joined("\n\n", parts), rows=rows)


def _drops(turn: Turn, found: Shelf, first: int) -> tuple[Button, ...]:
    return tuple(
        Button(
            text=turn.texts.plain("saved.drop", number=number),
            call=Call(action="saved-drop", arguments=(item.article.id, found.number)),
        )
        for number, item in enumerate(found.items, first)
    )


def _pages(turn: Turn, found: Shelf) -> tuple[Button, ...]:
    back, more = turn.texts.plain("list.previous"), turn.texts.plain("list.next")
    return turning(
        (back, _call(found.number - 1)) if found.number else None,
        (more, _call(found.number + 1)) if found.number < found.of - 1 else None,
    )


def _call(page: int) -> Call:
    return Call(action="saved", arguments=(page,))


def _export_row(turn: Turn) -> tuple[Button, ...]:
    return (Button(text=turn.texts.plain("saved.export"), call=Call(action="export-page")),)


async def _without(turn: Turn, saving: Saving, page: int) -> Letter:
    """Return the list without an article, which can be had back."""
    if saving.article is None or saving.saved_at is None:
        return await list_letter(turn, page)
    told = headline(saving.article, turn.texts, _LONGEST_HEADLINE)
    since = (saving.saved_at - _EPOCH) // timedelta(milliseconds=1)
    call = Call(action="saved-back", arguments=(saving.article.id, since, page))
    undo = Button(text=turn.texts.plain("saved.undo"), call=call)
    intro = turn.texts.t("saved.removed", headline=told)
    return await list_letter(turn, page, intro, (undo,))


async def open_page(turn: Turn, arguments: Arguments) -> Reaction:
    return Reaction(letter=await list_letter(turn, arguments.page()), outcome="listed")


async def drop(turn: Turn, arguments: Arguments) -> Reaction:
    """Take an article off the list that the message shows, and offer the way back."""
    article_id, page = arguments.number(), arguments.page()
    saving = await turn.services.saved.remove(turn.subscriber, article_id)
    letter = await _without(turn, saving, page)
    if not saving.changed:
        toast = turn.texts.plain("toast.saved-gone")
        return Reaction(letter=letter, toast=toast, outcome="gone")
    toast = turn.texts.plain("toast.unsaved")
    return Reaction(letter=letter, toast=toast, outcome="taken off")


async def put_back(turn: Turn, arguments: Arguments) -> Reaction:
    """Put an article back where it was on the list."""
    article_id, since, page = arguments.number(), arguments.number(), arguments.page()
    now = turn.services.clock()
    saved_at = min(since, (now - _EPOCH) // timedelta(milliseconds=1)) * timedelta(milliseconds=1)
    saving = await turn.services.saved.save(turn.subscriber, article_id, _EPOCH + saved_at)
    if saving.fault or saving.article is None:
        return refused(turn, saving.fault or SaveFault.GONE)
    toast = turn.texts.plain("toast.saved-back")
    outcome = "restored" if saving.changed else "unchanged"
    return Reaction(letter=await list_letter(turn, page), toast=toast, outcome=outcome)


COMMANDS: Final = {"saved": Command(saved, Changes.WITH_ARGUMENT)}
PRESSES: Final = {
    "saved": Press(open_page),
    "saved-drop": Press(drop, Changes.ALWAYS),
    "saved-back": Press(put_back, Changes.ALWAYS),
}
