"""One source, for administrators: how it is, and buttons that read it and switch it off and on."""

from datetime import datetime
from typing import Final

from bot.domain.condition import Condition
from bot.services.reports import PollReport
from bot.services.source_control import Asked, Refusal, SourceView
from bot.telegram.calls import StaleButtonError
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.sources_page import source_call, source_name, sources_row
from bot.telegram.handlers.turn import Changes, Press, Reaction, Turn
from bot.texts.clip import clean, clip
from bot.texts.dates import format_coming, format_moment
from bot.texts.escape import Html, joined
from bot.texts.letter import Button, Call, Letter, Rows
from bot.texts.spans import format_span

_LONGEST_FAULT: Final = 600
#: Telegram takes 200 characters.
_LONGEST_TOAST: Final = 200
_KINDS: Final = {
    "feed": "sources.kind-feed",
    "page": "sources.kind-page",
    "wordpress": "sources.kind-wordpress",
}
_REFUSALS: Final = {
    Refusal.OFF: "sources.refused-off",
    Refusal.UNDER_WAY: "sources.under-way",
    Refusal.STILL_READING: "sources.takes-long",
    Refusal.FAULT: "sources.fault",
}


async def open_page(turn: Turn, arguments: Arguments) -> Reaction:
    view = await _view(turn, arguments.number())
    return Reaction(letter=_page(turn, view), outcome="shown")


async def read_now(turn: Turn, arguments: Arguments) -> Reaction:
    """Have it read, and tell what came of that."""
    view = await _view(turn, arguments.number())
    asked = await turn.services.sources.read_now(view, by=_who(turn))
    after = await _view(turn, view.id)
    return Reaction(
        letter=_page(turn, after), toast=_told(turn, asked), alert=True, outcome=asked.outcome
    )


async def switch_off(turn: Turn, arguments: Arguments) -> Reaction:
    return await _switch(turn, arguments, on=False)


async def switch_on(turn: Turn, arguments: Arguments) -> Reaction:
    return await _switch(turn, arguments, on=True)


async def _switch(turn: Turn, arguments: Arguments, *, on: bool) -> Reaction:
    view = await _view(turn, arguments.number())
    is_changed = await turn.services.sources.switch(view, on=on, by=_who(turn))
    after = await _view(turn, view.id)
    toast = turn.texts.plain("sources.is-on" if on else "sources.is-off")
    outcome = "changed" if is_changed else "unchanged"
    return Reaction(letter=_page(turn, after), toast=toast, outcome=outcome)


async def _view(turn: Turn, source_id: int) -> SourceView:
    """Return the source; raises StaleButtonError for one that is not polled, or never was."""
    view = await turn.services.sources.find(source_id)
    if view is None:
        raise StaleButtonError
    return view


def _who(turn: Turn) -> int:
    """Return who presses; the chat where they stay anonymous."""
    return turn.subscriber.address.chat_id if turn.person is None else turn.person


def _page(turn: Turn, view: SourceView) -> Letter:
    record, texts = view.record, turn.texts
    kind = texts.plain(_KINDS[record.kind])
    heading = texts.t("sources.heading", source=source_name(view), kind=kind)
    facts: list[Html] = []
    if record.read_at is not None:
        facts.append(texts.t("sources.read", moment=_moment(turn, record.read_at)))
    if view.next_reading is not None:
        coming = format_coming(view.next_reading, turn.zone, turn.language)
        facts.append(texts.t("sources.next-reading", moment=coming))
    if record.state.usual_count is not None:
        facts.append(texts.t("sources.usual", count=record.state.usual_count))
    html = joined("\n\n", [heading, _condition(turn, view), joined("\n", facts)])
    return Letter(html=html, rows=_rows(turn, view))


def _condition(turn: Turn, view: SourceView) -> Html:
    record = view.record
    if record.switched_off_at is not None:
        return turn.texts.t("sources.off", moment=_moment(turn, record.switched_off_at))
    if record.failing_since is not None:
        return turn.texts.t(
            "sources.failing",
            moment=_moment(turn, record.failing_since),
            fault=clip(clean(record.fault), _LONGEST_FAULT),
        )
    return turn.texts.t("sources.new" if view.condition is Condition.NEW else "sources.well")


def _rows(turn: Turn, view: SourceView) -> Rows:
    if view.condition is Condition.OFF:
        steering = [("sources.switch-on", "admin-on")]
    else:
        steering = [("sources.read-now", "admin-read"), ("sources.switch-off", "admin-off")]
    return (
        tuple(
            Button(text=turn.texts.plain(key), call=Call(action=action, arguments=(view.id,)))
            for key, action in steering
        ),
        (Button(text=turn.texts.plain("admin.refresh"), call=source_call(view)),),
        sources_row(turn),
    )


def _told(turn: Turn, asked: Asked) -> str:
    """Return what came of asking for a reading, as a toast."""
    if asked.report is not None:
        return clip(_reported(turn, asked.report), _LONGEST_TOAST)
    if asked.until is not None:
        span = format_span(asked.until - turn.services.clock(), turn.language)
        return turn.texts.plain("sources.too-soon", span=span)
    return turn.texts.plain(_REFUSALS[asked.refusal or Refusal.FAULT])


def _reported(turn: Turn, report: PollReport) -> str:
    count = report.count
    match report.outcome:
        case "failed":
            return turn.texts.plain("sources.was-failed", fault=clean(report.fault))
        case "unchanged":
            return turn.texts.plain("sources.was-unchanged")
        case "baseline":
            return turn.texts.plain("sources.was-first", count=count)
        case "read":
            return turn.texts.plain(
                "sources.was-read", count=count, new=report.new, alerts=report.alerts
            )
        case _:
            return turn.texts.plain("sources.refused-off")


def _moment(turn: Turn, moment: datetime) -> str:
    return format_moment(moment, turn.zone, turn.language)


PRESSES: Final = {
    "admin-source": Press(open_page, Changes.ALWAYS),
    "admin-read": Press(read_now, Changes.ALWAYS),
    "admin-off": Press(switch_off, Changes.ALWAYS),
    "admin-on": Press(switch_on, Changes.ALWAYS),
}
