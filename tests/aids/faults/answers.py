"""Replies, toasts, changes behind buttons and inline answers that meet faults, one by one."""

from dataclasses import replace
from typing import Final

from bot.demo.botapi import Message, Reader
from tests.aids.faults.audience import Audience
from tests.aids.faults.catalogue import FAULTS, Family, Fault
from tests.aids.faults.deliveries import Played
from tests.aids.faults.log import ANSWERED, Log
from tests.aids.faults.row import Happened
from tests.aids.play import Play

SORRY: Final = "Sorry, that did not work"


async def reply(play: Play, audience: Audience, family: Family) -> Played:
    return [(fault, await _reply(play, audience.reader(), fault)) for fault in FAULTS[family]]


async def toast(play: Play, audience: Audience, family: Family) -> Played:
    """The message must change, whatever becomes of the toast."""
    played: Played = []
    for fault in FAULTS[family]:
        reader = audience.reader()
        message = await asked(play, reader, "sections")
        happened, toasts = await pressed(
            play, reader, message, "Labels", fault, "answerCallbackQuery"
        )
        assert message.edits == 1
        played.append((fault, replace(happened, copies=toasts)))
    return played


async def change(play: Play, audience: Audience, family: Family) -> Played:
    """The button must stop waiting, whatever becomes of the message."""
    played: Played = []
    for fault in FAULTS[family]:
        reader = audience.reader()
        message = await asked(play, reader, "sections")
        happened, toasts = await pressed(play, reader, message, "Labels", fault, "editMessageText")
        assert toasts == 1
        played.append((fault, replace(happened, copies=message.edits)))
    return played


async def inline(play: Play, audience: Audience, family: Family) -> Played:
    return [(fault, await _inline(play, audience.reader(), fault)) for fault in FAULTS[family]]


async def _reply(play: Play, reader: Reader, fault: Fault) -> Happened:
    log = Log(play)
    fault.put(play.server.faults.on("sendMessage", chat_id=reader.chat_id), -1)
    await reader.say("/help")
    await log.told({reader.chat_id}, *ANSWERED)
    events = log.about({reader.chat_id})
    await asked(play, reader, "latest")
    sent = [one.text for one in reader.messages[:-1]]
    apologies = sum(text.startswith(SORRY) for text in sent)
    copies = len(sent) - apologies
    log.excuse()
    return Happened(events=events, copies=copies, apologies=apologies, pauses=log.pauses)


async def _inline(play: Play, reader: Reader, fault: Fault) -> Happened:
    log = Log(play)
    fault.put(play.server.faults.on("answerInlineQuery"), -1)
    world = play.server.world
    query = world.ask_inline(reader.id, reader.chat_id, "tugboats")
    await log.told({reader.id}, *ANSWERED)
    events = log.about({reader.id})
    await asked(play, reader, "latest")
    copies = sum(one.query.id == query.id for one in world.inline.answers)
    apologies = sum(one.text.startswith(SORRY) for one in reader.messages)
    log.excuse()
    return Happened(events=events, copies=copies, apologies=apologies, pauses=log.pauses)


async def asked(play: Play, reader: Reader, command: str, typed: str = "") -> Message:
    """Ask; a chat is answered in order, so what belongs to an earlier question is there, too."""
    await reader.say(f"/{command} {typed}")
    await play.logged("update_handled", chat=reader.chat_id, command=command)
    return reader.last


async def pressed(
    play: Play, reader: Reader, message: Message, button: str, fault: Fault, method: str
) -> tuple[Happened, int]:
    """Press the button that begins so; return what happened, and how many toasts there were."""
    (data,) = [b["callback_data"] for b in message.buttons if b["text"].startswith(button)]
    chat = None if method == "answerCallbackQuery" else reader.chat_id
    log = Log(play)
    fault.put(play.server.faults.on(method, chat_id=chat), -1)
    world = play.server.world
    query = world.press(reader.id, reader.chat_id, message.id, data)
    await log.told({reader.chat_id}, *ANSWERED)
    events = log.about({reader.chat_id})
    await asked(play, reader, "latest")
    answers = [one.text for one in world.queries.answers if one.query.id == query.id]
    apologies = sum(text.startswith(SORRY) for text in answers)
    happened = Happened(events=events, apologies=apologies, pauses=log.pauses)
    log.excuse()
    return happened, len(answers) - apologies
