"""One topic that is followed or muted: how its alerts come, and how to drop it."""

from typing import Final

from bot.domain.editions import EVENING_EDITION
from bot.domain.matching import Stance
from bot.domain.urgency import Urgency
from bot.services.records import TopicRecord
from bot.services.timing import TimingView
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments, stance_code, urgency_code
from bot.telegram.handlers.estimating import topic_line
from bot.telegram.handlers.following import following_letter
from bot.telegram.handlers.toasts import changed_toast
from bot.telegram.handlers.turn import Changes, Press, Reaction, Turn
from bot.texts.clip import clean, clip, isolated
from bot.texts.dates import format_clock
from bot.texts.escape import Html, joined
from bot.texts.letter import Button, Call, Letter

_LONGEST_NAME: Final = 60
URGENCY_NAMES: Final = {
    Urgency.LOUD: "urgency.loud",
    Urgency.SILENT: "urgency.silent",
    Urgency.DIGEST: "urgency.digest",
    None: "urgency.usual",
}
URGENCY_TOASTS: Final = {
    Urgency.LOUD: "toast.loud",
    Urgency.SILENT: "toast.silent",
    Urgency.DIGEST: "toast.digest",
    None: "toast.usual",
}
#: What is said without editions, and with them.
_LINES: Final = {
    Urgency.LOUD: ("urgency.is-loud", "urgency.is-loud"),
    Urgency.SILENT: ("urgency.is-silent", "urgency.is-silent-edition"),
    Urgency.DIGEST: ("urgency.is-evening", "urgency.is-digest"),
    None: ("urgency.is-usual", "urgency.is-usual-edition"),
}


async def open_topic(turn: Turn, arguments: Arguments) -> Reaction:
    page, topic_id = arguments.page(), arguments.number()
    record = await _found(turn, topic_id)
    if record is None:
        return await _gone(turn, page)
    return Reaction(letter=await topic_letter(turn, record, page), outcome="shown")


async def set_urgency(turn: Turn, arguments: Arguments) -> Reaction:
    """Have the alerts of a follow come so; what is not followed stays so."""
    page, topic_id, urgency = arguments.page(), arguments.number(), arguments.urgency()
    before = await _found(turn, topic_id)
    record = await turn.services.timing.set_urgency(turn.subscriber, topic_id, urgency)
    if record is None:
        return await _gone(turn, page)
    changed = before is None or before.urgency is not urgency
    return Reaction(
        letter=await topic_letter(turn, record, page),
        toast=urgency_toast(turn, record),
        outcome="changed" if changed else "unchanged",
    )


async def follow_with_urgency(turn: Turn, arguments: Arguments) -> Reaction:
    """Do with a candidate what the command wanted: follow it, and have its alerts come so."""
    topic_id, urgency = arguments.number(), arguments.urgency()
    record = await turn.services.timing.follow(turn.subscriber, topic_id, urgency)
    if record is None:
        return Reaction(toast=turn.texts.plain("toast.gone"), outcome="gone")
    letter = await topic_letter(turn, record, 0)
    return Reaction(letter=letter, toast=urgency_toast(turn, record), outcome="changed")


async def drop(turn: Turn, arguments: Arguments) -> Reaction:
    """Neither follow nor mute the topic any more, and show what is left."""
    page, topic_id = arguments.page(), arguments.number()
    before = arguments.stance() or Stance.FOLLOW
    change = await turn.services.subscriptions.set_stance(turn.subscriber, topic_id, None, before)
    return Reaction(
        letter=await following_letter(turn, page),
        toast=changed_toast(turn.texts, change, before),
        outcome="changed" if change else "gone",
    )


async def topic_letter(turn: Turn, record: TopicRecord, page: int) -> Letter:
    """Return the topic's page; the page of the list of follows is the one to go back to."""
    texts = turn.texts
    kind = buttons.kind_name(record.topic.kind, texts)
    name = isolated(clip(clean(record.topic.name), _LONGEST_NAME))
    title = texts.t("urgency.title", name=name, kind=kind)
    call = Call(action="following", arguments=(page,))
    back = (Button(text=texts.plain("urgency.back"), call=call),)
    if record.stance is Stance.MUTE:
        html = joined("\n", [title, texts.t("urgency.is-muted")])
        return Letter(html=html, rows=((_dropping(turn, record, page),), back))
    view = await turn.services.timing.view(turn.subscriber)
    often = await topic_line(turn, record.id)
    told = joined("\n", [title, often, urgency_line(turn, record.urgency, view)])
    choices = buttons.laid_out([_choice(turn, record, one, page) for one in URGENCY_NAMES])
    rows = (*choices, (_dropping(turn, record, page),), back)
    return Letter(html=joined("\n\n", [told, texts.t("urgency.how")]), rows=rows)


def urgency_line(turn: Turn, urgency: Urgency | None, view: TimingView) -> Html:
    """Return how alerts of that urgency come in this chat."""
    key = _LINES[urgency][view.editions is not None]
    evening = EVENING_EDITION.entries[0].times[0]
    return turn.texts.t(key, clock=format_clock(evening, turn.language))


def urgency_toast(turn: Turn, record: TopicRecord) -> str:
    name = clip(clean(record.topic.name), _LONGEST_NAME)
    return turn.texts.plain(URGENCY_TOASTS[record.urgency], name=name)


def _choice(turn: Turn, record: TopicRecord, urgency: Urgency | None, page: int) -> Button:
    text = f"{buttons.URGENCY_MARKS[urgency]}{turn.texts.plain(URGENCY_NAMES[urgency])}"
    call = Call(action="urgency", arguments=(page, record.id, urgency_code(urgency)))
    return buttons.marked(text, call, is_chosen=record.urgency is urgency)


def _dropping(turn: Turn, record: TopicRecord, page: int) -> Button:
    key = "urgency.unmute" if record.stance is Stance.MUTE else "urgency.unfollow"
    arguments = (page, record.id, stance_code(record.stance))
    return Button(text=turn.texts.plain(key), call=Call(action="topic-drop", arguments=arguments))


async def _found(turn: Turn, topic_id: int) -> TopicRecord | None:
    """Return the topic where it is followed or muted."""
    record = await turn.services.subscriptions.topic(turn.subscriber, topic_id)
    return record if record and record.stance else None


async def _gone(turn: Turn, page: int) -> Reaction:
    toast = turn.texts.plain("toast.not-followed")
    return Reaction(letter=await following_letter(turn, page), toast=toast, outcome="gone")


PRESSES: Final = {
    "topic": Press(open_topic),
    "urgency": Press(set_urgency, Changes.ALWAYS),
    "urgency-follow": Press(follow_with_urgency, Changes.ALWAYS),
    "topic-drop": Press(drop, Changes.ALWAYS),
}
