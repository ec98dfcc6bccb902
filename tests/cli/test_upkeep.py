"""The commands that look after the database, as they are typed and as they answer."""

import json
from dataclasses import replace

import pytest

from bot.domain.errors import BackupError
from bot.services.backup_reports import PruneReport, UpgradeReport
from tests.aids.application import Dekbot, FakeApplication

URL = "sqlite+aiosqlite:///data/dekbot.db"


def test_a_backup_is_told_in_two_lines(dekbot: Dekbot, application: FakeApplication) -> None:
    ended = dekbot("backup", "copy.db")

    assert application.asked == [("backup", URL, "copy.db", False)]
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "copy.db: 1.2 MB, opened and found good in 0.5 s (schema 0009).",
        ("Articles: 3; subscribers: 2; deliveries: 6, open: 1; as of 2026-03-04 05:06 UTC."),
    ]


def test_a_backup_is_told_as_json(dekbot: Dekbot, application: FakeApplication) -> None:
    told = json.loads(dekbot("backup", "copy.db", "--force", "--json").out)

    assert application.asked == [("backup", URL, "copy.db", True)]
    assert (told["file"], told["size"], told["contents"]["open_deliveries"]) == (
        "copy.db",
        1_234_567,
        1,
    )
    assert told["contents"]["as_of"] == "2026-03-04T05:06:00+00:00"


def test_a_restore_says_what_may_come_again(dekbot: Dekbot, application: FakeApplication) -> None:
    application.restored = replace(application.restored, kept="old.db", dropped=5)

    told = " ".join(dekbot("restore", "copy.db").out.split())

    assert application.asked == [("restore", URL, "copy.db", False)]
    assert "The database that was there before: old.db" in told
    assert "5 open deliveries are not sent any more: what was due 1d ago and more." in told
    assert "What was sent since the backup may come again, unless it is older than 1d" in told


def test_a_restore_without_repeats_says_that_nothing_comes_twice(
    dekbot: Dekbot, application: FakeApplication
) -> None:
    told = " ".join(dekbot("restore", "copy.db", "--no-repeats").out.split())

    assert application.asked == [("restore", URL, "copy.db", True)]
    assert "stored and alerts nobody, so that nothing comes twice" in told
    assert "may come again" not in told


@pytest.mark.parametrize(
    ("options", "verb"), [((), "deleted"), (("--dry-run",), "would be deleted")]
)
def test_pruning_tells_what_went_or_would_go(
    dekbot: Dekbot, application: FakeApplication, options: tuple[str, ...], verb: str
) -> None:
    application.pruned = PruneReport(deliveries=7, articles=2, closed=1)

    lines = dekbot("prune", *options).out.splitlines()

    assert application.asked == [("prune", 90, bool(options), False)]
    assert lines[0] == f"7 settled deliveries {verb} (kept: 90d)."
    assert lines[1] == f"2 articles {verb} (kept: for ever)."


def test_shrinking_tells_by_how_much(dekbot: Dekbot, application: FakeApplication) -> None:
    application.pruned = PruneReport(freed=3_000_000)

    assert "The file is 3.0 MB smaller." in dekbot("prune", "--shrink").out
    assert application.asked == [("prune", 90, False, True)]
    assert json.loads(dekbot("prune", "--json").out)["freed"] == 3_000_000


def test_migrate_tells_of_the_copy_or_why_there_is_none(
    dekbot: Dekbot, application: FakeApplication
) -> None:
    application.upgraded = UpgradeReport(steps=("0009: x",), copy="dekbot.before-0009.db")
    assert dekbot("migrate").out.startswith("Kept: dekbot.before-0009.db")

    application.upgraded = UpgradeReport(steps=("0009: x",), fault="no room")
    assert dekbot("migrate").out.startswith("No copy was kept: no room\n")

    dekbot("migrate", "--no-backup")
    assert [asked[2] for asked in application.asked] == [True, True, False]


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_fault_is_one_line_with_status_2(
    dekbot: Dekbot, application: FakeApplication, command: str
) -> None:
    application.raises = BackupError("the disk is full; make room")

    ended = dekbot(command, "copy.db")

    assert (ended.status, ended.out, ended.err) == (2, "", "the disk is full; make room\n")


@pytest.mark.parametrize(
    "arguments", [["backup"], ["restore"], ["backup", "a", "b"], ["prune", "x"], ["migrate", "-x"]]
)
def test_wrong_arguments_are_told_and_nothing_is_done(
    dekbot: Dekbot, application: FakeApplication, arguments: list[str]
) -> None:
    ended = dekbot(*arguments)

    assert ended.status == 2
    assert ended.err
    assert application.asked == []
