"""A bot of one's own beside the demo: two processes, and a folder that both know."""

import asyncio
import json
import signal
import socket
from pathlib import Path

from tests.aids.process import Ended, dekbot, started
from tests.aids.waiting import until

EXPECTED = "expected a folder without .env and newsroom.toml"


def faults(ended: Ended) -> list[str]:
    """Return the lines that are none of the log's, which have brackets."""
    return [line for line in ended.complaints if "[" not in line]


def free_port() -> str:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return str(one.getsockname()[1])


async def test_the_folder_is_all_that_a_bot_needs(tmp_path: Path) -> None:
    """No bot runs until one is started; that one is found alive by `dekbot health`."""
    port = free_port()

    async with started(tmp_path, "demo", "--port", "0", "--rehearse", ".") as demo:
        await until((tmp_path / "newsroom.toml").exists, seconds=30)
        checked = await dekbot(tmp_path, "check", "--json")
        before = await dekbot(tmp_path, "health", "--live", web_port=port)
        async with started(tmp_path, "run", web_port=port) as bot:
            alive = before
            async with asyncio.timeout(30):
                while alive.status:
                    alive = await dekbot(tmp_path, "health", "--live", web_port=port)
            bot.send(signal.SIGTERM)
            ended = await bot.ended()
        demo.send(signal.SIGTERM)
        told = await demo.ended()

    assert {found["verdict"] for found in json.loads(checked.out)} == {"ok"}
    assert (before.status, before.out) == (1, "")
    assert (alive.out, ended.status) == ("The bot is alive.\n", 0)
    assert told.status == 0
    assert "demo_ready" in told.err


async def test_settings_that_are_there_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DEKBOT_SITE=mine.toml\n")

    ended = await dekbot(tmp_path, "demo", "--port", "0", "--rehearse", ".")

    assert ended.status == 2
    assert faults(ended) == [f"--rehearse: .env cannot be written (File exists); {EXPECTED}"]
    assert (tmp_path / ".env").read_text() == "DEKBOT_SITE=mine.toml\n"


async def test_a_folder_that_is_missing_is_told_in_one_line(tmp_path: Path) -> None:
    ended = await dekbot(tmp_path, "demo", "--port", "0", "--rehearse", "missing")

    assert ended.status == 2
    (fault,) = faults(ended)
    assert "missing" in fault
