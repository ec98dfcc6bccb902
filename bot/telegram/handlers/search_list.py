"""The standing searches of a chat, each with how often it would have brought an alert."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.services.records import SearchRecord
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.estimating import of_saved
from bot.telegram.handlers.paging import Sheet, sheet, turning
from bot.telegram.handlers.turn import Press, Reaction, Turn
from bot.texts.clip import clip, isolated, width
from bot.texts.escape import Html, bold, code, escape, joined
from bot.texts.letter import Button, Call, Letter

_LONGEST_QUERY: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A standing search with the number that the list gives it, from 1."""

    number: int
    record: SearchRecord


async def numbered(turn: Turn) -> list[Numbered]:
    every = await turn.services.searches.every(turn.subscriber)
    return [Numbered(number=number, record=record) for number, record in enumerate(every, 1)]


async def list_letter(turn: Turn, page: int = 0, intro: Sequence[Html] = ()) -> Letter:
    """Return the list, what is told first above it, and how it is used below it."""
    every = await numbered(turn)
    shown = sheet(every, page)
    t = turn.texts.t
    head = [t("searches.title"), t("searches.what" if every else "searches.none")]
    often = await of_saved(turn, [one.record for one in shown.items])
    entries = [_entry(turn, *each) for each in zip(shown.items, often, strict=True)]
    paragraphs = [
        joined("\n", list(intro)),
        joined("\n", head),
        joined("\n\n", entries),
        t("searches.verbs") if every else Html(""),
        t("searches.how"),
    ]
    if shown.of > 1:
        paragraphs.append(t("list.page", page=shown.number + 1, pages=shown.of))
    leading = [_button(one) for one in shown.items]
    rows = (*buttons.paired(leading), _turning(turn, shown), buttons.settings_row(turn.texts))
    return Letter(html=joined("\n\n", paragraphs), rows=rows)


def search_shown(record: SearchRecord, longest: int | None = None) -> Html:
    """Return name and query, the query clipped where a longest length is given."""
    query = code(isolated(clip(record.text, longest) if longest else record.text))
    return joined(" ", [bold(isolated(record.name)) if record.name else Html(""), query])


def search_name(record: SearchRecord, longest: int) -> str:
    """Return the name, or the query where there is none, as plain text."""
    return clip(record.name or record.text, longest)


def all_row(turn: Turn) -> tuple[Button, ...]:
    """Return the way back to the list."""
    call = Call(action="alerts", arguments=(0,))
    return (Button(text=turn.texts.plain("searches.all"), call=call),)


def _entry(turn: Turn, one: Numbered, often: Html) -> Html:
    mark = buttons.URGENCY_MARKS[one.record.urgency].strip()
    paused = turn.texts.plain("searches.paused-mark") if one.record.paused else ""
    told = joined(" · ", [often, escape(mark), escape(paused)])
    search = search_shown(one.record, _LONGEST_QUERY)
    return turn.texts.t("searches.entry", number=one.number, search=search, often=told)


def _button(one: Numbered) -> Button:
    mark = "⏸ " if one.record.paused else buttons.URGENCY_MARKS[one.record.urgency]
    text = clip(f"{one.number}. {mark}{search_name(one.record, 64)}", buttons.LONGEST, width)
    return Button(text=text, call=Call(action="search-page", arguments=(one.record.id,)))


def _turning(turn: Turn, shown: Sheet[Numbered]) -> tuple[Button, ...]:
    back, more = turn.texts.plain("list.previous"), turn.texts.plain("list.next")
    return turning(
        (back, _call(shown.number - 1)) if shown.number else None,
        (more, _call(shown.number + 1)) if shown.number < shown.of - 1 else None,
    )


def _call(page: int) -> Call:
    return Call(action="alerts", arguments=(page,))


async def open_list(turn: Turn, arguments: Arguments) -> Reaction:
    return Reaction(letter=await list_letter(turn, arguments.page()), outcome="listed")


PRESSES: Final = {"alerts": Press(open_list)}
