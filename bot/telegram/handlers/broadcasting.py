"""/broadcast: a message of an administrator's to all readers.

By typing: `/broadcast` with the text behind it. By buttons: `/broadcast` alone asks for the text,
which is then written in answer to the question. Either shows the message as readers will get it,
and below it who that is; *Send…* asks once more, with the number.

The message whose button was pressed last shows from then on how far it is
(`bot.services.broadcast_board`), so what these buttons do is not told by changing it here.
"""

from typing import Final

from bot.domain.broadcast import Audience, Stage
from bot.services.broadcasting import Done, Draft, Status
from bot.telegram.calls import StaleButtonError
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.turn import Command, Parcel, Press, Reaction, Reply, Turn
from bot.texts.broadcasts import ASK, ask_letter, confirm_letter, current_letter, draft_letter
from bot.texts.clip import is_blank, units
from bot.texts.escape import Html
from bot.texts.letter import Letter

#: In UTF-16 units of the text, formatting apart.
MOST_UNITS: Final = 4_096


async def broadcast(turn: Turn) -> Reply:
    """Show the draft of what was typed; without a text, what is under way, or ask for one."""
    current = await turn.services.broadcasts.current()
    has_text = bool(turn.formatted) and not is_blank(turn.typed)
    if current and (current.broadcast.stage is Stage.SENDING or not has_text):
        note = [turn.texts.t("broadcast.one-at-a-time")] if has_text else []
        return Reply(letter=_status(turn, current, *note), outcome="shown")
    if not has_text:
        return Reply(letter=ask_letter(turn.texts), outcome="asked")
    return await _drafted(turn)


async def answered(turn: Turn) -> Reply:
    """Show the draft of what was written in answer to the question for it."""
    if turn.formatted is None or is_blank(turn.typed):
        return Reply(letter=Letter(html=turn.texts.t("broadcast.no-text")), outcome="no text")
    return await broadcast(turn)


async def _drafted(turn: Turn) -> Reply:
    text, count = turn.formatted or Html(""), units(turn.typed)
    if count > MOST_UNITS:
        told = turn.texts.t("broadcast.too-long", most=MOST_UNITS, count=count)
        return Reply(letter=Letter(html=told), outcome="too long")
    draft = await turn.services.broadcasts.write(text, _who(turn))
    return Reply(
        letter=Letter(html=text),
        parcels=(Parcel(to=turn.subscriber.address, letter=_draft(turn, draft)),),
        instead=Letter(html=turn.texts.t("broadcast.refused")),
        outcome="drafted",
    )


async def enter(turn: Turn, _arguments: Arguments) -> Reaction:
    """Show what is under way, or ask for a text; for a button of another page."""
    current = await turn.services.broadcasts.current()
    letter = _status(turn, current) if current else ask_letter(turn.texts)
    return Reaction(letter=letter, outcome="shown" if current else "asked")


async def ask(turn: Turn, _arguments: Arguments) -> Reaction:
    return Reaction(letter=ask_letter(turn.texts), outcome="asked")


async def ask_no_more(turn: Turn, _arguments: Arguments) -> Reaction:
    return _cancelled(turn)


async def address_to(turn: Turn, arguments: Arguments) -> Reaction:
    """Choose who gets it."""
    number, audience = arguments.number(), _audience(arguments)
    draft = await turn.services.broadcasts.choose(number, _who(turn), audience)
    if draft is None:
        return _stale(turn)
    return Reaction(letter=_draft(turn, draft), outcome="changed")


async def back(turn: Turn, arguments: Arguments) -> Reaction:
    """Show once more who gets it."""
    draft = await turn.services.broadcasts.draft(arguments.number(), _who(turn))
    return Reaction(letter=_draft(turn, draft), outcome="shown") if draft else _stale(turn)


async def confirm(turn: Turn, arguments: Arguments) -> Reaction:
    """Ask once more, with the number."""
    draft = await turn.services.broadcasts.draft(arguments.number(), _who(turn))
    if draft is None:
        return _stale(turn)
    if not draft.count:
        return Reaction(letter=_draft(turn, draft), outcome="nobody")
    letter = confirm_letter(draft.broadcast, draft.count, turn.texts)
    return Reaction(letter=letter, outcome="asked")


async def send(turn: Turn, arguments: Arguments) -> Reaction:
    """Begin; pressed twice, or on an old question, it does nothing."""
    number, audience = arguments.number(), _audience(arguments)
    services, shown = turn.services.broadcasts, _here(turn)
    done = await services.begin(number, _who(turn), audience, shown)
    return _told(turn, done, "broadcast.begun-toast", "begun")


async def cancel(turn: Turn, arguments: Arguments) -> Reaction:
    """Forget the draft."""
    kept = await turn.services.broadcasts.discard(arguments.number(), _who(turn))
    return _cancelled(turn) if kept else _stale(turn)


async def stop(turn: Turn, arguments: Arguments) -> Reaction:
    done = await turn.services.broadcasts.stop(arguments.number(), _who(turn), _here(turn))
    return _told(turn, done, "broadcast.stopped-toast", "stopped")


async def resume(turn: Turn, arguments: Arguments) -> Reaction:
    """Send on to those who have no copy yet."""
    done = await turn.services.broadcasts.resume(arguments.number(), _who(turn), _here(turn))
    return _told(turn, done, "broadcast.resumed-toast", "resumed")


async def keep_here(turn: Turn, arguments: Arguments) -> Reaction:
    """Have the pressed message show how far it is."""
    done = await turn.services.broadcasts.show(arguments.number(), _here(turn))
    return _told(turn, done, "broadcast.here-toast", "shown")


def _who(turn: Turn) -> int:
    """Return the administrator; a private chat has the id of its user."""
    return turn.person or turn.subscriber.address.chat_id


def _here(turn: Turn) -> tuple[int, int]:
    if turn.pressed is None:
        raise StaleButtonError
    return turn.pressed.chat.id, turn.pressed.message_id


def _audience(arguments: Arguments) -> Audience:
    try:
        return Audience(arguments.word())
    except ValueError:
        raise StaleButtonError from None


def _draft(turn: Turn, draft: Draft) -> Letter:
    time = turn.services.broadcasts.time_needed(draft.count)
    return draft_letter(draft.broadcast, draft.readers, time, turn.texts)


def _status(turn: Turn, status: Status, *before: Html) -> Letter:
    tally = status.tally
    left = turn.services.broadcasts.time_needed(tally.open - tally.waiting)
    return current_letter(status.broadcast, tally, left, turn.texts, *before)


def _cancelled(turn: Turn) -> Reaction:
    letter = Letter(html=turn.texts.t("broadcast.cancelled"))
    return Reaction(letter=letter, outcome="cancelled")


def _stale(turn: Turn) -> Reaction:
    toast = turn.texts.plain("broadcast.stale-toast")
    return Reaction(toast=toast, alert=True, outcome="stale")


def _told(turn: Turn, done: Done, toast: str, outcome: str) -> Reaction:
    match done:
        case Done.DONE:
            return Reaction(toast=turn.texts.plain(toast), outcome=outcome)
        case Done.BUSY:
            busy = turn.texts.plain("broadcast.busy-toast")
            return Reaction(toast=busy, alert=True, outcome="busy")
        case Done.STALE:
            return _stale(turn)


COMMANDS: Final = {"broadcast": Command(broadcast)}
#: What an answer to a message means that has a button with such a call.
ASKED: Final = {ASK: Command(answered)}
PRESSES: Final = {
    "broadcast": Press(enter),
    "broadcast-ask": Press(ask_no_more),
    "broadcast-new": Press(ask),
    "broadcast-to": Press(address_to),
    "broadcast-back": Press(back),
    "broadcast-confirm": Press(confirm),
    "broadcast-send": Press(send),
    "broadcast-cancel": Press(cancel),
    "broadcast-stop": Press(stop),
    "broadcast-resume": Press(resume),
    "broadcast-here": Press(keep_here),
}
