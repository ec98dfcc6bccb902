"""Following and muting by name: /follow, /unfollow, /mute, /unmute."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.matching import Stance
from bot.domain.topic import TopicKind
from bot.services.records import TopicRecord
from bot.services.stances import Change
from bot.services.subscriptions import Wish, is_paused
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments, stance_code
from bot.telegram.handlers.estimating import topic_line
from bot.telegram.handlers.following import following_letter
from bot.telegram.handlers.story_muting import mute_answered
from bot.telegram.handlers.toasts import changed_toast
from bot.telegram.handlers.topic_list import TopicList
from bot.telegram.handlers.turn import Changes, Command, Press, Reaction, Reply, Turn
from bot.texts.catalogue import Texts
from bot.texts.clip import clean, clip, isolated
from bot.texts.escape import Html, bold, joined
from bot.texts.letter import Button, Call, Letter, Rows

LONGEST_TYPED: Final = 60
MOST_CANDIDATES: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One of the four commands: what it sets, what it takes back, and its words."""

    #: The stance it leads to.
    stance: Stance | None
    #: The stance that it is about.
    about: Stance
    #: Keys: how it is used; done; done already.
    how: str
    done: str
    already: str


FOLLOW: Final = Verb(
    stance=Stance.FOLLOW,
    about=Stance.FOLLOW,
    how="name.follow",
    done="change.followed",
    already="change.followed-already",
)
UNFOLLOW: Final = Verb(
    stance=None,
    about=Stance.FOLLOW,
    how="name.unfollow",
    done="change.unfollowed",
    already="change.unfollowed-already",
)
MUTE: Final = Verb(
    stance=Stance.MUTE,
    about=Stance.MUTE,
    how="name.mute",
    done="change.muted",
    already="change.muted-already",
)
UNMUTE: Final = Verb(
    stance=None,
    about=Stance.MUTE,
    how="name.unmute",
    done="change.unmuted",
    already="change.unmuted-already",
)


async def follow(turn: Turn) -> Reply:
    return await _by_name(turn, FOLLOW)


async def unfollow(turn: Turn) -> Reply:
    return await _by_name(turn, UNFOLLOW)


async def mute(turn: Turn) -> Reply:
    """Mute by name; alone as a reply to an alert, mute its story."""
    if not turn.typed:
        muted = await mute_answered(turn, await example_name(turn))
        if muted is not None:
            return muted
    return await _by_name(turn, MUTE)


async def unmute(turn: Turn) -> Reply:
    return await _by_name(turn, UNMUTE)


async def _by_name(turn: Turn, verb: Verb) -> Reply:
    subscriptions = turn.services.subscriptions
    if verb.stance is None:
        wishes = await subscriptions.take_back_by_name(turn.subscriber, turn.typed, verb.about)
    else:
        wishes = await subscriptions.set_stances_by_name(turn.subscriber, turn.typed, verb.stance)
    if not wishes:
        return await _explained(turn, verb)
    changed = any(change.changed for wish in wishes for change in wish.changes)
    unclear = any(not wish.changes for wish in wishes)
    often = await _often(turn, verb, wishes)
    return Reply(
        letter=Letter(
            html=joined("\n\n", list(_answers(turn, verb, wishes, often))),
            rows=(*_candidates(wishes, verb, turn.texts), buttons.following_row(turn.texts)),
        ),
        outcome=("changed" if changed else "unchanged") + (", unclear" if unclear else ""),
    )


async def _often(turn: Turn, verb: Verb, wishes: Sequence[Wish]) -> Html:
    """Return how often a topic comes, where exactly one is followed now."""
    changes = [change for wish in wishes for change in wish.changes if change.changed]
    if verb is not FOLLOW or len(changes) != 1:
        return Html("")
    return await topic_line(turn, changes[0].record.id)


async def _explained(turn: Turn, verb: Verb) -> Reply:
    """Say how the command is used, with the buttons that do the same."""
    intro = turn.texts.t(verb.how, example=await example_name(turn))
    if verb.stance is None:
        letter = await following_letter(turn, intro=intro, only=verb.about, dropping=True)
    else:
        letter = await TopicList(turn, TopicKind.SECTION, verb.stance).letter(intro)
    return Reply(letter=letter, outcome="explained")


async def example_name(turn: Turn) -> str:
    """Return a name that could stand behind a command."""
    sections = await turn.services.subscriptions.topics(turn.subscriber, TopicKind.SECTION)
    names = [clip(clean(record.topic.name), LONGEST_TYPED) for record in sections[:1]]
    return next(iter(names), turn.texts.plain("name.example"))


def _answers(turn: Turn, verb: Verb, wishes: Sequence[Wish], often: Html) -> Iterable[Html]:
    changes = [change for wish in wishes for change in wish.changes]
    if changes:
        lines = [change_line(turn.texts, verb, change) for change in changes]
        yield joined("\n", [*lines, often])
    for wish in wishes:
        if not wish.changes:
            yield unclear_line(
                turn.texts,
                wish.named.typed,
                ambiguous=bool(wish.named.topics),
                near=bool(wish.candidates),
            )
    if not changes and not any(wish.candidates for wish in wishes):
        yield turn.texts.t("change.browse")
    if changes and is_paused(turn.subscriber):
        yield turn.texts.t("welcome.paused")


def change_line(texts: Texts, verb: Verb, change: Change) -> Html:
    """Return what became of one topic."""
    topic = topic_shown(texts, change.record)
    return texts.t(verb.done if change.changed else verb.already, topic=topic)


def topic_shown(texts: Texts, record: TopicRecord) -> Html:
    """Return the topic's name and kind."""
    name = bold(isolated(clip(clean(record.topic.name), LONGEST_TYPED)))
    return texts.t("format.named", name=name, kind=buttons.kind_name(record.topic.kind, texts))


def unclear_line(texts: Texts, typed: str, *, ambiguous: bool, near: bool) -> Html:
    """Return what to say to a name that does not stand for exactly one topic."""
    shown = isolated(clip(clean(typed), LONGEST_TYPED))
    if ambiguous:
        return texts.t("change.ambiguous", typed=shown)
    return texts.t("change.near" if near else "change.unknown", typed=shown)


def _candidates(wishes: Sequence[Wish], verb: Verb, texts: Texts) -> Rows:
    every = {record.id: record for wish in wishes for record in wish.candidates}
    shown = list(every.values())[:MOST_CANDIDATES]
    return buttons.laid_out([_candidate(record, verb.stance, verb, texts) for record in shown])


def _candidate(record: TopicRecord, target: Stance | None, verb: Verb, texts: Texts) -> Button:
    arguments = (record.id, stance_code(target), stance_code(verb.about))
    return Button(
        text=buttons.named(record, texts), call=Call(action="choose", arguments=arguments)
    )


async def choose(turn: Turn, arguments: Arguments) -> Reaction:
    """Do with a candidate what the command wanted; its button then takes that back."""
    topic_id, target = arguments.number(), arguments.stance()
    about = arguments.stance() or Stance.FOLLOW
    change = await turn.services.subscriptions.set_stance(turn.subscriber, topic_id, target, about)
    toast = changed_toast(turn.texts, change, about)
    if change is None or turn.pressed is None:
        return Reaction(toast=toast, outcome="gone")
    verb = FOLLOW if about is Stance.FOLLOW else MUTE
    undone = None if target else about
    fresh = _candidate(change.record, undone, verb, turn.texts)
    rows = buttons.rows_of(turn.pressed.reply_markup)
    rows = buttons.replaced(rows, Call(action="choose", arguments=(topic_id,)), fresh)
    return Reaction(rows=rows, toast=toast, outcome="changed")


COMMANDS: Final = {
    "follow": Command(follow, Changes.WITH_ARGUMENT),
    "unfollow": Command(unfollow, Changes.WITH_ARGUMENT),
    "mute": Command(mute, Changes.WITH_OBJECT),
    "unmute": Command(unmute, Changes.WITH_ARGUMENT),
}
PRESSES: Final = {"choose": Press(choose, Changes.ALWAYS)}
