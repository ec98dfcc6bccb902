"""Runs a bot of `peer.toml` through the workload; alerts are told by what the chats receive."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import acts
from benchmarks.cores import Usage
from benchmarks.peers import Peer, filled
from benchmarks.processes import BotError, Command, Servers, environment, running, serving
from benchmarks.serving import Addresses, Conditions
from benchmarks.witness import Tally

BEFORE = "Before it all"
HEADLINE = "A story for everyone"
#: Seconds for which a repeated alert is waited for.
LINGER = 1.5
_PROJECT = Path(__file__).resolve().parents[1]
_LONGEST_SEEDING = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one article."""

    chats: int
    tally: Tally
    #: By the bot, since the article came out.
    cpu_seconds: float
    #: Bytes of memory at the end.
    rss: int

    @property
    def lost(self) -> int:
        return self.chats - self.tally.delivered

    @property
    def seconds(self) -> float | None:
        """From the feed that first showed it to its last alert; None where there is none."""
        if self.tally.read_at is None or self.tally.last_at is None:
            return None
        return self.tally.last_at - self.tally.read_at


@contextmanager
def staged(
    peer: Peer, conditions: Conditions, chats: int, *, tuned: bool
) -> Iterator[tuple[Servers, Command]]:
    """Start the servers and seed the bot: what yields is to be started and killed."""
    with TemporaryDirectory(prefix="dekbot-peer-") as folder, serving(conditions) as servers:
        places = places_for(servers.addresses, folder, chats)
        servers.call(acts.publish, BEFORE)
        command = command_of(peer, places, tuned=tuned)
        _seed(peer, places, command)
        yield servers, command


def places_for(addresses: Addresses, folder: str, chats: int) -> dict[str, str]:
    return {
        "api_url": addresses.api_url,
        "token": addresses.token,
        "feed_url": addresses.feed_url,
        "folder": folder,
        "chats": str(chats),
        "ca_file": addresses.ca_file,
        **installed(),
    }


def installed() -> dict[str, str]:
    """Return the places that are known before anything runs."""
    return {"python": sys.executable, "project": str(_PROJECT)}


def command_of(peer: Peer, places: Mapping[str, str], *, tuned: bool) -> Command:
    variables = {**peer.environment, **(peer.tuned if tuned else {})}
    told = {name: filled(text, places) for name, text in variables.items()}
    return Command(
        arguments=[filled(one, places) for one in peer.command],
        folder=Path(places["folder"]),
        environment={name: text for name, text in told.items() if text},
        reads_feed="feed" in peer.ready,
        asks_for_updates="updates" in peer.ready,
        patience=peer.patience,
        settles=peer.settles,
    )


def fan_out(peer: Peer, conditions: Conditions, chats: int, *, tuned: bool) -> Outcome:
    """Publish an article and wait for its alerts."""
    with (
        staged(peer, conditions, chats, tuned=tuned) as (servers, command),
        running(command, servers) as bot,
    ):
        before = bot.usage()
        servers.call(acts.publish, HEADLINE)
        tally = servers.call(acts.delivered, chats, peer.silence, LINGER)
        return _outcome(chats, tally, before, bot.usage())


def killed(peer: Peer, chats: int) -> Outcome:
    """Kill the bot when half of the chats have their alert, and start it again."""
    with staged(peer, Conditions(), chats, tuned=True) as (servers, command):
        with running(command, servers) as bot:
            servers.call(acts.publish, HEADLINE)
            servers.call(acts.delivered, chats // 2, peer.silence, 0.0)
            bot.kill()
        with running(command, servers) as bot:
            before = bot.usage()
            tally = servers.call(acts.delivered, chats, peer.silence, LINGER)
            return _outcome(chats, tally, before, bot.usage())


def _outcome(chats: int, tally: Tally, before: Usage, after: Usage) -> Outcome:
    seconds = after.cpu_seconds - before.cpu_seconds
    return Outcome(chats=chats, tally=tally, cpu_seconds=seconds, rss=after.rss)


def _seed(peer: Peer, places: Mapping[str, str], command: Command) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - the command is the operator's own
            [filled(one, places) for one in peer.seed],
            cwd=command.folder,
            env=environment(command.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_LONGEST_SEEDING,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BotError(f"the seeding command failed: {error}") from None
    if done.returncode:
        words = done.stdout.decode(errors="replace").splitlines()[-20:]
        told = f"the seeding command ended with status {done.returncode}; its last words:"
        raise BotError("\n".join((told, *words)))
