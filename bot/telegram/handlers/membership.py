"""The bot is blocked, removed, added, silenced; a group becomes a supergroup."""

from dataclasses import replace

from telegram import Bot, ChatMemberUpdated, Message
from telegram.constants import ChatMemberStatus

from bot.domain.silence import Silence
from bot.domain.subscriber import Address, ChatKind
from bot.services.subscriptions import followed
from bot.telegram.handlers.channel_letters import channel_name
from bot.telegram.handlers.channel_setup import open_button
from bot.telegram.handlers.chats import Chats, names_of
from bot.telegram.handlers.rights import is_outside, may_write
from bot.telegram.handlers.sending import send
from bot.telegram.handlers.services import ChatServices
from bot.telegram.handlers.turn import Turn
from bot.telegram.handlers.welcome import welcome
from bot.texts.catalogue import Texts
from bot.texts.escape import Html, joined
from bot.texts.letter import Letter


async def moved(services: ChatServices, message: Message) -> str:
    """Follow a group to the supergroup that it became; both chats tell of it."""
    here = message.chat.id
    known = False
    if message.migrate_to_chat_id is not None:
        known |= await services.keeping.upgrade(here, message.migrate_to_chat_id)
    if message.migrate_from_chat_id is not None:
        known |= await services.keeping.upgrade(message.migrate_from_chat_id, here)
    services.tell()
    return "moved" if known else "noted"


async def changed(services: ChatServices, change: ChatMemberUpdated, bot: Bot) -> str:
    """Do what a change of the bot's own membership means; return the outcome."""
    kind = ChatKind(change.chat.type)
    if is_outside(change.new_chat_member):
        return await _removed(services, change, kind)
    if not kind.is_shared:
        return "noted"
    joined = is_outside(change.old_chat_member)
    # A supergroup that was a group before is joined as well, and known by then.
    if joined and not (kind.is_group and await services.keeping.knows(change.chat.id)):
        return await _added(services, change, kind, bot)
    return await _rights(services, change, kind)


async def _removed(services: ChatServices, change: ChatMemberUpdated, kind: ChatKind) -> str:
    has_left = change.new_chat_member.status != ChatMemberStatus.BANNED
    reason = "left" if has_left else "kicked" if kind.is_shared else "blocked"
    await services.keeping.retire(change.chat.id, reason)
    services.tell()
    return reason


async def _rights(services: ChatServices, change: ChatMemberUpdated, kind: ChatKind) -> str:
    """Hold what the chat is owed while it does not let the bot write."""
    address = Address(chat_id=change.chat.id)
    if may_write(change.new_chat_member, kind):
        count = await services.silences.end(address, Silence.NO_RIGHT)
        outcome = "may write again"
        services.wake()
    else:
        count = await services.silences.begin(address, Silence.NO_RIGHT)
        outcome = "silenced"
    services.tell()
    return outcome if count else "noted"


async def _added(
    services: ChatServices, change: ChatMemberUpdated, kind: ChatKind, bot: Bot
) -> str:
    """Bring back what was set up before, and greet: a channel privately, through who added us."""
    chats = Chats(bot, change.from_user)
    rooms = await services.keeping.revive(change.chat.id)
    subscriber = await services.subscriptions.arrive(
        Address(chat_id=change.chat.id),
        kind,
        services.site.language,
        names=names_of(change.chat),
    )
    if chats.user_id is not None:
        await services.keeping.keep(subscriber, chats.user_id)
    if not may_write(change.new_chat_member, kind):
        await services.silences.begin(subscriber.address, Silence.NO_RIGHT, told=False)
    texts = Texts(subscriber.language)
    turn = Turn(
        services=services,
        subscriber=subscriber,
        texts=texts,
        usual_language=services.site.language,
        chats=chats,
    )
    if kind is ChatKind.CHANNEL:
        return await _offer(turn, change, bot)
    await send(bot, subscriber.address, await _greeting(turn, rooms))
    return "greeted"


async def _greeting(turn: Turn, rooms: int) -> Letter:
    """Return the welcome; with how many forum topics came back with the group."""
    letter = await welcome(turn)
    if not rooms:
        return letter
    html = joined("\n\n", [Html(letter.html), turn.texts.n("welcome.rooms", rooms)])
    return replace(letter, html=html)


async def _offer(turn: Turn, change: ChatMemberUpdated, bot: Bot) -> str:
    """Offer whoever added the bot to a channel to set it up from their private chat."""
    if turn.chats.user_id is None:
        return "added"
    private = Address(chat_id=turn.chats.user_id)
    found = await turn.services.subscriptions.find(private)
    texts = Texts(found.language if found else turn.language)
    await send(bot, private, await _offer_letter(turn, change, texts))
    return "offered"


async def _offer_letter(turn: Turn, change: ChatMemberUpdated, texts: Texts) -> Letter:
    channel = turn.subscriber
    able = may_write(change.new_chat_member, ChatKind.CHANNEL)
    key = "channel.added" if able else "channel.added-mute"
    lines = [texts.t(key, channel=channel_name(channel, texts))]
    count = len(followed(await turn.services.subscriptions.following(channel)))
    if count:
        lines.append(texts.n("channel.follows", count))
    rows = ((open_button(texts, channel, "channel.set-up"),),)
    return Letter(html=joined("\n\n", lines), rows=rows)
