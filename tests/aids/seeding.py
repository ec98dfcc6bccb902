"""Many chats at once, straight into a database."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine, insert
from sqlalchemy.pool import NullPool

from bot.domain.matching import Stance
from bot.domain.subscriber import ChatKind, Standing
from bot.domain.topic import section
from bot.storage import tables
from bot.storage.database import Database
from bot.storage.stances import SIGNS
from tests.aids.archive import topic_number
from tests.conftest import SITE_ZONE

_NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)


async def seed(database_path: Path, count: int, section_name: str = "Economy") -> None:
    """Store that many private chats, numbered from 1, that follow the section."""
    topic = section(section_name)
    database = Database(f"sqlite+aiosqlite:///{database_path}", SITE_ZONE)
    async with database.writing() as records:
        await records.topics.ensure([topic], _NOW)
        topic_id = await topic_number(records, topic)
    await database.close()
    chats = [
        {
            "id": number,
            "chat_id": number,
            "thread_id": 0,
            "kind": ChatKind.PRIVATE,
            "language": "en",
            "standing": Standing.ACTIVE,
            "created_at": _NOW,
        }
        for number in range(1, count + 1)
    ]
    follow = {"topic_id": topic_id, "stance": SIGNS[Stance.FOLLOW]}
    follows = [{"subscriber_id": chat["id"], **follow} for chat in chats]
    engine = create_engine(f"sqlite:///{database_path}", poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(insert(tables.subscribers), chats)
        connection.execute(insert(tables.stances), follows)
