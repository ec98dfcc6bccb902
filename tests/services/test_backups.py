"""Backups are made on time, across restarts, and administrators hear of trouble once."""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.domain.backups import backup_name
from bot.domain.delivery import ChatGone, Unanswered
from bot.services.backups import Backups
from bot.services.waiting import GivenUpError
from bot.storage.backup import BackupFolder
from bot.storage.database import Database
from tests.aids import telling
from tests.aids.clock import FakeClock
from tests.aids.messenger import FakeMessenger
from tests.aids.stocked import full_disk, names_in, url_of
from tests.aids.waiting import until

ADA, BEN = 41, 42
DAY = timedelta(days=1)


class Desk:
    """A bot with a folder for backups, and those who want to know."""

    def __init__(self, store: Database, path: Path, now: datetime) -> None:
        self.store = store
        self.path = path
        self.clock = FakeClock(now)
        self.messenger = FakeMessenger()
        self.folder = path.parent / "backups"
        self.folder.mkdir()
        self.backups = self.started(ADA)

    def started(self, *administrators: int, keep: int = 3) -> Backups:
        """Return the service as it is behind a start of the program."""
        return Backups(
            self.store,
            BackupFolder(url_of(self.path), self.folder),
            telling.administrators(self.store, self.messenger, administrators),
            self.clock,
            every=DAY,
            keep=keep,
        )

    def restart(self, *administrators: int) -> None:
        self.backups = self.started(*(administrators or (ADA,)))

    def lose_folder(self) -> None:
        self.folder.rename(self.folder.with_name("elsewhere"))

    def find_folder(self) -> None:
        self.folder.with_name("elsewhere").rename(self.folder)

    async def turn_after(self, **length: float) -> None:
        self.clock.pass_time(**length)
        await self.backups.turn()

    @property
    def told(self) -> list[tuple[int, str]]:
        return [(to.chat_id, letter.html.split("\n")[0]) for to, letter in self.messenger.told]


@pytest.fixture
def desk(store: Database, database_path: Path, now: datetime) -> Desk:
    return Desk(store, database_path, now)


def made_at(moments: Iterable[datetime]) -> list[str]:
    return sorted(backup_name("dekbot", moment) for moment in moments)


FAIL, WORK = "<b>No backup could be made</b>", "<b>Backups work again</b>"


async def test_one_is_made_a_day_whatever_restarts_come_between(desk: Desk) -> None:
    start = desk.clock()
    for _ in range(9):
        await desk.turn_after(hours=6)
        desk.restart()

    first = start + timedelta(hours=6)
    assert names_in(desk.folder) == made_at([first, first + DAY, first + 2 * DAY])


async def test_the_oldest_go_and_each_is_one_event(desk: Desk) -> None:
    start = desk.clock()
    with capture_logs() as events:
        for _ in range(5):
            await desk.turn_after(days=1)

    kept = [start + number * DAY for number in (3, 4, 5)]
    assert names_in(desk.folder) == made_at(kept)
    assert [event["event"] for event in events] == ["backup_made"] * 5
    assert events[-1]["removed"] == made_at([start + 2 * DAY])
    assert desk.told == []


async def test_trouble_is_told_once_and_its_end_once_across_restarts(desk: Desk) -> None:
    desk.lose_folder()
    with capture_logs() as events:
        for _ in range(4):
            await desk.turn_after(minutes=40)
            desk.restart()
        desk.find_folder()
        for _ in range(2):
            await desk.turn_after(hours=1)
            desk.restart()

    assert desk.told == [(ADA, FAIL), (ADA, WORK)]
    assert "cannot be read" in desk.messenger.told[0][1].html
    assert [event["event"] for event in events].count("backup_made") == 1


async def test_while_it_fails_it_is_tried_again_once_an_hour(desk: Desk) -> None:
    desk.lose_folder()
    with capture_logs() as events:
        for _ in range(121):
            await desk.turn_after(minutes=1)

    assert [event["event"] for event in events].count("backup_failed") == 3


async def test_a_failure_removes_nothing(desk: Desk) -> None:
    for _ in range(4):
        await desk.turn_after(days=1)
    before = names_in(desk.folder)

    with full_disk(after=100_000):
        await desk.turn_after(days=9)

    assert desk.told == [(ADA, FAIL)]
    assert names_in(desk.folder) == before


async def test_a_backup_made_by_hand_ends_the_trouble(desk: Desk) -> None:
    desk.lose_folder()
    await desk.turn_after(minutes=1)
    desk.find_folder()
    desk.clock.pass_time(minutes=1)
    await asyncio.to_thread(BackupFolder(url_of(desk.path), desk.folder).make, desk.clock())

    await desk.turn_after(minutes=1)

    assert desk.told == [(ADA, FAIL), (ADA, WORK)]


async def test_who_was_not_reached_is_told_later_and_who_is_gone_counts_as_told(
    desk: Desk,
) -> None:
    desk.restart(ADA, BEN)
    desk.lose_folder()
    desk.messenger.tell_answers.extend([Unanswered("no answer"), ChatGone("blocked")])
    await desk.turn_after(minutes=1)
    assert desk.told == []

    await desk.turn_after(minutes=1)
    await desk.turn_after(minutes=1)

    assert desk.told == [(ADA, FAIL)]


async def test_who_never_heard_of_the_trouble_does_not_hear_of_its_end(desk: Desk) -> None:
    desk.lose_folder()
    desk.messenger.tell_answers.append(Unanswered("no answer"))
    await desk.turn_after(minutes=1)
    desk.find_folder()

    await desk.turn_after(hours=2)

    assert desk.told == []


async def test_a_stopped_backup_is_no_failure(desk: Desk) -> None:
    desk.backups.stop()
    with capture_logs() as events:
        await desk.turn_after(days=1)

    assert [event["event"] for event in events] == ["backup_stopped"]
    assert (desk.told, names_in(desk.folder)) == ([], [])


async def test_stopped_while_telegram_is_silent_it_ends_at_once_and_tells_after_the_next_start(
    desk: Desk,
) -> None:
    desk.messenger.door.clear()
    desk.restart()
    desk.lose_folder()
    turn = asyncio.create_task(desk.backups.turn())
    await until(lambda: desk.messenger.under_way == 1)
    desk.backups.stop()
    with pytest.raises(GivenUpError):
        await turn

    desk.messenger.door.set()
    desk.restart()
    await desk.backups.turn()
    assert desk.told == [(ADA, FAIL)]
