"""The whole program, started anew for each test that asks for it."""

import logging
from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path
from typing import Final, Literal

import pytest

from bot.demo.botapi.server import TOKEN
from tests.aids.own_log import as_logged
from tests.aids.play import OpenPlay, Play, open_play
from tests.aids.process import Warm

#: What makes the stand-in's token one.
SECRET: Final = TOKEN.partition(":")[2]
LIBRARIES: Final = ("aiohttp", "apscheduler", "asyncio", "sqlalchemy", "telegram")


@pytest.fixture(autouse=True)
def token_is_nowhere(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> Iterator[None]:
    """Whatever a test does, the token is in no log, no output and no file of its folder."""
    yield
    written = (*as_logged(_records(caplog)), *capfd.readouterr())
    assert [text for text in written if SECRET in text] == []
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in files if SECRET.encode() in path.read_bytes()] == []


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
    errors = [record for record in _records(caplog) if record.levelno >= logging.ERROR]
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


def _records(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    phases: tuple[Literal["setup", "call", "teardown"], ...] = ("setup", "call", "teardown")
    return [record for phase in phases for record in caplog.get_records(phase)]
