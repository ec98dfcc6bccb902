"""The list of sources, for administrators."""

from typing import Final
from urllib.parse import urlsplit

from bot.domain.condition import Condition
from bot.services.source_control import SourceView
from bot.telegram.handlers import buttons
from bot.telegram.handlers.admin_page import figures_row
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.paging import PAGE, Sheet, sheet, turning
from bot.telegram.handlers.turn import Changes, Press, Reaction, Turn
from bot.texts.clip import clean, clip
from bot.texts.escape import Html, joined
from bot.texts.letter import Button, Call, Letter, Rows

MARKS: Final = {
    Condition.NEW: "…",
    Condition.WELL: "✓",
    Condition.FAILING: "⚠",
    Condition.OFF: "⏸",
}
_LONGEST: Final = 200


async def open_list(turn: Turn, arguments: Arguments) -> Reaction:
    """Show a page of the list; the first one where the call names none."""
    rest = arguments.rest()
    page = rest[0] if rest and isinstance(rest[0], int) and rest[0] >= 0 else 0
    return Reaction(letter=await _page(turn, page), outcome="listed")


async def _page(turn: Turn, number: int) -> Letter:
    shown = sheet(await turn.services.sources.every(), number)
    lines = [_line(turn, place, view) for place, view in _numbered(shown)]
    parts = [turn.texts.t("sources.title"), joined("\n", lines)]
    if shown.of > 1:
        parts.append(turn.texts.t("list.page", page=shown.number + 1, pages=shown.of))
    return Letter(html=joined("\n\n", parts), rows=_rows(turn, shown))


def _rows(turn: Turn, shown: Sheet[SourceView]) -> Rows:
    opening = [
        Button(text=f"{place} {MARKS[view.condition]}", call=source_call(view))
        for place, view in _numbered(shown)
    ]
    back, more = turn.texts.plain("list.previous"), turn.texts.plain("list.next")
    pages = turning(
        (back, _call(shown.number - 1)) if shown.number else None,
        (more, _call(shown.number + 1)) if shown.number < shown.of - 1 else None,
    )
    return (*buttons.by_fives(opening), pages, figures_row(turn))


def sources_row(turn: Turn) -> tuple[Button, ...]:
    """Return the way back to the list."""
    return (Button(text=turn.texts.plain("sources.back"), call=_call(0)),)


def source_call(view: SourceView) -> Call:
    return Call(action="admin-source", arguments=(view.id,))


def source_name(view: SourceView) -> str:
    """Return the address as people read it."""
    parts = urlsplit(view.record.url)
    rest = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return clip(clean(f"{parts.netloc}{rest}".rstrip("/")), _LONGEST)


def _numbered(shown: Sheet[SourceView]) -> list[tuple[int, SourceView]]:
    first = shown.number * PAGE + 1
    return list(enumerate(shown.items, start=first))


def _line(turn: Turn, place: int, view: SourceView) -> Html:
    return turn.texts.t(
        "sources.line", number=place, mark=MARKS[view.condition], source=source_name(view)
    )


def _call(page: int) -> Call:
    return Call(action="admin-sources", arguments=(page,))


PRESSES: Final = {"admin-sources": Press(open_list, Changes.ALWAYS)}
