"""`dekbot run`, faster than its settings allow: the variable SENDS_A_SECOND says how fast.

Telegram takes a thousand messages a second at most, and so does `DEKBOT_SEND_RATE`. What the bot
could do beyond that is of interest to a benchmark alone.
"""

import asyncio
import os

import bot.app
from bot.cli.start import loading, read_settings


def main() -> None:
    with loading():  # as `dekbot run` begins
        settings = read_settings()
        run_bot = bot.app.run_bot
    rate = float(os.environ.get("SENDS_A_SECOND", settings.send_rate))
    asyncio.run(run_bot(settings.model_copy(update={"send_rate": rate})))


if __name__ == "__main__":
    main()
