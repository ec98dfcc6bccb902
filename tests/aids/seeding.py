"""Many chats at once, straight into a database."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.domain.topic import section
from bot.storage.database import Database
from tests.aids.archive import subscribe
from tests.conftest import SITE_ZONE

_NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)


async def seed(database_path: Path, count: int, section_name: str = "Economy") -> None:
    """Store that many private chats, numbered from 1, that follow the section."""
    topic = section(section_name)
    database = Database(f"sqlite+aiosqlite:///{database_path}", SITE_ZONE)
    try:
        async with database.writing() as records:
            for chat_id in range(1, count + 1):
                await subscribe(records, chat_id, _NOW, follows=[topic])
    finally:
        await database.close()
