"""Whoever runs the bot steers its sources from the chat, and sees what it did."""

import json
import struct
from datetime import UTC, datetime

import pytest

from bot.demo.botapi import Message, Reader
from tests.aids.clock import FakeClock
from tests.aids.play import PATIENCE, OpenPlay, Play, profile_of
from tests.aids.process import Warm, variables_of
from tests.aids.waiting import until

pytestmark = pytest.mark.e2e

ADA = 42


async def test_a_source_switched_off_is_read_by_nobody_until_it_is_switched_on(
    opened: OpenPlay, warm: Warm
) -> None:
    async with opened(admin_ids=(ADA,)) as play:
        mina = await play.subscriber("Economy")
        ada = play.server.reader("Ada", person_id=ADA, language_code="en")
        page = await the_source(ada)
        await press(ada, page, "Switch off")
        play.publish("Tugboats are laid up", "economy")
        by_hand = await called(play, warm, "poll")
        asked = requests(play)
        found = await called(play, warm, "check")
        await play.stop()
        await play.start()
        assert requests(play) == asked  # after several intervals, and a restart

        await press(ada, page, "Switch on")
        alert = await play.alert(mina)
        await play.logged("delivery_sent")

    (polled,) = by_hand
    assert (polled["outcome"], polled["fault"]) == ("switched off", "")
    warned = [one["text"] for one in found if one["verdict"] == "warning"]
    assert any(text.startswith("is switched off since ") for text in warned)
    assert alert.text.count("Tugboats are laid up") == 1
    steered = [one for one in play.logs if one["event"].startswith("source_switched")]
    assert [(one["event"], one["by"]) for one in steered] == [
        ("source_switched_off", ADA),
        ("source_switched_on", ADA),
    ]


async def test_a_source_is_read_on_request_and_the_chart_shows_what_came_of_it(
    opened: OpenPlay,
) -> None:
    clock = FakeClock(datetime.now(UTC))
    usual = {"admin_ids": (ADA,), "poll_interval": None, "profile": profile_of}
    async with opened(clock=clock, **usual) as play:
        mina = await play.subscriber("Economy")
        ada = play.server.reader("Ada", person_id=ADA, language_code="en")
        await until(lambda: "admin" not in commands(play, mina.id))
        page = await the_source(ada)
        too_soon = await ada.press("Read now", message=page, timeout=PATIENCE)
        asked = [requests(play)]
        clock.pass_time(seconds=31)
        play.publish("Tugboats are laid up", "economy", published=clock())
        read = await ada.press("Read now", message=page, timeout=PATIENCE)
        asked.append(requests(play))
        await play.alert(mina)
        await play.logged("delivery_sent")
        await press(ada, page, "↩ All sources")
        await press(ada, page, "↩ All figures")
        ada.skip()
        await ada.press("Chart", message=page, timeout=PATIENCE)
        picture = await ada.next_message(PATIENCE)

    assert too_soon.text.startswith("Too soon.")
    assert read.text == "Read. Articles: 4, new: 1, alerting: 1."
    assert asked == [1, 2]
    assert page.text.startswith("How the bot is")
    assert picture.photo
    content = picture.photo.upload.content
    assert struct.unpack(">II", content[16:24]) == (1080, 1080)
    assert b'"sent": [' + b", ".join([*[b"0"] * 13, b"1"]) + b"]" in content
    assert picture.text.count(": 0") == 13
    assert ": 1 · " in picture.text.splitlines()[-1]


async def the_source(ada: Reader) -> Message:
    """Return the page of the only source."""
    page = await ada.ask("/admin", timeout=PATIENCE)
    await press(ada, page, "Sources")
    await press(ada, page, "1 ✓")
    return page


async def press(ada: Reader, page: Message, button: str) -> None:
    """Press a button, and wait for the page that it leads to."""
    ada.skip()
    await ada.press(button, message=page, timeout=PATIENCE)
    await ada.next_edit(PATIENCE)


def requests(play: Play) -> int:
    return len(play.newsroom.asked("/feed/"))


def commands(play: Play, chat_id: int) -> list[str]:
    return [one["command"] for one in play.server.world.bot.menu("en", chat_id)]


async def called(play: Play, warm: Warm, command: str) -> list[dict[str, str]]:
    """Return what the command prints as JSON."""
    variables = variables_of(play.settings)
    ended = await warm.dekbot(play.database_path.parent, command, "--json", **variables)
    found: list[dict[str, str]] = json.loads(ended.out)
    return found
