"""Seeds Dekbot for a workload: `python -m benchmarks.seeding --feed-url … --chats … FOLDER`.

Puts a site profile that reads nothing but the feed, and a database in which so many private chats,
numbered from 1, follow the section Economy, into the folder.
"""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.demo.newsroom import profile_text
from bot.storage.migrate import migrate
from tests.aids.seeding import seed

PROFILE = "site.toml"
DATABASE = "dekbot.db"


def database_url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / DATABASE}"


def put_profile(folder: Path, newsroom_url: str) -> None:
    text = profile_text(newsroom_url, poll_interval="1s").partition('[[sources]]\nkind = "page"')[0]
    (folder / PROFILE).write_text(text, encoding="utf-8")


def main(
    folder: Path,
    *,
    feed_url: Annotated[str, typer.Option(help="The newsroom's feed.")],
    chats: Annotated[int, typer.Option(min=1, help="How many chats.")],
) -> None:
    """Make a profile and a database for the bot."""
    put_profile(folder, feed_url.removesuffix("/feed/"))
    migrate(database_url(folder))
    asyncio.run(seed(folder / DATABASE, chats))


if __name__ == "__main__":
    typer.run(main)
