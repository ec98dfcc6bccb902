"""`dekbot run`, faster than its settings allow: the variable SENDS_A_SECOND says how fast.

Telegram takes a thousand messages a second at most, and so does `DEKBOT_SEND_RATE`. What the bot
could do beyond that is of interest to a benchmark alone.
"""

import asyncio
import os

from bot.app import run_bot
from bot.logs import configure_logging
from bot.settings import load_settings


def main() -> None:
    settings = load_settings()
    configure_logging(settings.log_level, settings.log_format, secrets=settings.secrets)
    rate = float(os.environ.get("SENDS_A_SECOND", settings.send_rate))
    asyncio.run(run_bot(settings.model_copy(update={"send_rate": rate})))


if __name__ == "__main__":
    main()
