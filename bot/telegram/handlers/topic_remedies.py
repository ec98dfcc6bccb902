"""What can be done about a topic that brought an alert, or kept one away: one tap, and its undo.

Each button stands in a row of its own. Only the rows of the topic change with a press, so the
same buttons serve under an alert, whose text stays as it is, and under an answer to /why.
"""

from typing import Final

from bot.domain.matching import Stance
from bot.domain.topic import TopicKind
from bot.domain.urgency import Urgency
from bot.services.records import TopicRecord
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.buttons import fitted
from bot.telegram.handlers.holding import DROPPED, FOLLOWED, MUTED, Held, held
from bot.telegram.handlers.row_patch import patched
from bot.telegram.handlers.topic_page import URGENCY_TOASTS
from bot.telegram.handlers.turn import Changes, Press, Reaction, Turn
from bot.texts.catalogue import Texts
from bot.texts.clip import clean, clip
from bot.texts.letter import Button, Call, Rows

_LONGEST_NAME: Final = 80
_SET, _UNDO = "why-set", "why-undo"


def remedies(record: TopicRecord, texts: Texts) -> Rows:
    """Return the buttons for the topic as it is held now."""
    now = _held(record)
    match record.stance:
        case Stance.FOLLOW:
            silent = Held(Stance.FOLLOW, Urgency.SILENT)
            wanted = {"why.silence": silent, "why.unfollow": DROPPED, "why.mute": MUTED}
        case Stance.MUTE:
            wanted = {"why.unmute": DROPPED}
        case None:
            wanted = {"why.follow": FOLLOWED}
    return tuple(
        (_button(texts, key, record, _call(_SET, record, now, target)),)
        for key, target in wanted.items()
        if target != now
    )


def _button(texts: Texts, key: str, record: TopicRecord, call: Call) -> Button:
    return Button(text=fitted(texts, key, record.topic.name), call=call)


def _call(action: str, record: TopicRecord, before: Held, target: Held) -> Call:
    return Call(action=action, arguments=(record.id, before.code, target.code))


async def change(turn: Turn, arguments: Arguments) -> Reaction:
    """Lead the topic from what is held of it to something else, and offer the way back."""
    return await _lead(turn, arguments, is_undo=False)


async def undo(turn: Turn, arguments: Arguments) -> Reaction:
    """Lead it back, and offer again what can be done."""
    return await _lead(turn, arguments, is_undo=True)


async def _lead(turn: Turn, arguments: Arguments, *, is_undo: bool) -> Reaction:
    topic_id, before, target = arguments.number(), held(arguments), held(arguments)
    record = await _current(turn, topic_id)
    if record is None:
        return Reaction(toast=turn.texts.plain("toast.gone"), outcome="gone")
    now = _held(record)
    if now not in (before, target):
        rows = patched(turn, (_SET, _UNDO), topic_id, remedies(record, turn.texts))
        toast = turn.texts.plain("why.changed-since")
        return Reaction(rows=rows, toast=toast, outcome="changed since")
    if now != target:
        record = await _apply(turn, record, target)
    if is_undo:
        fresh = remedies(record, turn.texts)
    else:
        call = _call(_UNDO, record, target, before)
        fresh = ((_button(turn.texts, "why.undo", record, call),),)
    rows = patched(turn, (_SET, _UNDO), topic_id, fresh)
    outcome = "unchanged" if now == target else "changed"
    return Reaction(rows=rows, toast=_toast(turn.texts, record, before), outcome=outcome)


async def _apply(turn: Turn, record: TopicRecord, target: Held) -> TopicRecord:
    subscriptions, timing = turn.services.subscriptions, turn.services.timing
    changed = await subscriptions.set_stance(turn.subscriber, record.id, target.stance)
    record = changed.record if changed else record
    if target.stance is not Stance.FOLLOW:
        return record
    return await timing.set_urgency(turn.subscriber, record.id, target.urgency) or record


async def _current(turn: Turn, topic_id: int) -> TopicRecord | None:
    subscriptions = turn.services.subscriptions
    for record in await subscriptions.following(turn.subscriber):
        if record.id == topic_id:
            return record
    for kind in TopicKind:
        for record in await subscriptions.topics(turn.subscriber, kind):
            if record.id == topic_id:
                return record
    return None


def _held(record: TopicRecord) -> Held:
    return (
        Held(record.stance, record.urgency)
        if record.stance is Stance.FOLLOW
        else Held(record.stance)
    )


def _toast(texts: Texts, record: TopicRecord, before: Held) -> str:
    name = clip(clean(record.topic.name), _LONGEST_NAME)
    match record.stance:
        case Stance.MUTE:
            key = "toast.muted"
        case None:
            key = "toast.unmuted" if before.stance is Stance.MUTE else "toast.unfollowed"
        case Stance.FOLLOW:
            was_followed = before.stance is Stance.FOLLOW
            key = URGENCY_TOASTS[record.urgency] if was_followed else "toast.followed"
    return texts.plain(key, name=name)


PRESSES: Final = {_SET: Press(change, Changes.ALWAYS), _UNDO: Press(undo, Changes.ALWAYS)}
