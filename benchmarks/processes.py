"""The servers in a process of their own, and a bot in another; each on a core of its own.

A benchmark starts the servers, has a bot started beside them, and lets acts be carried out on the
servers' side (`benchmarks.acts` has some; any module may have its own):

    with serving(Conditions(latency=0.05, tls=True)) as servers:
        …                                    # seed, with servers.addresses
        with running(command, servers) as bot:
            servers.call(acts.publish, "A headline")
            tally = servers.call(acts.delivered, 1_000, 20.0)
            usage = bot.usage()
"""

import multiprocessing
import os
import signal
import subprocess
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Concatenate, ParamSpec, TypeVar

import psutil

from benchmarks import acts
from benchmarks.cores import Usage, cores, on_core, usage_of
from benchmarks.serving import Addresses, Conditions, serve
from benchmarks.witness import Contacts

P = ParamSpec("P")
T = TypeVar("T")

#: Seconds that processes have for their end.
_LONGEST_END = 10.0
_PAUSE = 0.02


class ServersError(Exception):
    """An act failed, or the servers' process ended."""


class BotError(Exception):
    """A bot did not start, or ended before it was told to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """How a bot is started."""

    arguments: Sequence[str]
    #: Its working directory; its output goes to `bot.log` there.
    folder: Path
    #: Added to ours, from which every DEKBOT_ variable is taken.
    environment: Mapping[str, str] = field(default_factory=dict)
    #: Whether it is ready once it has read the feed, and once it has asked for updates.
    reads_feed: bool = True
    asks_for_updates: bool = True
    #: Seconds that it has for that, and seconds that it is left in peace behind it.
    patience: float = 60.0
    settles: float = 0.5


class Servers:
    """The servers' process; one act at a time."""

    def __init__(self, pipe: Connection, addresses: Addresses, pid: int) -> None:
        self._pipe, self.addresses, self._pid = pipe, addresses, pid

    def call(
        self,
        act: Callable[Concatenate[Any, P], Awaitable[T]],
        *arguments: P.args,
        **named: P.kwargs,
    ) -> T:
        """Carry out a function of some module over there on its scene; return what it returns.

        Raises ServersError with its traceback where it fails.
        """
        self.begin(act, *arguments, **named)
        result: T = self.result()
        return result

    def begin(
        self,
        act: Callable[Concatenate[Any, P], Awaitable[object]],
        *arguments: P.args,
        **named: P.kwargs,
    ) -> None:
        """Have it carried out, and return at once; `result` has to be asked for."""
        self._pipe.send((act, arguments, named))

    def result(self) -> Any:
        """Return what the act that was begun returns, when it does."""
        try:
            result, fault = self._pipe.recv()
        except (EOFError, ConnectionError):
            raise ServersError("the servers' process ended") from None
        if fault:
            raise ServersError(fault)
        return result

    def usage(self) -> Usage:
        return usage_of(self._pid)


class Bot:
    """A bot's process and its descendants."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self._process, self._log = process, log

    @property
    def pid(self) -> int:
        return self._process.pid

    def usage(self) -> Usage:
        self.check()
        return usage_of(self._process.pid)

    def kill(self) -> None:
        """Kill it and its descendants, as a power cut does; return when they are gone."""
        self._kill(self._descendants())

    def end(self) -> None:
        """Ask it to end; kill what is left where that takes long."""
        descendants = self._descendants()
        if self._process.poll() is None:
            self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_LONGEST_END)
        self._kill(descendants)

    def check(self) -> None:
        """Raise BotError with the end of its output where it does not run any more."""
        status = self._process.poll()
        if status is not None:
            words = self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-20:]
            told = f"the bot ended with status {status}; its last words:"
            raise BotError("\n".join((told, *words)))

    def _descendants(self) -> list[psutil.Process]:
        if self._process.poll() is not None:
            return []
        return psutil.Process(self._process.pid).children(recursive=True)

    def _kill(self, descendants: Sequence[psutil.Process]) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        for process in descendants:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self._process.wait()
        psutil.wait_procs(descendants, _LONGEST_END)


@contextmanager
def serving(conditions: Conditions | None = None) -> Iterator[Servers]:
    """Run the stand-in and an empty newsroom in a process of their own."""
    spawning = multiprocessing.get_context("spawn")
    ours, theirs = spawning.Pipe()
    with TemporaryDirectory(prefix="dekbot-servers-") as folder:
        process = spawning.Process(
            target=serve,
            args=(theirs, conditions or Conditions(), Path(folder), cores()[0]),
            daemon=True,
        )
        process.start()
        theirs.close()
        try:
            yield Servers(ours, _addresses(ours), process.pid or 0)
        finally:
            ours.close()
            process.join(_LONGEST_END)
            process.kill()
            process.join()


@contextmanager
def running(command: Command, servers: Servers) -> Iterator[Bot]:
    """Start a bot and wait until it polls; at the end it is ended."""
    before = servers.call(acts.contacts)
    log = command.folder / "bot.log"
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 - the command is the operator's own
            [*on_core(cores()[1]), *command.arguments],
            cwd=command.folder,
            env=environment(command.environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    bot = Bot(process, log)
    try:
        _wait_until_ready(command, servers, bot, before)
        yield bot
    finally:
        bot.end()


def environment(added: Mapping[str, str]) -> dict[str, str]:
    """Return our environment without Dekbot's settings, with what is added."""
    usual = {name: text for name, text in os.environ.items() if not name.startswith("DEKBOT_")}
    return {**usual, **added}


def _addresses(pipe: Connection) -> Addresses:
    try:
        addresses: Addresses = pipe.recv()
    except EOFError:
        raise ServersError("the servers did not start") from None
    return addresses


def _wait_until_ready(command: Command, servers: Servers, bot: Bot, before: Contacts) -> None:
    begun = time.monotonic()
    while not _is_ready(command, servers.call(acts.contacts), before):
        bot.check()
        if time.monotonic() - begun > command.patience:
            raise BotError(f"the bot did not poll within {command.patience:g} s")
        time.sleep(_PAUSE)
    time.sleep(command.settles)
    bot.check()


def _is_ready(command: Command, now: Contacts, before: Contacts) -> bool:
    read = now.feed_read > before.feed_read or not command.reads_feed
    return read and (now.updates_asked > before.updates_asked or not command.asks_for_updates)
