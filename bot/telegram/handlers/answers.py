"""Has a command or a button served: for whom it is meant, and whether the sender may."""

from dataclasses import replace

from telegram import Bot, CallbackQuery, Message

from bot.telegram.calls import StaleButtonError, decode
from bot.telegram.handlers import on_behalf, operators, welcome
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.links import links_in
from bot.telegram.handlers.rights import may_change
from bot.telegram.handlers.speech import Said
from bot.telegram.handlers.table import COMMANDS, PRESSES
from bot.telegram.handlers.turn import Changes, Command, Press, Reaction, Reply, Turn
from bot.texts.letter import Letter


async def answer(bot: Bot, message: Message, heard: Said | None, turn: Turn) -> Reply:
    """Return what is answered to a message; `heard` is None for what is no text."""
    operate = operators.command_for(turn, message, heard)
    if operate is not None:
        return await _run(bot, message, operate, operators.turn_for(turn, message, heard))
    if heard is None:
        return welcome.unreadable(turn)
    name = _meant_as(heard)
    command = COMMANDS.get(name)
    if command is None:
        return welcome.unknown_command(turn, name)
    answered = _answered(message)
    turn = replace(
        turn,
        typed=heard.rest,
        answered=answered.message_id if answered else None,
        links=links_in(answered),
    )
    meant = await on_behalf.meant(turn, name)
    if isinstance(meant, Reply):
        return meant
    return on_behalf.said(meant, await _run(bot, message, command, meant))


async def _run(bot: Bot, message: Message, command: Command, turn: Turn) -> Reply:
    changes = command.needs_administrator(turn.typed, is_answer=turn.answered is not None)
    if not changes or turn.private is not None:
        return await command.run(turn)
    if not await may_change(bot, message.chat, message.from_user, message):
        letter = Letter(html=turn.texts.t("group.admins-only"))
        return Reply(letter=letter, outcome="not an administrator")
    reply = await command.run(turn)
    await _keep(turn)
    return reply


async def reaction_to(bot: Bot, query: CallbackQuery, message: Message, turn: Turn) -> Reaction:
    """Return what a press does; raises StaleButtonError for a button that means nothing."""
    call = decode(query.data or "")
    press = PRESSES.get(call.action) or operators.press_for(turn, call)
    if press is None:
        raise StaleButtonError
    if call.on is not None:
        meant = await on_behalf.pressed_for(turn, call.on)
        if isinstance(meant, Reaction):
            return meant
        return on_behalf.shown(meant, await press.run(meant, Arguments(call)))
    if press.changes is Changes.NEVER:
        return await press.run(turn, Arguments(call))
    return await _press(bot, query, message, press, turn)


async def _press(
    bot: Bot, query: CallbackQuery, message: Message, press: Press, turn: Turn
) -> Reaction:
    if not await may_change(bot, message.chat, query.from_user, None):
        toast = turn.texts.plain(_admins_only(turn))
        return Reaction(toast=toast, alert=True, outcome="not an administrator")
    reaction = await press.run(turn, Arguments(decode(query.data or "")))
    await _keep(turn)
    return reaction


def _admins_only(turn: Turn) -> str:
    return "group.admins-only-toast" if turn.in_group else "channel.not-yours-toast"


async def _keep(turn: Turn) -> None:
    """Note who set a group up, where Telegram names them."""
    if turn.chats.user_id is not None:
        await turn.services.keeping.keep(turn.subscriber, turn.chats.user_id)


def _answered(message: Message) -> Message | None:
    """Return the message that this one answers.

    In a forum topic every message answers the one that opened the topic, unless it answers another.
    """
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created is not None:
        return None
    return answered


def _meant_as(heard: Said) -> str:
    """Return the command that a message means: help where it says nothing, else a search."""
    if heard.command is not None:
        return heard.command
    return "search" if heard.rest else "help"
