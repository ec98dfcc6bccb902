"""Has charts drawn, one at a time, by a process that ends with the drawing."""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Sequence
from typing import Final

from bot.charts.wire import json_of
from bot.domain.chart import Chart
from bot.domain.errors import ChartError

_COMMAND: Final = (sys.executable, "-m", "bot.charts")
#: Seconds; on a machine at work matplotlib's first start takes some.
_PATIENCE: Final = 30.0
#: What begins so are the bot's settings, and its token among them.
_PRIVATE: Final = "DEKBOT_"


class ChartProcess:
    """The `ChartDrawer` of the use cases."""

    def __init__(self, command: Sequence[str] = _COMMAND, patience: float = _PATIENCE) -> None:
        self._command = tuple(command)
        self._patience = patience
        self._turn = asyncio.Lock()

    async def draw(self, chart: Chart) -> bytes:
        async with self._turn:
            try:
                process = await self._start()
            except OSError as error:
                raise ChartError(f"no process could be started: {error}") from error
            try:
                async with asyncio.timeout(self._patience):
                    picture, complaints = await process.communicate(_written(chart))
            except TimeoutError:
                raise ChartError(f"it took more than {self._patience:g} seconds") from None
            finally:
                await _ended(process)
        if process.returncode or not picture:
            raise ChartError(f"exit status {process.returncode}: {_last_line(complaints)}")
        return picture

    async def _start(self) -> asyncio.subprocess.Process:
        pipe = asyncio.subprocess.PIPE
        return await asyncio.create_subprocess_exec(
            *self._command,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            env={name: value for name, value in os.environ.items() if _is_public(name)},
            start_new_session=True,  # Ctrl-C is the bot's
        )


async def _ended(process: asyncio.subprocess.Process) -> None:
    """Leave no process behind, whatever became of the drawing."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _is_public(name: str) -> bool:
    return not name.upper().startswith(_PRIVATE)


def _written(chart: Chart) -> bytes:
    return json.dumps(json_of(chart)).encode()


def _last_line(complaints: bytes) -> str:
    lines = complaints.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"
