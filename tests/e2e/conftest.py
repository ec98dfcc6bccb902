"""The whole program, started anew for each test that asks for it."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from tests.aids.play import OpenPlay, Play, open_play


@pytest.fixture
def chats_in_no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chat gets its messages at once: the second between two is the lane's own test's matter."""
    monkeypatch.setattr("bot.telegram.lane.CHAT_INTERVAL", 0.01)


@pytest.fixture
def opened(database_path: Path, chats_in_no_hurry: None) -> OpenPlay:
    return partial(open_play, database_path)


@pytest.fixture
async def play(opened: OpenPlay) -> AsyncIterator[Play]:
    async with opened() as play:
        yield play
