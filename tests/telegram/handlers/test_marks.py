"""Whatever changes something is marked, so that a group asks for an administrator.

Each command and each button without the mark is used as an administrator would, and everything that
is stored on the group stays as it was. A new button has to be in the table, or be marked.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from bot.demo.botapi import Reader, Room
from bot.domain.subscriber import ChatKind
from bot.storage import tables
from bot.telegram.handlers.table import COMMANDS, PRESSES
from bot.telegram.handlers.turn import Changes
from tests.aids.articles import teaser
from tests.aids.ledger import rows_of
from tests.telegram.handlers.conftest import Desk
from tests.telegram.handlers.test_every_command import TABLE, settled

MARKED: Final = {action for action, press in PRESSES.items() if press.changes is Changes.ALWAYS}
#: Buttons that only show something, with what they carry; `{article}` and `{message}` are an
#: alert's.
SHOWING: Final = {
    "list": "s:0:f",
    "following": "0",
    "topic": "0:1",
    "latest": "-:0:0",
    "latest-topic": "-:0:s:1",
    "latest-recent": "-:0",
    "search": "0:n",
    "search-topic": "n:s:1",
    "search-recent": "n",
    "search-drop": "n:1",
    "alerts": "0",
    "search-page": "1",
    "search-edit": "1",
    "settings": "",
    "digest": "",
    "quiet": "",
    "zone": "",
    "zones": "Europe:0",
    "saved": "0",
    "save-shown": "search:0:n",
    "export-page": "",
    "export": "csv",
    "language": "",
    "pause-page": "",
    "why": "{article}",
    "why-page": "{article}:{message}",
    "why-list": "{message}",
    "channel-open": "1",
    "channel-done": "",
}
#: Those that read the query of the message under which they stand.
ON_RESULTS: Final = {"search", "search-topic", "search-recent", "search-drop", "save-shown"}


@pytest.fixture
def ada(desk: Desk) -> Reader:
    return desk.reader("Ada")


@pytest.fixture
async def group(desk: Desk, ada: Reader) -> Room:
    """A group that has something of everything, an alert included."""
    room = desk.server.world.supergroup("Desk", admins=[ada.person])
    await settled(desk, ada.in_chat(room), ChatKind.SUPERGROUP)
    await ada.in_chat(room).ask("/digest off")
    await ada.in_chat(room).ask("/quiet off")
    await desk.deliver(teaser("ships", headline="Ships wait"))
    return room


def stored(path: Path) -> Sequence[Any]:
    """Return all that is stored on chats."""
    kept = ["subscribers", "stances", "standing_searches", "story_mutes", "deliveries"]
    kept += ["setups", "notices", "edits"]
    return [rows_of(path, getattr(tables, name).select()) for name in kept]


def test_every_button_is_marked_or_shows_something_only() -> None:
    assert set(PRESSES) - MARKED == set(SHOWING)


async def test_a_button_that_is_not_marked_changes_nothing(
    desk: Desk, ada: Reader, group: Room, database_path: Path
) -> None:
    here = ada.in_chat(group)
    alert = here.last
    (row,) = rows_of(database_path, tables.deliveries.select())
    for action, arguments in SHOWING.items():
        desk.clock.pass_time(seconds=3)  # three updates at leisure are no flood
        message = await here.ask("/search crane" if action in ON_RESULTS else "/settings")
        before = stored(database_path)
        filled = arguments.format(article=row["article_id"], message=alert.id)

        told = await desk.press(here, message, f"1:{action}:{filled}".removesuffix(":"))
        await here.ask("/help")  # behind whatever the press had done

        assert told.text.startswith("This button is from") is (action == "channel-open"), action
        assert stored(database_path) == before, action


async def test_a_button_that_is_marked_asks_for_an_administrator_first(
    desk: Desk, ada: Reader, group: Room, database_path: Path
) -> None:
    """Before it looks at anything that the button carries."""
    ben = desk.reader("Ben")
    message = ada.in_chat(group).last
    here = ben.in_chat(group)
    before = stored(database_path)

    for action in sorted(MARKED):
        desk.clock.pass_time(seconds=1)
        told = await desk.press(here, message, f"1:{action}")

        assert told.text == "Only this group's administrators can change that.", action
        assert told.show_alert
    assert stored(database_path) == before


async def test_a_command_that_is_not_marked_changes_nothing(
    desk: Desk, ada: Reader, group: Room, database_path: Path
) -> None:
    here = ada.in_chat(group)
    alert = here.last
    before = stored(database_path)
    for name, command in COMMANDS.items():
        for typed in ("", TABLE[name].right, TABLE[name].wrong):
            for answered in (None, alert):
                if command.needs_administrator(typed, is_answer=answered is not None):
                    continue
                here.skip()
                desk.clock.pass_time(seconds=1)
                await here.say(f"/{name} {typed}".strip(), reply_to=answered)
                await here.next_message()

                assert stored(database_path) == before, (name, typed)
