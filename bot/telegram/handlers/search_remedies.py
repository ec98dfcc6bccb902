"""What can be done about a standing search that brought an alert."""

from collections.abc import Mapping
from typing import Final

from bot.domain.urgency import Urgency
from bot.services.records import SearchRecord
from bot.telegram.handlers.holding import Kept, kept
from bot.telegram.handlers.remedies import Remedies
from bot.telegram.handlers.search_list import search_name
from bot.telegram.handlers.topic_page import URGENCY_TOASTS
from bot.telegram.handlers.turn import Turn
from bot.texts.catalogue import Texts

_LONGEST_NAME: Final = 64


async def _find(turn: Turn, search_id: int) -> SearchRecord | None:
    return await turn.services.searches.get(turn.subscriber, search_id)


def _wanted(record: SearchRecord) -> Mapping[str, Kept]:
    pausing = "why.resume" if record.paused else "why.pause"
    return {
        "why.silence": Kept(Urgency.SILENT, record.paused),
        pausing: Kept(record.urgency, not record.paused),
    }


async def _apply(turn: Turn, record: SearchRecord, target: Kept) -> SearchRecord:
    searches = turn.services.searches
    changed = await searches.hold(turn.subscriber, record.id, target.urgency, paused=target.paused)
    return changed or record


def _kept(record: SearchRecord) -> Kept:
    return Kept(record.urgency, record.paused)


def _toast(texts: Texts, record: SearchRecord, before: Kept) -> str:
    if before.paused is not record.paused:
        return texts.plain("toast.search-paused" if record.paused else "toast.search-resumed")
    return texts.plain(URGENCY_TOASTS[record.urgency], name=_name(record))


def _name(record: SearchRecord) -> str:
    return search_name(record, _LONGEST_NAME)


SEARCH: Final[Remedies[SearchRecord, Kept]] = Remedies(
    action="why-search",
    find=_find,
    state=_kept,
    read=kept,
    wanted=_wanted,
    apply=_apply,
    name=_name,
    toast=_toast,
    gone="toast.search-gone",
)
PRESSES: Final = SEARCH.presses
