"""Commands and buttons of a private chat that are meant for a channel.

The rules, in their order:

1. A button is meant for the chat that it carries, whatever is set up meanwhile; without one, for
   the chat in which it stands. What it carries may be forged, so it must be a channel.
2. A typed command is meant for the channel that is being set up. /channel, /done and /start are the
   private chat's own; /start ends the set-up.
3. Every command and every button asks Telegram anew whether the user administers the channel.
4. Nothing but alerts is ever sent to the channel: what goes besides an answer goes to the private
   chat as well.
5. A message that is answered stands in the private chat and says nothing of the channel.
"""

from dataclasses import replace
from typing import Final

from bot.domain.subscriber import ChatKind, Subscriber
from bot.telegram.calls import StaleButtonError
from bot.telegram.handlers.channel_letters import channel_name, headed, headed_reaction
from bot.telegram.handlers.turn import Reaction, Reply, Turn
from bot.texts.escape import Html, joined
from bot.texts.letter import Letter

_START: Final = "start"
_OWN: Final = ("channel", "done", _START)


async def meant(turn: Turn, command: str) -> Turn | Reply:
    """Return the turn with the chat that the command is meant for, or why it must not be."""
    keeping = turn.services.keeping
    if turn.subscriber.kind is not ChatKind.PRIVATE:
        return turn
    if command == _START:
        await keeping.end(turn.subscriber)
    setup = None if command in _OWN else await keeping.current(turn.subscriber)
    if setup is None:
        return turn
    name = channel_name(setup.channel, turn.texts)
    if setup.over:
        return replace(turn, note=turn.texts.t("channel.over", channel=name))
    if not await turn.chats.administers(setup.channel.address.chat_id):
        await keeping.end(turn.subscriber)
        letter = Letter(html=turn.texts.t("channel.not-yours", channel=name))
        return Reply(letter=letter, outcome="not an administrator")
    return replace(_for(turn, setup.channel), answered=None, links=())


async def pressed_for(turn: Turn, channel_id: int) -> Turn | Reaction:
    """Return the turn with the channel that a button carries; raises StaleButtonError."""
    channel = await turn.services.keeping.channel(channel_id)
    if channel is None or turn.subscriber.kind is not ChatKind.PRIVATE:
        raise StaleButtonError
    if not await turn.chats.administers(channel.address.chat_id):
        toast = turn.texts.plain("channel.not-yours-toast")
        return Reaction(toast=toast, alert=True, outcome="not an administrator")
    return _for(turn, channel)


def _for(turn: Turn, channel: Subscriber) -> Turn:
    usual = turn.services.site.language
    return replace(turn, subscriber=channel, private=turn.subscriber, usual_language=usual)


def said(turn: Turn, reply: Reply) -> Reply:
    """Return the reply as the private chat is to see it."""
    if turn.private is not None:
        letter = headed(reply.letter, turn.subscriber, turn.texts)
        return replace(reply, letter=letter, menu=None)  # the menu is the private chat's own
    if turn.note:
        html = joined("\n\n", [turn.note, Html(reply.letter.html)])
        return replace(reply, letter=replace(reply.letter, html=html))
    return reply


def shown(turn: Turn, reaction: Reaction) -> Reaction:
    if turn.private is None:
        return reaction
    shown_here = headed_reaction(reaction, turn.subscriber, turn.texts)
    parcels = tuple(
        replace(one, to=turn.private.address) if one.to == turn.subscriber.address else one
        for one in reaction.parcels
    )
    return replace(shown_here, menu=None, parcels=parcels)
