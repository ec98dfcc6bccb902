"""A tiny bot that loses alerts, for tests of the harness that counts them.

It reads a feed again and again, and sends what is new to the chats 1, 2, 3 …, one after another,
whatever Telegram answers. What it has seen is in a file in its folder; the environment says how it
is naive:

- SAVES=before: an article counts as seen before it is sent, not behind it.
- SKIPS=5: every fifth chat gets nothing. REPEATS=5: every fifth chat gets it twice.
- HANGS=10: in its first life it does nothing more after ten messages.
"""

import json
import os
import re
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

SEEN = Path("seen.json")
HUNG = Path("hung")


class NaiveBot:
    def __init__(self) -> None:
        self.api = f"{os.environ['API_URL']}/bot{os.environ['TOKEN']}"
        self.feed = os.environ["FEED_URL"]
        self.chats = int(os.environ["CHATS"])
        self.skips, self.repeats, self.hangs = map(_number, ("SKIPS", "REPEATS", "HANGS"))
        self.sent = 0

    def look(self) -> None:
        """Read the feed once, and send what is new."""
        self.call("getUpdates")
        with urlopen(self.feed) as answer:  # noqa: S310 - the test's own server
            titles = re.findall(r"<item>\s*<title>([^<]*)", answer.read().decode())
        seen = json.loads(SEEN.read_text()) if SEEN.exists() else titles
        fresh = [title for title in titles if title not in seen]
        if os.environ.get("SAVES") == "before" or not fresh:
            SEEN.write_text(json.dumps(titles))
        for title in fresh:
            self.alert(title)
        SEEN.write_text(json.dumps(titles))

    def alert(self, title: str) -> None:
        for chat in range(1, self.chats + 1):
            if self.skips and chat % self.skips == 0:
                continue
            times = 2 if self.repeats and chat % self.repeats == 0 else 1
            for _ in range(times):
                self.send(chat, title)

    def send(self, chat: int, text: str) -> None:
        if self.hangs and self.sent == self.hangs and not HUNG.exists():
            HUNG.touch()
            time.sleep(600)
        self.sent += 1
        with suppress(HTTPError):
            self.call("sendMessage", chat_id=chat, text=text)

    def call(self, method: str, **parameters: object) -> None:
        kind = {"Content-Type": "application/json"}
        request = Request(f"{self.api}/{method}", json.dumps(parameters).encode(), kind)  # noqa: S310 - as above
        with urlopen(request):  # noqa: S310 - as above
            pass


def _number(name: str) -> int:
    return int(os.environ.get(name, "0"))


def main() -> None:
    bot = NaiveBot()
    if "--fails" in sys.argv:
        sys.exit("nobody told me the way")
    while True:
        bot.look()
        time.sleep(0.05)


if __name__ == "__main__":
    main()
