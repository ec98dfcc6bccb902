"""What can be done about a standing search that brought an alert: one tap, and its undo."""

from typing import Final

from bot.domain.urgency import Urgency
from bot.services.searches import SearchRecord
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.buttons import fitted
from bot.telegram.handlers.holding import Kept, kept
from bot.telegram.handlers.row_patch import patched
from bot.telegram.handlers.search_list import search_name
from bot.telegram.handlers.topic_page import URGENCY_TOASTS
from bot.telegram.handlers.turn import Changes, Press, Reaction, Turn
from bot.texts.catalogue import Texts
from bot.texts.letter import Button, Call, Rows

_LONGEST_NAME: Final = 64
_SET, _UNDO = "why-search", "why-search-undo"


def search_remedies(record: SearchRecord, texts: Texts) -> Rows:
    """Return the buttons for the search as it is kept now."""
    now = _kept(record)
    pausing = "why.resume" if now.paused else "why.pause"
    wanted = {
        "why.silence": Kept(Urgency.SILENT, now.paused),
        pausing: Kept(now.urgency, not now.paused),
    }
    return tuple(
        (_button(texts, key, record, _call(_SET, record, now, target)),)
        for key, target in wanted.items()
        if target != now
    )


def _button(texts: Texts, key: str, record: SearchRecord, call: Call) -> Button:
    return Button(text=fitted(texts, key, search_name(record, _LONGEST_NAME)), call=call)


def _call(action: str, record: SearchRecord, before: Kept, target: Kept) -> Call:
    return Call(action=action, arguments=(record.id, before.code, target.code))


async def change(turn: Turn, arguments: Arguments) -> Reaction:
    return await _lead(turn, arguments, is_undo=False)


async def undo(turn: Turn, arguments: Arguments) -> Reaction:
    return await _lead(turn, arguments, is_undo=True)


async def _lead(turn: Turn, arguments: Arguments, *, is_undo: bool) -> Reaction:
    search_id, before, target = arguments.number(), kept(arguments), kept(arguments)
    record = await turn.services.searches.get(turn.subscriber, search_id)
    if record is None:
        return Reaction(toast=turn.texts.plain("toast.search-gone"), outcome="gone")
    now = _kept(record)
    if now not in (before, target):
        rows = patched(turn, (_SET, _UNDO), search_id, search_remedies(record, turn.texts))
        toast = turn.texts.plain("why.changed-since")
        return Reaction(rows=rows, toast=toast, outcome="changed since")
    if now != target:
        record = await _apply(turn, record, target)
    if is_undo:
        fresh = search_remedies(record, turn.texts)
    else:
        call = _call(_UNDO, record, target, before)
        fresh = ((_button(turn.texts, "why.undo", record, call),),)
    rows = patched(turn, (_SET, _UNDO), search_id, fresh)
    outcome = "unchanged" if now == target else "changed"
    return Reaction(rows=rows, toast=_toast(turn.texts, before, target, record), outcome=outcome)


async def _apply(turn: Turn, record: SearchRecord, target: Kept) -> SearchRecord:
    searches = turn.services.searches
    if record.urgency is not target.urgency:
        await searches.set_urgency(turn.subscriber, record.id, target.urgency)
    changed = await searches.pause(turn.subscriber, record.id, target.paused)
    return changed or record


def _kept(record: SearchRecord) -> Kept:
    return Kept(record.urgency, record.paused)


def _toast(texts: Texts, before: Kept, target: Kept, record: SearchRecord) -> str:
    if before.paused is not target.paused:
        return texts.plain("toast.search-paused" if target.paused else "toast.search-resumed")
    name = search_name(record, _LONGEST_NAME)
    return texts.plain(URGENCY_TOASTS[target.urgency], name=name)


PRESSES: Final = {_SET: Press(change, Changes.ALWAYS), _UNDO: Press(undo, Changes.ALWAYS)}
