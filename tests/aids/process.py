"""`python -m bot` as a process of its own."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.domain.redaction import redact
from bot.settings import Settings

PROJECT: Final = Path(__file__).resolve().parents[2]
_PATIENCE: Final = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    status: int
    out: str
    err: str

    @property
    def complaints(self) -> list[str]:
        return self.err.splitlines()


class Running:
    """A process whose output is collected while it runs."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._output = asyncio.create_task(process.communicate())

    @property
    def pid(self) -> int:
        return self._process.pid

    def send(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    async def ended(self, seconds: float = _PATIENCE) -> Ended:
        """Wait for the end; TimeoutError where it does not come."""
        async with asyncio.timeout(seconds):
            out, err = await asyncio.shield(self._output)
        ended = Ended(status=self._process.returncode or 0, out=out.decode(), err=err.decode())
        assert redact(ended.out + ended.err) == ended.out + ended.err, "a token is told"
        return ended

    async def kill(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
        await self._output


async def dekbot(folder: Path, *arguments: str, module: str = "bot", **variables: str) -> Ended:
    """Run a command to its end; the variables are named as settings are."""
    async with started(folder, *arguments, module=module, **variables) as running:
        return await running.ended()


@asynccontextmanager
async def started(
    folder: Path, *arguments: str, module: str = "bot", **variables: str
) -> AsyncIterator[Running]:
    """Start a command; what still runs at the end is killed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        *arguments,
        cwd=folder,
        env=_environment(variables),
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=PIPE,
    )
    running = Running(process)
    try:
        yield running
    finally:
        await running.kill()


def variables_of(settings: Settings) -> dict[str, str]:
    """Return the variables that give a process the same settings."""
    token = settings.bot_token.get_secret_value() if settings.bot_token else ""
    interval = settings.poll_interval.total_seconds() if settings.poll_interval else 0
    return {
        "bot_token": token,
        "site": settings.site,
        "database_url": settings.database_url,
        "telegram_api_url": settings.telegram_api_url,
        "send_rate": str(settings.send_rate),
        "poll_interval": f"{max(1, round(interval))}s",
        "max_alert_age": f"{settings.max_alert_age.days}d",
    }


def _environment(variables: dict[str, str]) -> dict[str, str]:
    usual = {name: value for name, value in os.environ.items() if not name.startswith("DEKBOT_")}
    ours = {f"DEKBOT_{name.upper()}": value for name, value in variables.items()}
    return {**usual, **ours, "PYTHONPATH": str(PROJECT)}
