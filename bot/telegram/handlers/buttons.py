"""Buttons for topics: marked, and never so long that a phone cuts them."""

from collections.abc import Sequence
from typing import Final

from telegram import InlineKeyboardMarkup

from bot.domain.matching import Stance
from bot.domain.topic import TopicKind
from bot.domain.urgency import Urgency
from bot.services.records import TopicRecord
from bot.telegram.calls import StaleButtonError, decode
from bot.telegram.handlers.arguments import kind_code
from bot.texts.catalogue import Texts
from bot.texts.clip import clean, clip, width
from bot.texts.letter import Button, Call, Rows

#: As `width` measures.
LONGEST: Final = 30
#: Two stand side by side where none is longer.
_LONGEST_OF_TWO: Final = 16
_MARKS: Final = {Stance.FOLLOW: "✓ ", Stance.MUTE: "🔇 ", None: ""}
URGENCY_MARKS: Final = {
    Urgency.LOUD: "🔔 ",
    Urgency.SILENT: "🔕 ",
    Urgency.DIGEST: "🗞 ",
    None: "",
}
_TITLES: Final = {
    TopicKind.SECTION: "kind.sections",
    TopicKind.AUTHOR: "kind.authors",
    TopicKind.LABEL: "kind.labels",
}
_KINDS: Final = {
    TopicKind.SECTION: "kind.section",
    TopicKind.AUTHOR: "kind.author",
    TopicKind.LABEL: "kind.label",
}


def kind_title(kind: TopicKind, texts: Texts) -> str:
    return texts.plain(_TITLES[kind])


def kind_name(kind: TopicKind, texts: Texts) -> str:
    return texts.plain(_KINDS[kind])


def counted(record: TopicRecord, texts: Texts) -> str:
    """Return mark, name and number of articles."""
    return _fitted(record, texts, "topic.button", count=record.articles)


def named(record: TopicRecord, texts: Texts) -> str:
    """Return mark, name and kind, for topics of several kinds side by side."""
    return _fitted(record, texts, "topic.named", kind=kind_name(record.topic.kind, texts))


def openable(record: TopicRecord, texts: Texts) -> str:
    """Return the name with a mark of how its alerts come, or that none do."""
    mark = _MARKS[Stance.MUTE] if record.stance is Stance.MUTE else URGENCY_MARKS[record.urgency]
    return _fitted(record, texts, "urgency.button", mark=mark)


def dropping(record: TopicRecord, texts: Texts) -> str:
    key = "following.drop-mute" if record.stance is Stance.MUTE else "following.drop"
    return _fitted(record, texts, key)


def fitted(texts: Texts, key: str, name: str, **values: object) -> str:
    """Return the text with the name in it, the name cut where the whole would be too long."""
    room = LONGEST - width(texts.plain(key, name="", **values))
    return texts.plain(key, name=clip(clean(name), room, width), **values)


def _fitted(record: TopicRecord, texts: Texts, key: str, **values: object) -> str:
    values.setdefault("mark", _MARKS[record.stance])
    return fitted(texts, key, record.topic.name, **values)


def laid_out(buttons: Sequence[Button]) -> Rows:
    """Return the buttons one below another, or in pairs where all are short."""
    if any(width(button.text) > _LONGEST_OF_TWO for button in buttons):
        return tuple((button,) for button in buttons)
    return tuple(tuple(buttons[first : first + 2]) for first in range(0, len(buttons), 2))


def by_fives(buttons: Sequence[Button]) -> Rows:
    """Return buttons that show a number each, five to a row."""
    return tuple(tuple(buttons[first : first + 5]) for first in range(0, len(buttons), 5))


def paired(buttons: Sequence[Button]) -> Rows:
    """Return the buttons in pairs, but for those that are too long to stand beside another."""
    rows: list[tuple[Button, ...]] = []
    is_open = False
    for button in buttons:
        is_short = width(button.text) <= _LONGEST_OF_TWO
        if is_open and is_short:
            rows[-1] = (*rows[-1], button)
            is_open = False
        else:
            rows.append((button,))
            is_open = is_short
    return tuple(rows)


def kinds_row(texts: Texts, mode: Stance, *without: TopicKind) -> tuple[Button, ...]:
    """Return a button to the list of each kind of topic."""
    return tuple(
        Button(
            text=kind_title(kind, texts),
            call=Call(action="list", arguments=(kind_code(kind), 0, mode.value[0])),
        )
        for kind in TopicKind
        if kind not in without
    )


def following_row(texts: Texts) -> tuple[Button, ...]:
    call = Call(action="following", arguments=(0,))
    return (Button(text=texts.plain("welcome.following"), call=call),)


def settings_row(texts: Texts) -> tuple[Button, ...]:
    """Return the way back to all settings."""
    return (Button(text=texts.plain("settings.back"), call=Call(action="settings")),)


def marked(text: str, call: Call, *, is_chosen: bool) -> Button:
    """Return a button of several of which one is chosen."""
    return Button(text=f"✓ {text}" if is_chosen else text, call=call)


def rows_of(keyboard: InlineKeyboardMarkup | None) -> Rows:
    """Return the buttons of a message as it stands; those that are not ours are left out."""
    rows = keyboard.inline_keyboard if keyboard else ()
    read = [
        tuple(
            one for button in row if (one := _read(button.text, button.url, button.callback_data))
        )
        for row in rows
    ]
    return tuple(row for row in read if row)


def replaced(rows: Rows, old: Call, fresh: Button) -> Rows:
    """Return the rows with the fresh button where the call's action and first arguments are."""

    def is_old(call: Call | None) -> bool:
        count = len(old.arguments)
        return call is not None and (call.action, call.arguments[:count]) == (
            old.action,
            old.arguments,
        )

    return tuple(tuple(fresh if is_old(one.call) else one for one in row) for row in rows)


def _read(text: str, url: str | None, data: object) -> Button | None:
    if url is not None:
        return Button(text=text, url=url)
    try:
        return Button(text=text, call=decode(str(data)))
    except StaleButtonError:
        return None
