"""Files, typed for and behind a button, that meet faults, one fault after another."""

from dataclasses import replace
from typing import Final

from bot.demo.botapi import Message, Reader
from tests.aids.faults.answers import SORRY, asked, pressed
from tests.aids.faults.audience import Audience
from tests.aids.faults.catalogue import FAULTS, Family, Fault
from tests.aids.faults.deliveries import Played
from tests.aids.faults.log import ANSWERED, Log
from tests.aids.faults.row import Happened
from tests.aids.play import Play

_INSTEAD: Final = "Files are not allowed in this chat"
_METHOD: Final = "sendDocument"


async def typed(play: Play, audience: Audience, family: Family) -> Played:
    return [(fault, await _typed(play, audience.reader(), fault)) for fault in FAULTS[family]]


async def behind_a_button(play: Play, audience: Audience, family: Family) -> Played:
    """The button must stop waiting, whatever becomes of the file."""
    played: Played = []
    for fault in FAULTS[family]:
        reader = audience.reader()
        article = next(iter(play.newsroom.articles))
        await asked(play, reader, "save", play.newsroom.address(article))
        message = await asked(play, reader, "export")
        happened, toasts = await pressed(play, reader, message, "CSV", fault, _METHOD)
        assert toasts == 1
        played.append((fault, _with_files(happened, reader.messages)))
    return played


async def _typed(play: Play, reader: Reader, fault: Fault) -> Happened:
    log = Log(play)
    fault.put(play.server.faults.on(_METHOD, chat_id=reader.chat_id), -1)
    await reader.say("/mydata")
    await log.told({reader.chat_id}, *ANSWERED)
    events = log.about({reader.chat_id})
    await asked(play, reader, "latest")
    apologies = sum(one.text.startswith(SORRY) for one in reader.messages)
    happened = Happened(events=events, apologies=apologies, pauses=log.pauses)
    log.excuse()
    return _with_files(happened, reader.messages)


def _with_files(happened: Happened, messages: list[Message]) -> Happened:
    return replace(
        happened,
        copies=sum(one.document is not None for one in messages),
        instead=sum(one.text.startswith(_INSTEAD) for one in messages),
    )
