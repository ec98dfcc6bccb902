"""The bot as it is, with a clock that runs fast: `python -m chaos.program SPEED START BEGUN`.

Its settings are those of `dekbot run`. Each process that is given the same three sees the same
time, so that the clock goes on where a killed process saw it last.
"""

import asyncio
import sys
from datetime import datetime

from bot.app import run_bot
from bot.cli.faults import telling_faults
from bot.cli.start import read_settings
from bot.demo.fast_clock import FastClock


def main() -> None:
    speed, start, begun = sys.argv[1:]
    clock = FastClock(float(speed), start=datetime.fromisoformat(start), begun=float(begun))
    with telling_faults():
        asyncio.run(run_bot(read_settings(), clock=clock))


if __name__ == "__main__":
    main()
