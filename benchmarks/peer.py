"""The same workload for Dekbot and for any other bot: how fast, how much is lost, what it takes.

Which bots is in `peer.toml`, or in the file that the variable PEERS names.
"""

import os
from pathlib import Path

import typer
from rich.console import Console

from benchmarks.figures import Benchmark, Notes
from benchmarks.peer_runs import Outcome, fan_out, installed, killed
from benchmarks.peers import PEERS, Peer, PeersError, read_peers
from benchmarks.processes import BotError
from benchmarks.serving import Conditions
from bot.demo.botapi import Limits

CHATS = 1_000
NEARBY = Conditions()
AWAY = Conditions(latency=0.05, tls=True)
LIMITED = Conditions(limits=Limits())
#: Whose figures have goals: these are promises of ours.
OURS = "Dekbot"
_MEGA = 1_000_000


def note_all(notes: Notes, peer: Peer, rounds: int, chats: int = CHATS) -> None:
    """Measure one bot. What takes as long as a limit makes it take is done once."""
    for _ in range(rounds):
        _note_speed(notes, peer, fan_out(peer, NEARBY, chats, tuned=True))
    for _ in range(rounds if peer.speaks_tls else 0):
        outcome = fan_out(peer, AWAY, chats, tuned=True)
        _note_seconds(notes, f"{peer.name}: from feed to last alert, TLS, 50 ms away", outcome)
    for _ in range(rounds):
        _note_killed(notes, peer, killed(peer, chats))
    if peer.tuned:
        outcome = fan_out(peer, NEARBY, chats, tuned=False)
        _note_seconds(notes, f"{peer.name}: from feed to last alert, by default", outcome)
    _note_limited(notes, peer, fan_out(peer, LIMITED, chats, tuned=False))


def _note_speed(notes: Notes, peer: Peer, outcome: Outcome) -> None:
    _note_seconds(notes, f"{peer.name}: from feed to last alert", outcome)
    notes.add(f"{peer.name}: lost without limits", outcome.lost, "", at_most=_none_of(peer))
    notes.add(f"{peer.name}: processor time", outcome.cpu_seconds, "s")
    notes.add(f"{peer.name}: memory", outcome.rss / _MEGA, "MB")


def _note_killed(notes: Notes, peer: Peer, outcome: Outcome) -> None:
    lost, repeated = outcome.lost, outcome.tally.repeated
    notes.add(f"{peer.name}: lost after SIGKILL half-way", lost, "", at_most=_none_of(peer))
    notes.add(f"{peer.name}: repeated after it", repeated, "")


def _note_limited(notes: Notes, peer: Peer, outcome: Outcome) -> None:
    none, tally = _none_of(peer), outcome.tally
    _note_seconds(notes, f"{peer.name}: from feed to last alert, at most 30/s", outcome)
    notes.add(f"{peer.name}: lost at that limit", outcome.lost, "", at_most=none)
    notes.add(f"{peer.name}: 429s at that limit", tally.refused, "", at_most=none)


def _note_seconds(notes: Notes, what: str, outcome: Outcome) -> None:
    if outcome.seconds is not None:
        notes.add(what, outcome.seconds, "s")


def _none_of(peer: Peer) -> float | None:
    return 0 if peer.name == OURS else None


def _measure(notes: Notes, rounds: int) -> None:
    console = Console()
    for peer in _chosen():
        if lacking := peer.lacks(installed()):
            console.print(f"{peer.name} is not measured: {', '.join(lacking)} is not here")
            continue
        try:
            note_all(notes, peer, rounds)
        except BotError as error:
            console.print(f"{peer.name} is not measured any further: {error}", markup=False)


def _chosen() -> list[Peer]:
    try:
        return read_peers(Path(os.environ.get("PEERS") or PEERS))
    except PeersError as error:
        raise typer.BadParameter(str(error)) from None


BENCHMARK = Benchmark(
    name="peer",
    workload=(
        "One article for 1,000 private chats, for each bot of benchmarks/peer.toml that is"
        " installed, on a core of its own. Seconds from the feed's first read that shows it to the"
        " last message: with the bot's settings for speed, with its defaults, both without limits,"
        " and with its defaults against a server that takes 30 a second. Killed by SIGKILL, at"
        " settings for speed, when half the chats have it, and started again."
    ),
    measure=_measure,
    rounds=1,
)
