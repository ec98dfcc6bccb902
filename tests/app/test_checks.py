"""What `dekbot check` makes of what it sees; what it sees is in `tests/e2e/test_check.py`."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from bot.app.checks.backups import backups
from bot.app.checks.clocks import clocks
from bot.app.checks.contents import Contents, contents
from bot.app.checks.database import Stored
from bot.app.checks.machine import engine
from bot.app.checks.pace import pace
from bot.app.checks.room import room
from bot.app.checks.wording import length, size
from bot.services.records import OutboxFigures
from bot.services.reports import Finding, Verdict
from bot.settings import Settings
from bot.storage.file_facts import FileFacts

NOW: Final = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
MIB: Final = 1_048_576
OK, WARNING, FAILED = Verdict.OK, Verdict.WARNING, Verdict.FAILED


def holds(**values: object) -> Contents:
    usual: dict[str, object] = {
        "articles": 3,
        "chats": {},
        "outbox": OutboxFigures(owed=1, held=0, sent=2, dropped=0, failed=0),
        "oldest_due": None,
        "sources": {},
        "administrators": {},
    }
    return Contents(**usual | values)  # type: ignore[arg-type]


def judged(finding: Finding, verdict: Verdict) -> None:
    """Assert the verdict, and that there is something to do just where all is not well."""
    assert finding.verdict is verdict, finding
    assert bool(finding.remedy) is (verdict is not OK)


@pytest.mark.parametrize(
    ("version", "has_fts5", "verdict"),
    [
        ((3, 45, 1), True, OK),
        ((3, 38, 0), True, OK),
        ((3, 37, 2), True, FAILED),
        ((3, 45, 1), False, FAILED),
    ],
)
def test_an_sqlite_that_is_too_old_or_cannot_search_fails(
    version: tuple[int, ...], has_fts5: bool, verdict: Verdict
) -> None:
    judged(engine(version, has_fts5=has_fts5), verdict)


@pytest.mark.parametrize(
    ("telegram", "site", "verdict", "words"),
    [
        (0, 0, OK, "agrees with Telegram, agrees with a.example"),
        (59, 0, OK, "is 59 s ahead of Telegram"),
        (600, 600, WARNING, "is 10 minutes ahead of Telegram"),
        (-7200, 0, WARNING, "is 2 hours behind Telegram"),
        (0, 86_400, OK, "agrees with Telegram, is 24 hours ahead of a.example"),
        (None, 86_400, WARNING, "is 24 hours ahead of a.example"),
        (None, None, OK, "no server told the time"),
    ],
)
def test_telegrams_clock_counts_and_a_sites_where_there_is_no_other(
    telegram: float | None, site: float | None, verdict: Verdict, words: str
) -> None:
    ahead = None if telegram is None else timedelta(seconds=telegram)
    sites = {} if site is None else {"a.example": timedelta(seconds=site)}

    (finding,) = clocks(ahead, sites)

    judged(finding, verdict)
    assert words in finding.text


@pytest.mark.parametrize(
    ("free", "size", "wal_size", "verdict"),
    [
        (1000, 900, 4, OK),
        (49, 1, 0, FAILED),
        (800, 900, 0, WARNING),
        (1000, 10, 300, WARNING),
        (60, None, 0, OK),
    ],
)
def test_a_disk_without_room_and_a_log_that_only_grows_are_told(
    free: int, size: int | None, wal_size: int, verdict: Verdict
) -> None:
    facts = FileFacts(
        path=Path("dekbot.db"),
        size=size and size * MIB,
        wal_size=wal_size * MIB,
        free=free * MIB,
        closed=None,
    )

    judged(room(facts), verdict)


@pytest.mark.parametrize(
    ("minutes", "is_running", "verdict", "words"),
    [
        (None, True, OK, "none is due"),
        (5, True, OK, "5 minutes"),
        (45, True, WARNING, "45 minutes"),
        (45, False, WARNING, "45 minutes"),
    ],
)
def test_what_has_been_due_for_long_is_told(
    minutes: int | None, is_running: bool, verdict: Verdict, words: str
) -> None:
    oldest = None if minutes is None else NOW - timedelta(minutes=minutes)

    *_, finding = contents(holds(oldest_due=oldest), NOW, is_running=is_running)

    judged(finding, verdict)
    assert words in finding.text
    assert ("dekbot run" in finding.remedy) is (not is_running)


@pytest.mark.parametrize(
    ("rate", "chats", "verdict", "words"),
    [
        (28, 0, OK, "28 alerts a second; Telegram allows about 30"),
        (28, 280, OK, "every active chat (280) takes 10 s"),
        (0.01, 280, WARNING, "takes 7 hours"),
        (1000, 5, OK, "as paid broadcasts (0.1 Stars each)"),
    ],
)
def test_the_pace_is_held_against_telegrams_limit_and_the_audience(
    rate: float, chats: int, verdict: Verdict, words: str
) -> None:
    database = Stored(findings=(), contents=holds(chats={"active": chats, "retired": 9}))

    (finding,) = pace(Settings(send_rate=rate), database)

    judged(finding, verdict)
    assert words in finding.text


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 B"), (1023, "1023 B"), (1536, "1.5 KiB"), (5 * MIB, "5.0 MiB"), (2**31, "2.0 GiB")],
)
def test_sizes_have_words(number: int, words: str) -> None:
    assert size(number) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (119, "119 s"), (120, "2 minutes"), (7199, "119 minutes"), (7200, "2 hours")],
)
def test_lengths_of_time_have_words(seconds: int, words: str) -> None:
    assert length(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("made", "verdict", "words"),
    [
        ([], WARNING, "there is none yet"),
        (["dekbot-20260304T040000Z.db"], OK, "from 66 minutes ago"),
        (["dekbot-20260303T040000Z.db"], OK, "from 25 hours ago"),
        (["dekbot-20260302T040000Z.db", "other-20260304T040000Z.db"], WARNING, "from 2 days ago"),
    ],
)
def test_the_newest_backup_is_as_young_as_the_settings_ask(
    tmp_path: Path, made: list[str], verdict: Verdict, words: str
) -> None:
    for name in made:
        (tmp_path / name).touch()

    finding = backups(Settings(backup_folder=tmp_path), NOW)

    judged(finding, verdict)
    assert words in finding.text


def test_a_folder_for_backups_that_is_missing_is_a_fault(tmp_path: Path) -> None:
    finding = backups(Settings(backup_folder=tmp_path / "missing"), NOW)

    judged(finding, FAILED)
    assert "DEKBOT_BACKUP_FOLDER" in finding.text


def test_no_backups_are_told_and_no_fault() -> None:
    judged(backups(Settings(), NOW), OK)
