"""What a run proved, as tables and as JSON."""

import json
import signal
import statistics
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.app.assembly import sending_places
from chaos.living import LONGEST_END, Ended
from chaos.moments import Phase
from chaos.run import Outcome
from chaos.scene import RATE

_FAULTS_SHOWN = 20


def faults_of(outcome: Outcome) -> list[str]:
    """Return what went against the promises, a line each; nothing where all were kept."""
    verdict, bound = outcome.verdict, sending_places(RATE)
    stories = verdict.stories
    lives = dict(enumerate(outcome.lives, 1))
    graceful = {number: one for number, one in lives.items() if one.moment.is_graceful}
    return [
        *(f"lost: {pair}" for pair in verdict.lost),
        *(f"never owed: {pair}" for pair in verdict.strangers),
        *(f"sent twice though settled: {pair}: {stories[pair]}" for pair in verdict.doubled),
        *(f"not as corrected: {pair}: {stories[pair]}" for pair in verdict.outdated),
        *(f"no second alert: {pair}: {stories[pair]}" for pair in verdict.unretracted),
        *(
            f"life {number} repeated {count} messages; in flight are {bound} at most"
            for number, count in verdict.repeated.items()
            if count > bound
        ),
        *(f"life {n} was stopped, and repeated" for n in graceful if verdict.repeated[n]),
        *(
            f"life {number} was stopped: status {one.status}, {one.took:.1f} s,"
            f" {len(one.left.claimed)} not settled"
            for number, one in graceful.items()
            if not one.is_clean
        ),
        *([f"in the end {outcome.unsettled} are not settled"] if outcome.unsettled else []),
        *(f"log: {line[:300]}" for line in outcome.faults),
    ]


def show(outcome: Outcome, console: Console) -> None:
    """Print the tables, and what went wrong."""
    killed = [one for one in outcome.lives if not one.moment.is_graceful]
    if killed:
        console.print(_phases(killed))
    console.print(_figures(outcome))
    faults = faults_of(outcome)
    for line in faults[:_FAULTS_SHOWN]:
        console.print(line, style="red", highlight=False, markup=False)
    kept = "All promises were kept." if not faults else f"{len(faults)} faults."
    console.print(f"{kept} Again: make chaos SEED={outcome.options.seed}")


def write_json(outcome: Outcome, path: Path) -> None:
    told = {**figures(outcome), "faults": faults_of(outcome)}
    path.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def figures(outcome: Outcome) -> dict[str, Any]:
    """Return the report's figures by name."""
    verdict, options = outcome.verdict, outcome.options
    killed = [one for one in outcome.lives if not one.moment.is_graceful]
    stopped = [one for one in outcome.lives if one.moment.is_graceful]
    recovered = [one.recovered for one in outcome.lives if one.recovered is not None]
    return {
        "seed": options.seed,
        "readers": options.readers,
        "articles": outcome.articles,
        "corrections": outcome.corrections,
        "retractions": outcome.retractions,
        "owed": outcome.owed,
        "messages": outcome.messages,
        "edits": outcome.edits,
        "lost": len(verdict.lost),
        "never_owed": len(verdict.strangers),
        "sent_twice_though_settled": len(verdict.doubled),
        "not_as_corrected": len(verdict.outdated) + len(verdict.unretracted),
        "kills": len(killed),
        "kills_that_repeated": len(verdict.repeated),
        "repeated": verdict.repeated.total(),
        "repeated_by_one_kill": max(verdict.repeated.values(), default=0),
        "repeated_for_want_of_an_answer": len(verdict.unanswered),
        "in_flight_at_most": sending_places(RATE),
        "stops": len(stopped),
        "stops_clean": sum(one.is_clean for one in stopped),
        "stop_seconds_median": _rounded(statistics.median, [one.took for one in stopped]),
        "stop_seconds_longest": _rounded(max, [one.took for one in stopped]),
        "recovery_seconds_median": _rounded(statistics.median, recovered),
        "recovery_seconds_longest": _rounded(max, recovered),
        "kills_aimed": {phase: _aimed(killed, phase) for phase in Phase},
        "kills_met": {phase: _met(killed, phase) for phase in Phase},
        "kills_late": sum(not one.on_time for one in killed),
        "kills_idle": sum(not one.met for one in killed),
        "seconds": round(outcome.seconds),
    }


def _phases(killed: Sequence[Ended]) -> Table:
    table = Table(title=f"{len(killed)} processes killed ({signal.SIGKILL.name})")
    table.add_column("while it was")
    table.add_column("aimed", justify="right")
    table.add_column("met under way", justify="right")
    for phase in Phase:
        table.add_row(phase, str(_aimed(killed, phase)), str(_met(killed, phase)))
    table.add_row("idle", "", str(sum(not one.met for one in killed)))
    return table


def _figures(outcome: Outcome) -> Table:
    table = Table(title=f"Seed {outcome.options.seed}; a stop must end within {LONGEST_END:.0f} s")
    table.add_column("what")
    table.add_column("figure", justify="right")
    for name, figure in figures(outcome).items():
        if name != "seed" and not isinstance(figure, dict):
            table.add_row(name.replace("_", " "), "" if figure is None else f"{figure:,}")
    return table


def _aimed(lives: Sequence[Ended], phase: Phase) -> int:
    return sum(one.moment.phase is phase for one in lives)


def _met(lives: Sequence[Ended], phase: Phase) -> int:
    return sum(phase in one.met for one in lives)


def _rounded(of: Callable[[Sequence[float]], float], figures: Sequence[float]) -> float | None:
    return round(of(figures), 2) if figures else None
