"""Replies, toasts and changes behind buttons that meet faults, one fault after another."""

from typing import Final

from bot.demo.botapi import Message, Reader
from tests.aids.faults.audience import Audience
from tests.aids.faults.catalogue import FAULTS, Family, Fault
from tests.aids.faults.deliveries import Played
from tests.aids.faults.log import ANSWERED, Log
from tests.aids.faults.table import Happened
from tests.aids.play import Play

_SORRY: Final = "Sorry, that did not work"


async def reply(play: Play, audience: Audience, family: Family) -> Played:
    return [(fault, await _reply(play, audience.reader(), fault)) for fault in FAULTS[family]]


async def toast(play: Play, audience: Audience, family: Family) -> Played:
    """The message must change, whatever becomes of the toast."""
    played: Played = []
    for fault in FAULTS[family]:
        reader = audience.reader()
        message, happened, toasts = await _press(play, reader, fault, "answerCallbackQuery")
        assert message.edits == 1
        played.append((fault, _with_copies(happened, toasts)))
    return played


async def change(play: Play, audience: Audience, family: Family) -> Played:
    """The button must stop waiting, whatever becomes of the message."""
    played: Played = []
    for fault in FAULTS[family]:
        reader = audience.reader()
        message, happened, toasts = await _press(play, reader, fault, "editMessageText")
        assert toasts == 1
        played.append((fault, _with_copies(happened, message.edits)))
    return played


async def _reply(play: Play, reader: Reader, fault: Fault) -> Happened:
    log = Log(play)
    fault.put(play.server.faults.on("sendMessage", chat_id=reader.chat_id), -1)
    await reader.say("/help")
    await log.told({reader.chat_id}, *ANSWERED)
    events = log.about({reader.chat_id})
    await _asked(play, reader, "latest")
    sent = [one.text for one in reader.messages[:-1]]
    apologies = sum(text.startswith(_SORRY) for text in sent)
    copies = len(sent) - apologies
    log.excuse()
    return Happened(events=events, copies=copies, apologies=apologies, pauses=log.pauses)


async def _asked(play: Play, reader: Reader, command: str) -> Message:
    """Ask; a chat is answered in order, so what belongs to an earlier question is there, too."""
    await reader.say(f"/{command}")
    await play.logged("update_handled", chat=reader.chat_id, command=command)
    return reader.last


async def _press(
    play: Play, reader: Reader, fault: Fault, method: str
) -> tuple[Message, Happened, int]:
    message = await _asked(play, reader, "sections")
    (data,) = [b["callback_data"] for b in message.buttons if b["text"] == "Labels"]
    chat = reader.chat_id if method == "editMessageText" else None
    log = Log(play)
    fault.put(play.server.faults.on(method, chat_id=chat), -1)
    world = play.server.world
    query = world.press(reader.id, reader.chat_id, message.id, data)
    await log.told({reader.chat_id}, *ANSWERED)
    events = log.about({reader.chat_id})
    await _asked(play, reader, "latest")
    answers = [one.text for one in world.queries.answers if one.query.id == query.id]
    apologies = sum(text.startswith(_SORRY) for text in answers)
    happened = Happened(events=events, apologies=apologies, pauses=log.pauses)
    log.excuse()
    return message, happened, len(answers) - apologies


def _with_copies(happened: Happened, copies: int) -> Happened:
    return Happened(
        events=happened.events,
        copies=copies,
        apologies=happened.apologies,
        pauses=happened.pauses,
    )
