"""The whole program, started anew for each test that asks for it."""

import logging
from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path
from typing import Final, Literal

import pytest

from tests.aids.play import OpenPlay, Play, open_play
from tests.aids.process import Warm

LIBRARIES: Final = ("aiohttp", "apscheduler", "asyncio", "sqlalchemy", "telegram")


@pytest.fixture
def chats_in_no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chat gets its messages at once: the second between two is the lane's own test's matter."""
    monkeypatch.setattr("bot.telegram.lane.CHAT_INTERVAL", 0.01)


@pytest.fixture
def opened(
    database_path: Path, chats_in_no_hurry: None, caplog: pytest.LogCaptureFixture
) -> Iterator[OpenPlay]:
    """Opens plays; whatever happens in them, no library that the bot stands on logs an error."""
    yield partial(open_play, database_path)
    phases: tuple[Literal["setup", "call", "teardown"], ...] = ("setup", "call", "teardown")
    records = [record for phase in phases for record in caplog.get_records(phase)]
    errors = [record for record in records if record.levelno >= logging.ERROR]
    assert [one.getMessage() for one in errors if one.name.startswith(LIBRARIES)] == []


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """Runs commands without loading the program for each."""
    program = Warm()
    yield program
    program.close()


@pytest.fixture
async def play(opened: OpenPlay) -> AsyncIterator[Play]:
    async with opened() as play:
        yield play
