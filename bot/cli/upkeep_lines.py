"""Tells in sentences what became of a backup, a restore or a pruning."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rich.text import Text

from bot.cli.terminal import plain
from bot.domain.duration import format_duration
from bot.services.backup_reports import BackupReport, Contents, PruneReport, RestoreReport

if TYPE_CHECKING:
    from bot.settings import Settings


def backup_lines(report: BackupReport) -> Text:
    return _lines(
        f"{report.file}: {_size(report.size)}, opened and found good"
        f" in {report.seconds:.1f} s (schema {report.contents.revision}).",
        _contents(report.contents),
    )


def restore_lines(report: RestoreReport, max_age: timedelta) -> Text:
    """Return what is in place now, and what may come twice or never."""
    lines = [
        f"{report.file} is in place of {report.database}.",
        _contents(report.contents),
        *(f"Upgraded: {step}" for step in report.steps),
    ]
    if report.kept:
        lines.append(f"The database that was there before: {report.kept}")
    if report.dropped:
        why = "was due by now" if report.no_repeats else f"was due {_age(max_age)} ago and more"
        lines.append(f"{report.dropped} open deliveries are not sent any more: what {why}.")
    lines += _warning(report, max_age)
    return _lines(*lines)


def prune_lines(report: PruneReport, settings: "Settings", *, dry_run: bool) -> Text:
    verb = "would be deleted" if dry_run else "deleted"
    kept = format_duration(settings.keep_articles) if settings.keep_articles else "for ever"
    lines = [
        (
            f"{report.deliveries} settled deliveries {verb}"
            f" (kept: {format_duration(settings.keep_deliveries)})."
        ),
        f"{report.articles} articles {verb} (kept: {kept}).",
        f"{report.expired} codes, set-ups and broadcasts that had ended {verb}.",
        (
            f"{report.closed} articles {'would be closed' if dry_run else 'closed'}:"
            " they alert no more."
        ),
    ]
    if report.freed:
        lines.append(f"The file is {_size(report.freed)} smaller.")
    return _lines(*lines)


def _warning(report: RestoreReport, max_age: timedelta) -> list[str]:
    if report.no_repeats:
        return [
            (
                "What the sources show at their next reading is stored and alerts nobody, so that"
                " nothing comes twice."
            ),
            *_people(),
        ]
    return [
        (
            f"{report.still_owed} open deliveries stay owed. What was sent since the backup may"
            f" come again, unless it is older than {_age(max_age)} (DEKBOT_MAX_ALERT_AGE);"
            " --no-repeats would rather lose it."
        ),
        *_people(),
    ]


def _people() -> list[str]:
    return ["Follows, mutes and /stop since the backup are undone."]


def _contents(contents: Contents) -> str:
    return (
        f"Articles: {contents.articles}; subscribers: {contents.subscribers}; deliveries:"
        f" {contents.deliveries}, open: {contents.open_deliveries}; as of"
        f" {_moment(contents.as_of)}."
    )


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} {moment.tzname()}" if moment else "no time at all"


def _age(length: timedelta) -> str:
    return format_duration(length)


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


def _lines(*lines: str) -> Text:
    return Text("\n".join(plain(line) for line in lines))
