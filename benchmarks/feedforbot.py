"""Has feedforbot measured: seeds it, and starts it with the address of another Bot API.

    feedforbot.py seed FOLDER FEED_URL TOKEN CHATS
    feedforbot.py run API_URL ARGUMENT…

It has no setting for that address, so each transport gets it once it is made. Everything else is as
its authors published it. Runs on the Python that feedforbot is installed for.
"""

import json
import sys
from pathlib import Path
from typing import Any

from feedforbot.cli.app import main
from feedforbot.transports import TelegramBotTransport

#: Every ten seconds; its cron rules know no shorter way to be as quick as the others.
RULE = "* * * * * */10"


def seed(folder: str, feed_url: str, token: str, chats: str) -> None:
    """Write its configuration: one scheduler for each chat, as its documents have it."""
    listener = {"type": "rss", "params": {"url": feed_url}}
    schedulers = [
        {
            "rule": RULE,
            "listener": listener,
            "transport": {"type": "telegram_bot", "params": {"token": token, "to": str(chat)}},
        }
        for chat in range(1, int(chats) + 1)
    ]
    Path(folder, "schedulers.yml").write_text(json.dumps(schedulers), encoding="utf-8")


def run(api_url: str, *arguments: str) -> None:
    made = TelegramBotTransport.__init__

    def made_elsewhere(transport: Any, token: str, *given: Any, **named: Any) -> None:
        made(transport, token, *given, **named)
        transport._api_url = f"{api_url}/bot{token}/sendMessage"  # noqa: SLF001 - see above

    TelegramBotTransport.__init__ = made_elsewhere
    main(list(arguments))


if __name__ == "__main__":
    if sys.argv[1] == "seed":
        seed(*sys.argv[2:])
    else:
        run(*sys.argv[2:])
