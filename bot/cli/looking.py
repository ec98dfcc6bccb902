"""Commands that only look."""

import asyncio
import re
from typing import Annotated, Final

import typer

from bot.cli.faults import Status
from bot.cli.options import AsJson
from bot.cli.program import Program
from bot.cli.start import read_settings_quietly
from bot.cli.structured import show_json
from bot.cli.terminal import show
from bot.cli.traces import trace_tables
from bot.services.traces import Trace

#: What the bot's own settings take for one (`DEKBOT_ADMIN_IDS`).
_CHAT_ID: Final = re.compile(r"-?[1-9]\d{0,15}", re.ASCII)
#: More would be a flood of rows.
_MOST: Final = 10_000


def _chat_id(text: str) -> int:
    if not _CHAT_ID.fullmatch(text):
        raise typer.BadParameter(f"{text!r} is no chat id, like 123456789 or -1001234567890")
    return int(text)


def _limit(text: str | int) -> int:
    number = int(text) if str(text).isascii() and str(text).isdecimal() else -1
    if not 0 <= number <= _MOST:
        raise typer.BadParameter(f"{text!r} is no whole number from 0 to {_MOST}")
    return number


def trace(
    context: typer.Context,
    target: Annotated[
        str, typer.Argument(metavar="URL", help="An article's address, or its path on the site.")
    ],
    *,
    chat: Annotated[
        int | None,
        typer.Option(
            metavar="ID", parser=_chat_id, help="Tell of this chat, whether it got it or not."
        ),
    ] = None,
    limit: Annotated[
        int,
        typer.Option(
            metavar="NUMBER", parser=_limit, help="How many deliveries to tell one by one."
        ),
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
