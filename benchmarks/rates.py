"""Alerts at Telegram's caps, what readers notice of it, and what the bot could do beyond."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Final

from benchmarks import swift_serving as acts
from benchmarks.acts import publish
from benchmarks.figures import Benchmark, Notes, percentile
from benchmarks.peer import OURS
from benchmarks.peer_runs import staged
from benchmarks.peers import read_peers
from benchmarks.processes import Bot, Servers, running
from benchmarks.serving import Conditions
from bot.demo.botapi import Limits

FREE: Final = 28.0
PAID: Final = 1000.0
#: So many chats get the article: more than are sent to while it is measured.
CHATS: Final = 100_000
#: Alerts without a limit.
SUSTAINED: Final = 30_000
THOUSAND: Final = 1_000
#: Seconds that each part is measured.
IDLE: Final = 10.0
ALONE: Final = 15.0
ASKED: Final = 20.0
_AWAY: Final = Conditions(swift=True, limits=Limits(), latency=0.05, tls=True)
_NEARBY: Final = Conditions(swift=True)
_WARM: Final = 500


@contextmanager
def playing(conditions: Conditions, chats: int, rate: float) -> Iterator[tuple[Servers, Bot]]:
    """Start the servers and Dekbot, as `peer.toml` has it, at this rate."""
    dekbot = next(peer for peer in read_peers() if peer.name == OURS)
    with staged(dekbot, conditions, chats, tuned=False) as (servers, command):
        environment = {**command.environment, "SENDS_A_SECOND": str(rate)}
        with running(replace(command, environment=environment), servers) as bot:
            yield servers, bot


def note_cap(notes: Notes, rounds: int, rate: float, share_of_core: float) -> None:
    """Measure a cap: idle, with alerts alone, and with alerts while readers ask."""
    for _ in range(rounds):
        with playing(_AWAY, CHATS, rate) as (servers, bot):
            idle = servers.call(acts.answers, IDLE)
            servers.call(publish, "A story for everyone")
            servers.call(acts.under_way, int(rate))
            _note_pace(notes, servers, bot, rate, share_of_core)
            asked = servers.call(acts.answers, ASKED)
            _note_answers(notes, idle, asked)


def _note_pace(notes: Notes, servers: Servers, bot: Bot, rate: float, share: float) -> None:
    before, theirs = bot.usage(), servers.usage()
    taken = servers.call(acts.taken, ALONE)
    spent = bot.usage().cpu_seconds - before.cpu_seconds
    served = servers.usage().cpu_seconds - theirs.cpu_seconds
    notes.add("alerts a second", taken.rate, "/s", at_least=0.99 * rate)
    notes.add("429s", taken.refused, "", at_most=0)
    notes.add("of one core", spent / ALONE * 100, "%", at_most=share)
    notes.add("of the servers' core", served / ALONE * 100, "%")


def _note_answers(notes: Notes, idle: acts.Answers, asked: acts.Answers) -> None:
    for name, share in (("median", 0.5), ("99th percentile", 0.99)):
        before = percentile(idle.seconds, share) * 1000
        during = percentile(asked.seconds, share) * 1000
        notes.add(f"answer of an idle bot, {name}", before, "ms")
        goal = 250 if share > 0.5 else None  # noqa: PLR2004 - above the median
        notes.add(f"answer meanwhile, {name}", during, "ms", at_most=goal)
        if goal is None:
            notes.add("of an idle bot's median", during / before, "times", at_most=1.3)
    notes.add("questions meanwhile without an answer", asked.unanswered, "", at_most=0)


def note_sustained(notes: Notes, rounds: int) -> None:
    """Measure how fast alerts go out where nothing holds them up."""
    for _ in range(rounds):
        with playing(_NEARBY, SUSTAINED, 100_000) as (servers, bot):
            servers.call(publish, "A story for everyone")
            servers.call(acts.under_way, _WARM)
            before = bot.usage()
            taken = servers.call(acts.all_taken, SUSTAINED)
            spent = bot.usage().cpu_seconds - before.cpu_seconds
            notes.add("alerts a second, no limit", taken.rate, "/s", at_least=3000)
            notes.add("processor time for each", spent / taken.alerts * 1_000_000, "µs")
            notes.add("alerts not taken", SUSTAINED - taken.alerts, "", at_most=0)


def note_thousand(notes: Notes, rounds: int) -> None:
    """Measure how long it takes from the feed to the last of a thousand alerts."""
    for _ in range(rounds):
        with playing(_NEARBY, THOUSAND, 100_000) as (servers, _):
            servers.call(publish, "A story for everyone")
            seconds = servers.call(acts.from_feed_to_last, THOUSAND)
            notes.add("from the feed's reading to the last alert", seconds, "s", at_most=0.6)


_SETTING: Final = (
    "An article for 100,000 chats; Telegram keeps its limits, is spoken to over TLS and is 50 ms"
    " away. 10 s with ten questions of readers a second before it, 15 s of alerts alone, 20 s of"
    " alerts and questions."
)
BENCHMARKS: Final = (
    Benchmark(
        name="free",
        workload=f"28 alerts a second, Telegram's cap for everyone. {_SETTING}",
        measure=partial(note_cap, rate=FREE, share_of_core=5),
        rounds=1,
    ),
    Benchmark(
        name="paid",
        workload=f"1,000 alerts a second, the cap for those who pay. {_SETTING}",
        measure=partial(note_cap, rate=PAID, share_of_core=40),
        rounds=1,
    ),
    Benchmark(
        name="sustained",
        workload="An article for 30,000 chats, answered at once and without any limit.",
        measure=note_sustained,
        rounds=2,
    ),
    Benchmark(
        name="thousand",
        workload="An article for 1,000 chats, answered at once and without any limit.",
        measure=note_thousand,
        rounds=3,
    ),
)
