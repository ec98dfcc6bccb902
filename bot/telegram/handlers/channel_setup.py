"""/channel and /done: a channel is set up from a private chat.

The checks come first (`bot.telegram.handlers.chats`); then the private chat's commands are meant
for the channel (`bot.telegram.handlers.on_behalf`).
"""

from collections.abc import Sequence
from typing import Final

from bot.domain.channel_name import Unclear, parse_channel
from bot.domain.matching import Stance
from bot.domain.subscriber import Address, ChatKind, Subscriber
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.channel_letters import DONE, OPEN, about
from bot.telegram.handlers.chats import Channel, Hindrance
from bot.telegram.handlers.turn import Command, Press, Reaction, Reply, Turn
from bot.texts.catalogue import Texts
from bot.texts.clip import clean, clip
from bot.texts.escape import joined
from bot.texts.letter import Button, Call, Letter, Rows
from bot.texts.notices import place_name

_MOST_CHANNELS: Final = 20
#: What Telegram opens to have a bot made an administrator of a channel.
_ADDING: Final = "https://t.me/{bot}?startchannel&admin=post_messages"
_OFF: Final = ("off", "done")
_LONGEST_NAME: Final = 60
_UNCLEAR: Final = {Unclear.NO_NAME: "channel.unclear", Unclear.INVITATION: "channel.invitation"}
_HINDERED: Final = {
    Hindrance.NOT_FOUND: "channel.not-found",
    Hindrance.NO_CHANNEL: "channel.no-channel",
    Hindrance.BOT_OUTSIDE: "channel.bot-outside",
    Hindrance.NO_RIGHT: "channel.no-right",
    Hindrance.NOT_YOURS: "channel.not-yours",
}


async def channel(turn: Turn) -> Reply:
    """Explain how a channel is set up, begin to set one up, or end that."""
    if turn.subscriber.kind.is_shared:
        return Reply(letter=Letter(html=turn.texts.t("channel.in-private")), outcome="explained")
    if not turn.typed:
        return Reply(letter=await _how(turn), outcome="explained")
    if turn.typed.lower() in _OFF:
        return await done(turn)
    wanted = parse_channel(turn.typed)
    if isinstance(wanted, Unclear):
        return Reply(letter=Letter(html=turn.texts.t(_UNCLEAR[wanted])), outcome="unclear")
    found = await turn.chats.channel(wanted)
    if isinstance(found, Hindrance):
        return Reply(letter=_hindered(turn, found, wanted), outcome="hindered")
    return Reply(letter=await _begun(turn, found), outcome="begun")


async def done(turn: Turn) -> Reply:
    letter, outcome = await _ended(turn)
    return Reply(letter=letter, outcome=outcome)


async def press_done(turn: Turn, _arguments: Arguments) -> Reaction:
    letter, outcome = await _ended(turn)
    return Reaction(letter=letter, outcome=outcome)


async def press_open(turn: Turn, arguments: Arguments) -> Reaction:
    """Begin to set up a channel that is known already."""
    known = await turn.services.keeping.channel(arguments.number())
    if known is None or turn.subscriber.kind.is_shared:
        return Reaction(toast=turn.texts.plain("button.stale"), alert=True, outcome="stale")
    found = await turn.chats.channel(known.address.chat_id)
    if isinstance(found, Hindrance):
        letter = _hindered(turn, found, known.name or known.address.chat_id)
        return Reaction(letter=letter, outcome="hindered")
    return Reaction(letter=await _begun(turn, found), outcome="begun")


async def _how(turn: Turn) -> Letter:
    user_id, bot = turn.chats.user_id, turn.chats.bot_name
    kept = await turn.services.keeping.channels_of(user_id) if user_id is not None else []
    parts = [turn.texts.t("channel.how", bot=bot)]
    if kept:
        parts.append(turn.texts.t("channel.yours"))
    add = Button(text=turn.texts.plain("channel.add"), url=_ADDING.format(bot=bot))
    return Letter(html=joined("\n\n", parts), rows=((add,), *_choice(turn.texts, kept)))


def _choice(texts: Texts, kept: Sequence[Subscriber]) -> Rows:
    return tuple((open_button(texts, one, "channel.open"),) for one in kept[:_MOST_CHANNELS])


def open_button(texts: Texts, channel: Subscriber, key: str) -> Button:
    """Return the button by which somebody begins to set the channel up."""
    text = buttons.fitted(texts, key, channel.name or texts.plain("notice.unnamed"))
    return Button(text=text, call=Call(action=OPEN, arguments=(channel.id,)))


def _hindered(turn: Turn, hindrance: Hindrance, wanted: str | int) -> Letter:
    name = clip(clean(str(wanted)), _LONGEST_NAME)
    key = _HINDERED[hindrance]
    return Letter(html=turn.texts.t(key, channel=name, bot=turn.chats.bot_name))


async def _begun(turn: Turn, found: Channel) -> Letter:
    """Note who sets the channel up, and show where to begin."""
    services, texts = turn.services, turn.texts
    subscriber = await services.subscriptions.arrive(
        Address(chat_id=found.chat_id),
        ChatKind.CHANNEL,
        services.site.language,
        names=(found.name, ""),
    )
    if turn.chats.user_id is not None:
        await services.keeping.keep(subscriber, turn.chats.user_id)
    await services.keeping.begin(turn.subscriber, subscriber)
    settings = Button(text=texts.plain("channel.settings"), call=Call(action="settings"))
    rows = (
        buttons.kinds_row(texts, Stance.FOLLOW),
        (*buttons.following_row(texts), settings),
    )
    html = texts.t("channel.begun", channel=place_name(subscriber, texts))
    return about(Letter(html=html, rows=rows), subscriber, texts)


async def _ended(turn: Turn) -> tuple[Letter, str]:
    setup = await turn.services.keeping.current(turn.subscriber)
    if setup is None or not await turn.services.keeping.end(turn.subscriber):
        return Letter(html=turn.texts.t("channel.none")), "unchanged"
    name = place_name(setup.channel, turn.texts)
    return Letter(html=turn.texts.t("channel.ended", channel=name)), "ended"


COMMANDS: Final = {"channel": Command(channel), "done": Command(done)}
PRESSES: Final = {OPEN: Press(press_open), DONE: Press(press_done)}
