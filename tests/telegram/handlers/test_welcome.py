"""The first messages that a reader exchanges with the bot."""

import pytest

from bot.demo.botapi import Reader
from tests.telegram.handlers.conftest import Desk


async def test_start_leads_to_sections_by_a_button(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/start")
    print(message.text, message.labels)
    await mina.press("Sections")
    message = await mina.next_edit()
    print(message.text, message.labels)
    await mina.press("Economy")
    message = await mina.next_edit()
    print(message.text, message.labels)
    for line in ("/help","/following","/follow pro, ecomony, zzz", "/follow", "/mute", "/unfollow","/unmute","/latest","/latest trade","/latest xx","/search", "crane","/search after:foo","/pause","/pause 2d","/pause x","/resume","/resume","/stop","/bogus","/start section_trade", "/authors","/labels","/start author_ada-lindqvist"):
        message = await mina.ask(line)
        print("-----", line); print(message.html);print(message.labels)
    assert await desk.follows(mina.id) == {"economy"}
