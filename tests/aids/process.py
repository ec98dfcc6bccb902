"""The program in processes of their own: as `python -m bot`, or forked from one that is loaded."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from bot.domain.redaction import redact
from bot.settings import Settings
from tests.aids.waiting import until

PROJECT: Final = Path(__file__).resolve().parents[2]
_PATIENCE: Final = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    status: int
    out: str
    err: str

    def __post_init__(self) -> None:
        told = self.out + self.err
        assert redact(told) == told, "a token is told"

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
        return Ended(status=self._process.returncode or 0, out=out.decode(), err=err.decode())

    async def kill(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
        await self._output


class Forked:
    """A process that is forked from a loaded program; its output and its status go to files."""

    def __init__(self, pid: int, folder: Path) -> None:
        self.pid = pid
        self._folder = folder

    def send(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    async def ended(self, seconds: float = _PATIENCE) -> Ended:
        """Wait for the end; TimeoutError where it does not come."""
        await until(lambda: self._has_ended, seconds=seconds)
        return _ended(int((self._folder / "status").read_text(encoding="ascii")), self._folder)

    async def kill(self) -> None:
        if not self._has_ended:
            self.send(signal.SIGKILL)
        await until(lambda: self._has_ended)

    @property
    def _has_ended(self) -> bool:
        return (self._folder / "status").exists()


class Warm:
    """Runs commands in processes that are forked from a loaded program (see `tests.aids.warm`)."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.aids.warm"],
            cwd=PROJECT,
            env=_environment({}),
            stdin=PIPE,
            stdout=PIPE,
            text=True,
            start_new_session=True,
        )

    async def dekbot(self, folder: Path, *arguments: str, **variables: str) -> Ended:
        """Run a command to its end, as the function of that name does."""
        with TemporaryDirectory() as told:
            command = _command(folder, arguments, variables) | _files(told, "out", "err")
            status = await self._order(command)
            return _ended(status, Path(told))

    @asynccontextmanager
    async def started(
        self, folder: Path, *arguments: str, **variables: str
    ) -> AsyncIterator[Forked]:
        """Start a command, as the function of that name does."""
        with TemporaryDirectory() as told:
            command = _command(folder, arguments, variables) | _files(told, "out", "err", "status")
            pid = await self._order(command)
            running = Forked(pid, Path(told))
            try:
                yield running
            finally:
                await running.kill()

    def close(self) -> None:
        """End the program, and what was forked from it and still runs."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()

    async def _order(self, command: dict[str, Any]) -> int:
        """Return what is answered to the command."""
        try:
            async with asyncio.timeout(_PATIENCE):
                return await asyncio.to_thread(self._ask, json.dumps(command))
        except TimeoutError:
            self.close()
            raise

    def _ask(self, line: str) -> int:
        orders, answers = self._process.stdin, self._process.stdout
        if orders is None or answers is None:
            raise RuntimeError("the program was started with pipes")
        orders.write(f"{line}\n")
        orders.flush()
        return int(answers.readline())


def _files(folder: str, *names: str) -> dict[str, str]:
    return {name: str(Path(folder, name)) for name in names}


def _ended(status: int, folder: Path) -> Ended:
    out, err = ((folder / name).read_text(encoding="utf-8") for name in ("out", "err"))
    return Ended(status=status, out=out, err=err)


def _command(folder: Path, arguments: Sequence[str], variables: dict[str, str]) -> dict[str, Any]:
    """Return the command as `tests.aids.warm` takes it."""
    return {
        "arguments": arguments,
        "folder": str(folder),
        "variables": _environment(variables),
    }


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
        "web_port": str(settings.web_port),
    }


def _environment(variables: dict[str, str]) -> dict[str, str]:
    usual = {name: value for name, value in os.environ.items() if not name.startswith("DEKBOT_")}
    ours = {f"DEKBOT_{name.upper()}": value for name, value in variables.items()}
    # Programs of several tests run at once on this machine.
    return {**usual, "DEKBOT_WEB_PORT": "0", **ours, "PYTHONPATH": str(PROJECT)}
