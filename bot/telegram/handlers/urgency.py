"""How the alerts of a topic come, by name: /loud, /silent, /later, /usual.

A topic that is not followed yet is followed; so is one that was muted, as `/follow` does it.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.domain.matching import Stance
from bot.domain.urgency import Urgency
from bot.services.records import TopicRecord
from bot.services.subscriptions import Wish, is_paused
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import urgency_code
from bot.telegram.handlers.following import following_letter
from bot.telegram.handlers.naming import (
    MOST_CANDIDATES,
    example_name,
    topic_shown,
    unclear_line,
)
from bot.telegram.handlers.topic_page import urgency_line
from bot.telegram.handlers.turn import Changes, Command, Reply, Turn
from bot.texts.escape import Html, joined
from bot.texts.letter import Button, Call, Letter, Rows

_HOW: Final = {
    Urgency.LOUD: "name.loud",
    Urgency.SILENT: "name.silent",
    Urgency.DIGEST: "name.later",
    None: "name.usual",
}
_DONE: Final = {
    Urgency.LOUD: "urgency.set-loud",
    Urgency.SILENT: "urgency.set-silent",
    Urgency.DIGEST: "urgency.set-digest",
    None: "urgency.set-usual",
}


async def loud(turn: Turn) -> Reply:
    return await _by_name(turn, Urgency.LOUD)


async def silent(turn: Turn) -> Reply:
    return await _by_name(turn, Urgency.SILENT)


async def later(turn: Turn) -> Reply:
    return await _by_name(turn, Urgency.DIGEST)


async def usual(turn: Turn) -> Reply:
    return await _by_name(turn, None)


async def _by_name(turn: Turn, urgency: Urgency | None) -> Reply:
    wishes = await turn.services.subscriptions.set_stances_by_name(
        turn.subscriber, turn.typed, Stance.FOLLOW
    )
    if not wishes:
        intro = turn.texts.t(_HOW[urgency], example=await example_name(turn))
        letter = await following_letter(turn, intro=intro, only=Stance.FOLLOW)
        return Reply(letter=letter, outcome="explained")
    done = await _set(turn, wishes, urgency)
    unclear = any(not wish.changes for wish in wishes)
    view = await turn.services.timing.view(turn.subscriber)
    told = urgency_line(turn, urgency, view) if urgency is Urgency.DIGEST else None
    return Reply(
        letter=Letter(
            html=joined("\n\n", list(_answers(turn, wishes, done, urgency, told))),
            rows=(*_candidates(turn, wishes, urgency), buttons.following_row(turn.texts)),
        ),
        outcome=("changed" if done else "unchanged") + (", unclear" if unclear else ""),
    )


async def _set(turn: Turn, wishes: Sequence[Wish], urgency: Urgency | None) -> list[TopicRecord]:
    ids = dict.fromkeys(change.record.id for wish in wishes for change in wish.changes)
    timing = turn.services.timing
    found = [await timing.set_urgency(turn.subscriber, one, urgency) for one in ids]
    return [record for record in found if record is not None]


def _answers(
    turn: Turn,
    wishes: Sequence[Wish],
    done: Sequence[TopicRecord],
    urgency: Urgency | None,
    told: Html | None,
) -> Iterable[Html]:
    texts = turn.texts
    if done:
        key = _DONE[urgency]
        yield joined("\n", [texts.t(key, topic=topic_shown(texts, one)) for one in done])
    if done and told:
        yield told
    for wish in wishes:
        if not wish.changes:
            yield unclear_line(
                texts,
                wish.named.typed,
                ambiguous=bool(wish.named.topics),
                near=bool(wish.candidates),
            )
    if not done and not any(wish.candidates for wish in wishes):
        yield texts.t("change.browse")
    if done and is_paused(turn.subscriber):
        yield texts.t("welcome.paused")


def _candidates(turn: Turn, wishes: Sequence[Wish], urgency: Urgency | None) -> Rows:
    every = {record.id: record for wish in wishes for record in wish.candidates}
    code = urgency_code(urgency)
    shown = list(every.values())[:MOST_CANDIDATES]
    return buttons.laid_out(
        [
            Button(
                text=buttons.named(record, turn.texts),
                call=Call(action="urgency-follow", arguments=(record.id, code)),
            )
            for record in shown
        ]
    )


COMMANDS: Final = {
    "loud": Command(loud, Changes.WITH_ARGUMENT),
    "silent": Command(silent, Changes.WITH_ARGUMENT),
    "later": Command(later, Changes.WITH_ARGUMENT),
    "usual": Command(usual, Changes.WITH_ARGUMENT),
}
