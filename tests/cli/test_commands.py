import json
import subprocess
import sys
from pathlib import Path

import pytest
import structlog

from bot import __version__
from bot.domain.errors import (
    BotRefusedError,
    ConfigurationError,
    DatabaseError,
    DekbotError,
    SourceError,
)
from bot.services.backup_reports import UpgradeReport
from bot.services.reports import Finding
from bot.settings import Settings
from tests.aids.application import Dekbot, Ended, FakeApplication

TOKEN = "123456789:AAExampleExampleExampleExample_-1234"
PROJECT = Path(__file__).resolve().parents[2]


def test_the_version_is_told(dekbot: Dekbot) -> None:
    assert dekbot("--version") == Ended(0, f"dekbot {__version__}\n", "")


def test_help_names_every_command_and_status(dekbot: Dekbot) -> None:
    told = dekbot("--help").out

    for word in ["run", "demo", "check", "poll", "preview", "import", "migrate", "Exit status"]:
        assert word in told


def test_without_a_token_run_says_in_three_lines_what_to_do(
    dekbot: Dekbot, application: FakeApplication
) -> None:
    ended = dekbot("run")

    lines = ended.err.splitlines()
    assert ended.status == 2
    assert len(lines) == 3
    assert "@BotFather" in lines[0]
    assert ".env" in lines[1]
    assert "make demo" in lines[2]
    assert application.asked == []


def test_with_a_token_the_bot_runs(
    dekbot: Dekbot, application: FakeApplication, folder: Path
) -> None:
    (folder / ".env").write_text(f"DEKBOT_BOT_TOKEN={TOKEN}\n")

    assert dekbot("run") == Ended(0, "", "")
    assert application.asked == [("run", (TOKEN,))]


def test_the_demo_takes_a_port_and_cares_for_no_setting(
    dekbot: Dekbot, application: FakeApplication, folder: Path
) -> None:
    (folder / ".env").write_text("DEKBOT_SEND_RATE=nonsense\n")

    assert dekbot("demo").status == 0
    assert dekbot("demo", "--port", "0").status == 0
    assert application.asked == [("demo", 8765, 1), ("demo", 0, 1)]


def test_the_demo_leaves_the_bot_to_whoever_rehearses(
    dekbot: Dekbot, application: FakeApplication, folder: Path
) -> None:
    assert dekbot("demo", "--rehearse", ".").status == 0
    assert application.asked == [("rehearse", 8765, Path())]


def test_whoever_rehearses_cannot_make_the_clock_run(
    dekbot: Dekbot, application: FakeApplication
) -> None:
    ended = dekbot("demo", "--rehearse", ".", "--speed", "60")

    assert (ended.status, application.asked) == (2, [])
    assert ended.err.startswith("--speed: ")
    assert len(ended.err.splitlines()) == 1


def test_wrong_settings_are_told_one_a_line(
    dekbot: Dekbot, application: FakeApplication, folder: Path
) -> None:
    (folder / ".env").write_text("DEKBOT_SEND_RATE=fast\nDEKBOT_LOG_FORMAT=xml\n")

    for command in (
        ["run"],
        ["check"],
        ["poll"],
        ["preview", "x"],
        ["migrate"],
        ["backup", "x"],
        ["restore", "x"],
        ["prune"],
    ):
        ended = dekbot(*command)

        assert ended.status == 2
        assert [line.partition(":")[0] for line in ended.err.splitlines()] == [
            "DEKBOT_SEND_RATE",
            "DEKBOT_LOG_FORMAT",
        ]
    assert application.asked == []


@pytest.mark.parametrize(
    ("error", "lines"),
    [
        (ConfigurationError("a: wrong", "b: wrong too"), ["a: wrong", "b: wrong too"]),
        (DatabaseError("the disk is full"), ["the disk is full"]),
        (BotRefusedError(f"refused: {TOKEN}"), ["refused: …"]),
        (SourceError("timeout", "the feed is slow"), ["the feed is slow"]),
        (DekbotError("whatever"), ["whatever"]),
    ],
)
def test_an_error_with_a_name_is_told_without_a_traceback(
    dekbot: Dekbot, application: FakeApplication, error: DekbotError, lines: list[str]
) -> None:
    application.raises = error

    ended = dekbot("poll")

    assert (ended.status, ended.out) == (2, "")
    assert ended.err.splitlines() == lines


def test_an_error_nobody_foresaw_is_told_without_secrets(
    dekbot: Dekbot, application: FakeApplication
) -> None:
    application.raises = RuntimeError(f"GET /bot{TOKEN}/getMe")

    ended = dekbot("migrate")

    assert ended.status == 70
    assert "RuntimeError: GET /bot…/getMe" in ended.err
    assert TOKEN not in ended.err


@pytest.mark.parametrize("command", ["demo", "migrate"])
def test_ctrl_c_ends_it_quietly(dekbot: Dekbot, application: FakeApplication, command: str) -> None:
    application.raises = KeyboardInterrupt()

    assert dekbot(command) == Ended(130, "", "")


@pytest.mark.parametrize(
    "arguments", [["import"], ["import", "missing.xml"], ["preview"], ["nonsense"], ["demo", "x"]]
)
def test_wrong_arguments_are_told_with_status_2(
    dekbot: Dekbot, application: FakeApplication, arguments: list[str]
) -> None:
    ended = dekbot(*arguments)

    assert ended.status == 2
    assert ended.err
    assert application.asked == []


def test_migrate_tells_its_steps(dekbot: Dekbot, application: FakeApplication) -> None:
    application.upgraded = UpgradeReport(steps=("0001: first schema",))

    assert dekbot("migrate").out.splitlines() == [
        "Done: 0001: first schema",
        "The database is up to date.",
    ]


@pytest.mark.parametrize(
    ("level", "shown"),
    [("INFO", ["warned"]), ("DEBUG", ["told", "warned"]), ("ERROR", [])],
)
def test_commands_with_a_table_log_little_beside_it(
    dekbot: Dekbot,
    application: FakeApplication,
    folder: Path,
    level: str,
    shown: list[str],
) -> None:
    (folder / ".env").write_text(f"DEKBOT_LOG_LEVEL={level}\nDEKBOT_LOG_FORMAT=json\n")
    log = structlog.get_logger("dekbot.test")

    async def check(settings: Settings) -> list[Finding]:
        log.info("told", site=settings.site)
        log.warning("warned")
        return []

    application.check = check  # type: ignore[method-assign]
    lines = dekbot("check").err.splitlines()

    events = [json.loads(line) for line in lines if "dekbot.test" in line]
    assert [event["event"] for event in events] == shown


def test_help_loads_nothing_that_it_does_not_need() -> None:
    """Start-up time, measured by its cause."""
    script = (
        "import sys, bot.cli\n"
        "heavy = {'telegram', 'sqlalchemy', 'aiohttp', 'pydantic', 'structlog', 'feedparser'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    ended = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True
    )

    assert ended.stdout == "[]\n"


def test_python_m_bot_is_dekbot() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "--version"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert ended.stdout == f"dekbot {__version__}\n"
