"""One standing search: how its alerts come, pause it, change it, remove it."""

from collections.abc import Sequence
from typing import Final

from bot.services.records import SearchRecord
from bot.telegram.calls import StaleButtonError
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments, urgency_code
from bot.telegram.handlers.estimating import saved_line
from bot.telegram.handlers.search_list import (
    Numbered,
    all_row,
    list_letter,
    numbered,
    search_name,
    search_shown,
)
from bot.telegram.handlers.search_removal import REMOVED, removed_letter
from bot.telegram.handlers.topic_page import URGENCY_NAMES, URGENCY_TOASTS, urgency_line
from bot.telegram.handlers.turn import Changes, Press, Reaction, Turn
from bot.texts.clip import clip
from bot.texts.escape import Html, joined
from bot.texts.letter import Button, Call, Letter

_LONGEST_NAME: Final = 64
_LONGEST_EXAMPLE: Final = 200
_PAUSING: Final = {"p": True, "r": False}


async def page_letter(
    turn: Turn, one: Numbered, intro: Sequence[Html] = (), often: Html | None = None
) -> Letter:
    """Return the page of a standing search, with what is told first above it.

    `often` takes the place of how often it would have brought an alert in the last 30 days.
    """
    texts, record = turn.texts, one.record
    view = await turn.services.timing.view(turn.subscriber)
    told = [
        texts.t("searches.page", number=one.number, search=search_shown(record)),
        often or await saved_line(turn, record),
        texts.t("searches.is-paused")
        if record.paused
        else urgency_line(turn, record.urgency, view),
    ]
    html = joined("\n\n", [joined("\n", list(intro)), joined("\n", told), texts.t("urgency.how")])
    return Letter(html=html, rows=(*_choices(turn, record), *_actions(turn, record), all_row(turn)))


def _choices(turn: Turn, record: SearchRecord) -> tuple[tuple[Button, ...], ...]:
    return buttons.laid_out(
        [
            buttons.marked(
                f"{buttons.URGENCY_MARKS[one]}{turn.texts.plain(key)}",
                Call(action="search-urgency", arguments=(record.id, urgency_code(one))),
                is_chosen=record.urgency is one,
            )
            for one, key in URGENCY_NAMES.items()
        ]
    )


def _actions(turn: Turn, record: SearchRecord) -> tuple[tuple[Button, ...], ...]:
    key, code = ("searches.resume", "r") if record.paused else ("searches.pause", "p")
    plain = turn.texts.plain
    pause = Call(action="search-pause", arguments=(record.id, code))
    edit = Call(action="search-edit", arguments=(record.id,))
    remove = Call(action="search-remove", arguments=(record.id,))
    return (
        (Button(text=plain(key), call=pause), Button(text=plain("searches.edit"), call=edit)),
        (Button(text=plain("searches.remove"), call=remove),),
    )


async def found(turn: Turn, search_id: int) -> Numbered | None:
    every = await numbered(turn)
    return next((one for one in every if one.record.id == search_id), None)


async def open_page(turn: Turn, arguments: Arguments) -> Reaction:
    one = await found(turn, arguments.number())
    if one is None:
        return await gone(turn)
    return Reaction(letter=await page_letter(turn, one), outcome="shown")


async def set_urgency(turn: Turn, arguments: Arguments) -> Reaction:
    search_id, urgency = arguments.number(), arguments.urgency()
    record = await turn.services.searches.set_urgency(turn.subscriber, search_id, urgency)
    if record is None:
        return await gone(turn)
    toast = turn.texts.plain(URGENCY_TOASTS[urgency], name=search_name(record, _LONGEST_NAME))
    return await _changed(turn, search_id, toast)


async def set_paused(turn: Turn, arguments: Arguments) -> Reaction:
    search_id, code = arguments.number(), arguments.word()
    if code not in _PAUSING:
        raise StaleButtonError
    paused = _PAUSING[code]
    if await turn.services.searches.pause(turn.subscriber, search_id, paused) is None:
        return await gone(turn)
    key = "toast.search-paused" if paused else "toast.search-resumed"
    return await _changed(turn, search_id, turn.texts.plain(key))


async def explain_editing(turn: Turn, arguments: Arguments) -> Reaction:
    """Say how query and name are changed; both are typed."""
    one = await found(turn, arguments.number())
    if one is None:
        return await gone(turn)
    texts = turn.texts
    how = texts.t(
        "searches.edit-how",
        number=one.number,
        query=clip(one.record.text, _LONGEST_EXAMPLE),
        name=one.record.name or texts.plain("searches.example-name"),
    )
    call = Call(action="search-page", arguments=(one.record.id,))
    back = Button(text=texts.plain("searches.one"), call=call)
    html = joined("\n\n", [search_shown(one.record), how])
    return Reaction(letter=Letter(html=html, rows=((back,),)), outcome="explained")


async def remove(turn: Turn, arguments: Arguments) -> Reaction:
    """Remove the search, and offer to have it back."""
    one = await found(turn, arguments.number())
    if one is None or not await turn.services.searches.remove(turn.subscriber, one.record.id):
        return await gone(turn)
    toast = turn.texts.plain("toast.search-removed")
    return Reaction(letter=removed_letter(turn, one.record), toast=toast, outcome=REMOVED)


async def gone(turn: Turn) -> Reaction:
    toast = turn.texts.plain("toast.search-gone")
    return Reaction(letter=await list_letter(turn), toast=toast, outcome="gone")


async def _changed(turn: Turn, search_id: int, toast: str) -> Reaction:
    one = await found(turn, search_id)
    if one is None:
        return await gone(turn)
    return Reaction(letter=await page_letter(turn, one), toast=toast, outcome="changed")


PRESSES: Final = {
    "search-page": Press(open_page),
    "search-urgency": Press(set_urgency, Changes.ALWAYS),
    "search-pause": Press(set_paused, Changes.ALWAYS),
    "search-edit": Press(explain_editing),
    "search-remove": Press(remove, Changes.ALWAYS),
}
