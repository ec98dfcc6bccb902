"""Commands that only look."""

import asyncio
from typing import Annotated

import typer

from bot.cli.faults import Status
from bot.cli.options import AsJson
from bot.cli.program import Program
from bot.cli.start import read_settings_quietly
from bot.cli.structured import show_json
from bot.cli.terminal import show
from bot.cli.traces import trace_tables
from bot.services.traces import Trace


def trace(
    context: typer.Context,
    target: Annotated[
        str, typer.Argument(metavar="URL", help="An article's address, or its path on the site.")
    ],
    *,
    chat: Annotated[
        int | None, typer.Option(metavar="ID", help="Tell of this chat, whether it got it or not.")
    ] = None,
    limit: Annotated[
        int, typer.Option(min=0, max=10_000, help="How many deliveries to tell one by one.")
    ] = 20,
    json: AsJson = False,
) -> None:
    """Tell an article's path: when seen, whom it matched and why, what became of each delivery."""
    program: Program = context.obj
    told = asyncio.run(
        program.application().trace(read_settings_quietly(), target, limit, chat_id=chat)
    )
    show_json(told) if json else show(trace_tables(told))
    raise typer.Exit(_status(told))


def _status(told: Trace) -> Status:
    if told.article is None:
        return Status.FAILED
    return Status.PARTLY if told.chat_id is not None and not told.chats else Status.FINE
