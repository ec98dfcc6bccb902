"""The commands that look after the database: backup, restore, prune, migrate."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from bot.cli.options import AsJson
from bot.cli.program import Application, Program
from bot.cli.start import read_settings_quietly
from bot.cli.structured import show_json
from bot.cli.terminal import plain, show
from bot.cli.upkeep_lines import backup_lines, prune_lines, restore_lines
from bot.services.backup_reports import PruneReport


def add_upkeep(cli: typer.Typer) -> None:
    """Give the command line these commands."""
    for command in (backup, restore, prune, migrate):
        cli.command()(command)


def backup(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A file, or a folder: then the name has the date.")
    ],
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    json: AsJson = False,
) -> None:
    """Copy the database, beside a running bot too, and look the copy over."""
    settings = read_settings_quietly()
    with _bar("Copying") as on_progress:
        report = _application(context).backup(settings, file, force=force, on_progress=on_progress)
    show_json(report) if json else show(backup_lines(report))


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    *,
    no_repeats: Annotated[
        bool,
        typer.Option(
            "--no-repeats",
            help="Rather lose an alert than send one again that was sent since the backup.",
        ),
    ] = False,
    json: AsJson = False,
) -> None:
    """Put a backup in the database's place; the present one is kept under another name."""
    settings = read_settings_quietly()
    with _bar("Copying") as on_progress:
        report = _application(context).restore(
            settings, file, no_repeats=no_repeats, on_progress=on_progress
        )
    show_json(report) if json else show(restore_lines(report, settings.max_alert_age))


def prune(
    context: typer.Context,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would be deleted, and delete nothing.")
    ] = False,
    shrink: Annotated[
        bool, typer.Option("--shrink", help="Make the file smaller too; no bot may run on it.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Delete what is older than the settings say; the running bot does it once a day."""
    settings = read_settings_quietly()
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Pruning", total=None)

        def on_step(report: PruneReport) -> None:
            number = report.deliveries + report.articles
            bar.update(task, description=f"Pruning, {number} rows so far")

        work = _application(context).prune(
            settings, dry_run=dry_run, shrink=shrink, on_step=on_step
        )
        report = asyncio.run(work)
    show_json(report) if json else show(prune_lines(report, settings, dry_run=dry_run))


def migrate(
    context: typer.Context,
    *,
    no_backup: Annotated[
        bool, typer.Option("--no-backup", help="Keep no copy of what was there before.")
    ] = False,
) -> None:
    """Bring the database up to date; a copy of what was there before is kept beside it."""
    report = _application(context).migrate(read_settings_quietly(), backup=not no_backup)
    if report.copy:
        show(Text(plain(f"Kept: {report.copy}, the database as it was before")))
    if report.fault:
        show(Text(plain(f"No copy was kept: {report.fault}")))
    for step in report.steps:
        show(f"Done: {step}")
    show("The database is up to date.")


def _application(context: typer.Context) -> Application:
    program: Program = context.obj
    return program.application()


@contextmanager
def _bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar on a terminal; yield what moves it."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
