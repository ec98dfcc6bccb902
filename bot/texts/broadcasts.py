"""What administrators see of a broadcast: the question before it, and how far it is."""

import math
from datetime import timedelta
from typing import Final

from bot.domain.broadcast import Audience, Broadcast, Readers, Stage, Tally
from bot.texts.catalogue import Texts
from bot.texts.escape import Html, joined
from bot.texts.letter import Button, Call, Letter, Rows

#: What a message to be answered with a broadcast's text is known by: a button with this call.
ASK: Final = Call(action="broadcast-ask")
_MINUTE: Final = 60
_HOUR: Final = 3600
#: Smaller numbers are told in the next smaller unit.
_LEAST: Final = 2
_STAGES: Final = {
    Stage.SENDING: "broadcast.sending",
    Stage.STOPPED: "broadcast.stopped",
    Stage.DONE: "broadcast.done",
}


def ask_letter(texts: Texts) -> Letter:
    """Return the question for the text."""
    cancel = Button(text=texts.plain("broadcast.cancel"), call=ASK)
    return Letter(html=texts.t("broadcast.ask"), rows=((cancel,),))


def draft_letter(draft: Broadcast, readers: Readers, time: timedelta, texts: Texts) -> Letter:
    """Return who would get the message, to stand below it."""
    count = readers.of(draft.audience)
    told = (
        texts.n("broadcast.readers", count, time=duration(time, texts))
        if count
        else texts.t("broadcast.nobody")
    )
    lines = [texts.t("broadcast.preview"), told]
    if readers.left_out:
        lines.append(texts.n("broadcast.left-out", readers.left_out))
    lines.append(texts.t("broadcast.manner"))
    cancel = _button(texts.plain("broadcast.cancel"), "cancel", draft.id)
    send = (_button(texts.plain("broadcast.send"), "confirm", draft.id),) if count else ()
    choices = tuple((_choice(draft, one, readers, texts),) for one in Audience)
    return Letter(html=joined("\n", lines), rows=(*choices, (*send, cancel)))


def confirm_letter(draft: Broadcast, count: int, texts: Texts) -> Letter:
    """Return the last question; its button shows the number, and sends."""
    said = texts.plain("broadcast.confirm-button", count=count)
    send = _button(said, "send", draft.id, draft.audience.value)
    back = _button(texts.plain("broadcast.back"), "back", draft.id)
    return Letter(html=texts.n("broadcast.confirm", count), rows=((send,), (back,)))


def status_letter(broadcast: Broadcast, tally: Tally, left: timedelta, texts: Texts) -> Letter:
    """Return how far a broadcast is that was begun; `left` is the time that it takes yet."""
    lines = [texts.t(_STAGES[broadcast.stage]), *_figures(broadcast, tally, left, texts)]
    return Letter(html=joined("\n", lines), rows=_rows(broadcast, texts))


def current_letter(
    broadcast: Broadcast, tally: Tally, left: timedelta, texts: Texts, *before: Html
) -> Letter:
    """Return the same for one who asks, to be kept up to date or to go on to a new one."""
    letter = status_letter(broadcast, tally, left, texts)
    more = (
        _button(texts.plain("broadcast.here"), "here", broadcast.id)
        if broadcast.stage is Stage.SENDING
        else Button(text=texts.plain("broadcast.new"), call=Call(action="broadcast-new"))
    )
    html = joined("\n\n", [*before, Html(letter.html)])
    return Letter(html=html, rows=(*letter.rows, (more,)))


def summary_letter(tally: Tally, texts: Texts) -> Letter:
    """Return what came of a broadcast that is done."""
    lines = [texts.t("broadcast.done"), _progress(tally, texts), *_losses(tally, texts)]
    return Letter(html=joined("\n", lines))


def duration(time: timedelta, texts: Texts) -> Html:
    """Return a length of time as seconds, minutes or hours, rounded up."""
    seconds = time.total_seconds()
    if seconds < _LEAST * _MINUTE:
        return texts.n("broadcast.seconds", max(1, math.ceil(seconds)))
    if seconds < _LEAST * _HOUR:
        return texts.n("broadcast.minutes", math.ceil(seconds / _MINUTE))
    return texts.n("broadcast.hours", math.ceil(seconds / _HOUR))


def _figures(broadcast: Broadcast, tally: Tally, left: timedelta, texts: Texts) -> list[Html]:
    if not broadcast.is_planned:
        return [texts.t("broadcast.planning")]
    lines = [_progress(tally, texts)]
    if tally.open and broadcast.stage is Stage.SENDING:
        lines.append(texts.t("broadcast.open", count=tally.open, time=duration(left, texts)))
    elif tally.open:
        lines.append(texts.t("broadcast.open-stopped", count=tally.open))
    if tally.waiting and broadcast.stage is Stage.SENDING:
        lines.append(texts.t("broadcast.waiting", count=tally.waiting))
    return [*lines, *_losses(tally, texts)]


def _progress(tally: Tally, texts: Texts) -> Html:
    return texts.t("broadcast.progress", sent=tally.sent, readers=tally.readers)


def _losses(tally: Tally, texts: Texts) -> list[Html]:
    lost = texts.t("broadcast.unreachable", count=tally.unreachable)
    failed = texts.t("broadcast.failed", count=tally.failed)
    return [*([lost] if tally.unreachable else []), *([failed] if tally.failed else [])]


def _rows(broadcast: Broadcast, texts: Texts) -> Rows:
    match broadcast.stage:
        case Stage.SENDING:
            return ((_button(texts.plain("broadcast.abort"), "stop", broadcast.id),),)
        case Stage.STOPPED:
            return ((_button(texts.plain("broadcast.resume"), "resume", broadcast.id),),)
        case _:
            return ()


def _choice(draft: Broadcast, audience: Audience, readers: Readers, texts: Texts) -> Button:
    key = "broadcast.private" if audience is Audience.PRIVATE else "broadcast.everyone"
    said = texts.plain(key, count=readers.of(audience))
    mark = "✓ " if draft.audience is audience else ""
    return _button(f"{mark}{said}", "to", draft.id, audience.value)


def _button(text: str, action: str, *arguments: str | int) -> Button:
    return Button(text=text, call=Call(action=f"broadcast-{action}", arguments=arguments))
