"""What a private chat shows of a channel that is set up from it.

A line above says which channel it is about, every button carries that, and the last one ends the
set-up. So neither an old message nor an old button can be mistaken for the reader's own.
"""

from dataclasses import replace
from typing import Final

from bot.domain.subscriber import Subscriber
from bot.telegram.handlers.turn import Reaction
from bot.texts.catalogue import Texts
from bot.texts.clip import clean, clip, isolated
from bot.texts.escape import Html, joined
from bot.texts.letter import Button, Call, Letter, Rows

OPEN: Final = "channel-open"
DONE: Final = "channel-done"
#: The private chat's own, whatever it sets up.
_OWN: Final = (OPEN, DONE)
_LONGEST_NAME: Final = 60


def channel_name(channel: Subscriber, texts: Texts) -> str:
    name = clip(clean(channel.name), _LONGEST_NAME)
    return isolated(name or texts.plain("notice.unnamed"))


def about(letter: Letter, channel: Subscriber, texts: Texts) -> Letter:
    """Return the letter with its buttons meant for the channel, and one that ends the set-up."""
    done = Button(text=texts.plain("channel.done"), call=Call(action=DONE))
    return replace(letter, rows=(*_marked(letter.rows, channel), (done,)))


def headed(letter: Letter, channel: Subscriber, texts: Texts) -> Letter:
    """Return the same with the line that says which channel it is about."""
    header = texts.t("channel.header", channel=channel_name(channel, texts))
    html = joined("\n", [header, Html(letter.html)])
    return about(replace(letter, html=html), channel, texts)


def headed_reaction(reaction: Reaction, channel: Subscriber, texts: Texts) -> Reaction:
    if reaction.letter is not None:
        return replace(reaction, letter=headed(reaction.letter, channel, texts))
    if reaction.rows is not None:
        return replace(reaction, rows=_marked(reaction.rows, channel))
    return reaction


def _marked(rows: Rows, channel: Subscriber) -> Rows:
    return tuple(tuple(_marked_button(button, channel) for button in row) for row in rows)


def _marked_button(button: Button, channel: Subscriber) -> Button:
    if button.call is None or button.call.action in _OWN:
        return button
    return replace(button, call=replace(button.call, on=channel.id))
