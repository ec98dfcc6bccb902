"""Makes a run, and reports: `python -m chaos --seed 7 --kills 200`."""

import argparse
import asyncio
import sys
from pathlib import Path
from random import SystemRandom
from typing import Final

from rich.console import Console

from chaos.report import faults_of, show, write_json
from chaos.run import Options, run

_SEEDS: Final = 1_000_000


def main() -> int:
    """Return 0 where every promise was kept, else 1."""
    parser = argparse.ArgumentParser(prog="chaos", description=__doc__)
    parser.add_argument("--seed", type=int, help="what everything is chosen by; any by default")
    parser.add_argument("--kills", type=int, default=200, help="SIGKILLs")
    parser.add_argument("--stops", type=int, default=50, help="SIGTERMs")
    parser.add_argument("--readers", type=int, default=2_000, help="readers")
    parser.add_argument("--speed", type=float, default=60, help="how fast the clock runs")
    parser.add_argument("--json", type=Path, help="a file for the report as JSON")
    given = parser.parse_args()
    seed = SystemRandom().randrange(_SEEDS) if given.seed is None else given.seed
    options = Options(
        seed=seed, kills=given.kills, stops=given.stops, readers=given.readers, speed=given.speed
    )
    console = Console(width=100)
    console.print(f"Seed {seed}: {given.kills} kills, {given.stops} stops, {given.readers} readers")
    outcome = asyncio.run(run(options, lambda line: console.print(line, highlight=False)))
    show(outcome, console)
    if given.json:
        write_json(outcome, given.json)
    return 1 if faults_of(outcome) else 0


if __name__ == "__main__":
    sys.exit(main())
