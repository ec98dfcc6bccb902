"""One process of the bot, from its start to its end."""

import asyncio
import json
import os
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Self

from chaos.moments import Moment, Sign

_PROJECT: Final = Path(__file__).resolve().parents[1]
_LONGEST_LINE: Final = 1 << 20
#: Seconds that a moment is waited for.
_PATIENCE: Final = 30.0
_LONGEST_END: Final = 30.0
#: So much later it is ended by force: that it took too long is to be seen.
_GRACE: Final = 5.0
#: What the log calls faults of the program itself.
_FAULTS: Final = ("_crashed", "update_failed", "statement_failed", "settlement_given_up")
#: Events that are signs; those that speak of alerts are, where there are any.
_SIGNS: Final = {"started": Sign.STARTED, "source_read": Sign.READ, "article_stored": Sign.STORED}


class Life:
    """Ends the process at its moment, or when its patience is over."""

    def __init__(self, process: Process, moment: Moment | None) -> None:
        self._process = process
        self._moment = moment
        self._listeners: list[Callable[[Sign], None]] = []
        self._seen: Counter[Sign] = Counter()
        self._timer: asyncio.TimerHandle | None = None
        self._lines = asyncio.create_task(self._read())
        self.spawned = time.monotonic()
        #: When the signal was sent; None as long as it was not.
        self.signalled: float | None = None
        #: Faults of ours that the log tells, and lines that are no events.
        self.faults: list[str] = []
        #: Seconds from the signal to the end.
        self.took = 0.0
        #: Whether the moment came, rather than the end of patience.
        self.on_time = False

    @classmethod
    async def begin(
        cls,
        folder: Path,
        arguments: Sequence[str],
        settings: Mapping[str, str],
        moment: Moment | None = None,
    ) -> Self:
        """Start a process; without a moment it runs until it is told to `end`."""
        usual = {key: text for key, text in os.environ.items() if not key.startswith("DEKBOT_")}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "chaos.program",
            *arguments,
            cwd=folder,
            env={**usual, **settings, "PYTHONPATH": str(_PROJECT)},
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=PIPE,
            limit=_LONGEST_LINE,
        )
        life = cls(process, moment)
        life.see(Sign.SPAWNED)
        return life

    def saw(self, sign: Sign) -> bool:
        return sign in self._seen

    def listen(self, listener: Callable[[Sign], None]) -> None:
        self._listeners.append(listener)

    def see(self, sign: Sign) -> None:
        """Note the sign; where it is the moment's, its end comes after the moment's delay."""
        self._seen[sign] += 1
        for listener in self._listeners:
            listener(sign)
        moment = self._moment
        if moment and (sign, self._seen[sign]) == (moment.sign, moment.number):
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(moment.delay, self._strike)

    def end(self) -> None:
        """Ask it to end now."""
        if self.signalled is None:
            self._send(signal.SIGTERM)

    async def ended(self, longest_end: float = _LONGEST_END) -> int:
        """Return its status; where its moment does not come, that is when patience is over.

        From its signal on it has so many seconds before it is ended by force.
        """
        waiting = asyncio.ensure_future(self._process.wait())
        await asyncio.wait([waiting], timeout=_PATIENCE)
        self._strike(on_time=False)
        left = (self.signalled or time.monotonic()) + longest_end - time.monotonic()
        await asyncio.wait([waiting], timeout=max(left, 0) + _GRACE)
        if not waiting.done():
            self._process.kill()
        status = await waiting
        if self.signalled is not None:
            self.took = time.monotonic() - self.signalled
        await self._lines
        return status

    def _strike(self, *, on_time: bool = True) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._moment and self.signalled is None:
            self.on_time = on_time
            self._send(self._moment.signal)

    def _send(self, number: signal.Signals) -> None:
        if self._process.returncode is None:
            self.signalled = time.monotonic()
            with suppress(ProcessLookupError):
                self._process.send_signal(number)

    async def _read(self) -> None:
        if self._process.stderr is None:
            raise RuntimeError("the process was started with a pipe")
        async for line in self._process.stderr:
            self._hear(line.decode(errors="replace"))

    def _hear(self, line: str) -> None:
        if Sign.SPOKE not in self._seen:
            self.see(Sign.SPOKE)
        try:
            event: dict[str, Any] = json.loads(line)
            name = event["event"]
        except (ValueError, KeyError, TypeError):
            self.faults.append(line.strip())
            return
        if event["level"] in ("error", "critical") or name.endswith(_FAULTS):
            self.faults.append(line.strip())
        sign = _SIGNS.get(name)
        if sign and event.get("alerts", True):
            self.see(sign)
