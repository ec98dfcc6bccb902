"""The commands; what they exit with is in `bot.cli.faults`."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.progress import Progress

from bot import __version__
from bot.cli.faults import Status, leave, telling_faults
from bot.cli.health import health
from bot.cli.letters import letter_panels
from bot.cli.looking import trace
from bot.cli.options import AsJson
from bot.cli.program import INSTALLED, Program
from bot.cli.start import configure_demo_log, loading, read_settings, read_settings_quietly
from bot.cli.structured import show_json
from bot.cli.tables import findings_table, import_lines, polls_table
from bot.cli.terminal import show
from bot.cli.upkeep import add_upkeep
from bot.services.reports import Verdict

_NO_TOKEN: Final = (
    "No bot token is set. To get one, write to @BotFather on Telegram and send /newbot.",
    "Put it into the file .env in this folder, as DEKBOT_BOT_TOKEN=123456789:AA…",
    "To try Dekbot without token and account: make demo (or dekbot demo)",
)
_STATUS_OF: Final = {
    Verdict.OK: Status.FINE,
    Verdict.WARNING: Status.PARTLY,
    Verdict.FAILED: Status.FAILED,
}
_EPILOG: Final = (
    "Exit status: 0 fine, 1 a part failed or check warns, 2 nothing could be done"
    " (settings, arguments, database, token, source), 70 a fault in Dekbot, 130 interrupted."
)

cli: Final = typer.Typer(
    name="dekbot",
    help="Sends every reader the headline and dek of what they follow, on Telegram.",
    epilog=_EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main(arguments: Sequence[str] | None = None, program: Program = INSTALLED) -> None:
    """Run the command that the arguments name, and exit with its status."""
    with telling_faults():
        sys.exit(cli(args=arguments, prog_name="dekbot", obj=program, standalone_mode=False))


def _program(context: typer.Context) -> Program:
    program: Program = context.obj
    return program


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dekbot {__version__}")
        raise typer.Exit


@cli.callback()
def options(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    del version  # _version has seen to it


@cli.command()
def run(context: typer.Context) -> None:
    """Run the bot until it is told to stop."""
    with loading():
        settings = read_settings()
        if settings.bot_token is None:
            leave(Status.FAILED, *_NO_TOKEN)
        run_bot = _program(context).application().run_bot
    asyncio.run(run_bot(settings))


@cli.command()
def demo(
    context: typer.Context,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where the chat page is.")] = 8765,
    speed: Annotated[
        float, typer.Option(min=1, max=600, help="How fast the clock runs; 60: an hour a minute.")
    ] = 1,
    rehearse: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Run no bot; put settings for one of yours there."),
    ] = None,
) -> None:
    """Show everything on this machine: no account, no token, no network."""
    configure_demo_log()
    part = _program(context).demo()
    if rehearse is None:
        asyncio.run(part.run_demo(port, speed))
    elif speed != 1:
        leave(Status.FAILED, "--speed: your bot has a clock of its own; expected no --speed here")
    else:
        asyncio.run(part.rehearse(port, rehearse))


@cli.command()
def check(context: typer.Context, *, json: AsJson = False) -> None:
    """Check machine, Telegram, database and every source; change nothing."""
    findings = asyncio.run(_program(context).application().check(read_settings_quietly()))
    show_json(findings) if json else show(findings_table(findings))
    raise typer.Exit(max((_STATUS_OF[one.verdict] for one in findings), default=Status.FINE))


@cli.command()
def poll(
    context: typer.Context,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read, but change nothing.")] = False,
    json: AsJson = False,
) -> None:
    """Read every source once and show what was read."""
    application = _program(context).application()
    reports = asyncio.run(application.poll_once(read_settings_quietly(), dry_run=dry_run))
    show_json(reports) if json else show(polls_table(reports))
    raise typer.Exit(Status.PARTLY if any(report.fault for report in reports) else Status.FINE)


@cli.command()
def preview(
    context: typer.Context,
    target: Annotated[str, typer.Argument(metavar="URL", help="An article, page or feed.")],
    *,
    json: AsJson = False,
) -> None:
    """Show the messages that an address would give, as Telegram would show them."""
    application = _program(context).application()
    letters = asyncio.run(application.preview(read_settings_quietly(), target))
    show_json(letters) if json else show(letter_panels(letters))


@cli.command("import")
def import_(
    context: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(exists=True, dir_okay=False, readable=True, help="Saved feeds or pages."),
    ],
    *,
    json: AsJson = False,
) -> None:
    """Put saved feeds and pages into the archive; nobody is alerted."""
    application = _program(context).application()
    settings = read_settings_quietly()
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Reading", total=len(files))
        report = asyncio.run(application.import_files(settings, files, lambda _: bar.advance(task)))
    show_json(report) if json else show(import_lines(report))
    raise typer.Exit(Status.PARTLY if report.faults else Status.FINE)


cli.command()(trace)
cli.command()(health)
add_upkeep(cli)
