"""What can be done about a topic that brought an alert, or kept one away."""

from collections.abc import Mapping
from typing import Final

from bot.domain.matching import Stance
from bot.domain.urgency import Urgency
from bot.services.records import TopicRecord
from bot.telegram.handlers.holding import DROPPED, FOLLOWED, MUTED, Held, held
from bot.telegram.handlers.remedies import Remedies
from bot.telegram.handlers.topic_page import URGENCY_TOASTS
from bot.telegram.handlers.turn import Turn
from bot.texts.catalogue import Texts
from bot.texts.clip import clean, clip

_LONGEST_NAME: Final = 80
_SILENT: Final = Held(Stance.FOLLOW, Urgency.SILENT)
_WANTED: Final[Mapping[Stance | None, Mapping[str, Held]]] = {
    Stance.FOLLOW: {"why.silence": _SILENT, "why.unfollow": DROPPED, "why.mute": MUTED},
    Stance.MUTE: {"why.unmute": DROPPED},
    None: {"why.follow": FOLLOWED},
}


async def _find(turn: Turn, topic_id: int) -> TopicRecord | None:
    return await turn.services.subscriptions.topic(turn.subscriber, topic_id)


async def _apply(turn: Turn, record: TopicRecord, target: Held) -> TopicRecord:
    subscriptions, timing = turn.services.subscriptions, turn.services.timing
    if target.stance is Stance.FOLLOW:
        return await timing.follow(turn.subscriber, record.id, target.urgency) or record
    changed = await subscriptions.set_stance(turn.subscriber, record.id, target.stance)
    return changed.record if changed else record


def _held(record: TopicRecord) -> Held:
    followed = record.stance is Stance.FOLLOW
    return Held(record.stance, record.urgency if followed else None)


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


TOPIC: Final[Remedies[TopicRecord, Held]] = Remedies(
    action="why-set",
    find=_find,
    state=_held,
    read=held,
    wanted=lambda record: _WANTED[record.stance],
    apply=_apply,
    name=lambda record: record.topic.name,
    toast=_toast,
    gone="toast.gone",
)
PRESSES: Final = TOPIC.presses
