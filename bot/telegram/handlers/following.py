"""What a chat follows and mutes, with buttons that lead to each topic or remove it."""

from collections.abc import Sequence
from typing import Final

from bot.domain.matching import Stance
from bot.domain.topic import TopicKind
from bot.services.records import TopicRecord
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments, stance_code
from bot.telegram.handlers.paging import sheet, turning
from bot.telegram.handlers.toasts import changed_toast
from bot.telegram.handlers.turn import Changes, Command, Press, Reaction, Reply, Turn
from bot.texts.catalogue import Texts
from bot.texts.clip import clean, clip, isolated
from bot.texts.escape import Html, escape, joined
from bot.texts.letter import Button, Call, Letter, Rows

#: Of each kind, followed or muted; three kinds of each, 60 units a name, stay within a message.
_MOST_NAMES: Final = 9
_LONGEST_NAME: Final = 50


async def following(turn: Turn) -> Reply:
    return Reply(letter=await following_letter(turn), outcome="listed")


async def following_letter(
    turn: Turn,
    page: int = 0,
    *,
    intro: Html | None = None,
    only: Stance | None = None,
    dropping: bool = False,
) -> Letter:
    """Return what is followed and muted; an intro takes the place of the names.

    A tap leads to the topic; where `dropping`, it neither follows nor mutes it any more.
    """
    records = await turn.services.subscriptions.following(turn.subscriber)
    records = [record for record in records if only in (None, record.stance)]
    if not records:
        return _nothing(turn, only)
    shown = sheet(records, page)
    how = turn.texts.t("following.remove" if dropping else "following.open")
    lines = [intro] if intro else [*_names(records, turn.texts), how]
    if shown.of > 1:
        lines.append(turn.texts.t("list.page", page=shown.number + 1, pages=shown.of))
    one = _dropping if dropping else _opening
    rows = tuple((one(record, shown.number, turn.texts),) for record in shown.items)
    back, more = turn.texts.plain("list.previous"), turn.texts.plain("list.next")
    pages = turning(
        (back, _page(shown.number - 1)) if shown.number else None,
        (more, _page(shown.number + 1)) if shown.number < shown.of - 1 else None,
    )
    kinds = buttons.kinds_row(turn.texts, Stance.FOLLOW)
    back_to_all = buttons.settings_row(turn.texts)
    return Letter(html=joined("\n\n", lines), rows=(*rows, pages, kinds, back_to_all))


def _nothing(turn: Turn, only: Stance | None) -> Letter:
    if only is Stance.MUTE:
        key = "following.nothing-muted"
    else:
        key = "following.nothing-group" if turn.in_group else "following.nothing"
    kinds = buttons.kinds_row(turn.texts, only or Stance.FOLLOW)
    rows: Rows = (kinds, buttons.settings_row(turn.texts))
    return Letter(html=turn.texts.t(key), rows=rows)


def _names(records: Sequence[TopicRecord], texts: Texts) -> list[Html]:
    """Return a paragraph on what is followed, and one on what is muted."""
    titles = {Stance.FOLLOW: "following.title", Stance.MUTE: "following.muted"}
    paragraphs = []
    for stance, key in titles.items():
        lines = [_line(records, stance, kind, texts) for kind in TopicKind]
        if any(lines):
            paragraphs.append(joined("\n", [texts.t(key), *lines]))
    return paragraphs


def _line(records: Sequence[TopicRecord], stance: Stance, kind: TopicKind, texts: Texts) -> Html:
    names = [
        escape(isolated(clip(clean(record.topic.name), _LONGEST_NAME)))
        for record in records
        if record.stance is stance and record.topic.kind is kind
    ]
    if not names:
        return Html("")
    shown, rest = names[:_MOST_NAMES], len(names) - _MOST_NAMES
    if rest > 0:
        listed = texts.n("following.names", rest, names=Html(texts.commas(shown)))
    else:
        listed = texts.listing(shown)
    return texts.t("following.line", kind=buttons.kind_title(kind, texts), names=listed)


def _opening(record: TopicRecord, page: int, texts: Texts) -> Button:
    call = Call(action="topic", arguments=(page, record.id))
    return Button(text=buttons.openable(record, texts), call=call)


def _dropping(record: TopicRecord, page: int, texts: Texts) -> Button:
    arguments = (page, record.id, stance_code(record.stance))
    return Button(
        text=buttons.dropping(record, texts),
        call=Call(action="following-drop", arguments=arguments),
    )


def _page(number: int) -> Call:
    return Call(action="following", arguments=(number,))


async def open_following(turn: Turn, arguments: Arguments) -> Reaction:
    return Reaction(letter=await following_letter(turn, arguments.page()), outcome="listed")


async def drop(turn: Turn, arguments: Arguments) -> Reaction:
    """Neither follow nor mute a topic any more, and show what is left."""
    page, topic_id = arguments.page(), arguments.number()
    before = arguments.stance() or Stance.FOLLOW
    change = await turn.services.subscriptions.set_stance(turn.subscriber, topic_id, None, before)
    return Reaction(
        letter=await following_letter(turn, page, dropping=True),
        toast=changed_toast(turn.texts, change, before),
        outcome="changed" if change else "gone",
    )


COMMANDS: Final = {"following": Command(following)}
PRESSES: Final = {"following": Press(open_following), "following-drop": Press(drop, Changes.ALWAYS)}
