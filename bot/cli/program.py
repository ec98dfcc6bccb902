"""What the command line needs from the rest of the program.

Everything is imported where it is used first, against the custom of this project: `--help`,
`--version` and a mistyped command answer in a quarter of the time that all imports take.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from bot.services.backup_reports import (
    BackupReport,
    PruneReport,
    RestoreReport,
    UpgradeReport,
)
from bot.services.reports import Finding, ImportReport, PollReport
from bot.services.traces import Trace
from bot.texts.letter import Letter

if TYPE_CHECKING:
    from bot.settings import Settings

#: Called when a file is done.
Progress = Callable[[Path], None]
#: Called with how much of the work is done, and how much there is.
OnProgress = Callable[[int, int], None]
#: Called with what was deleted so far.
OnStep = Callable[[PruneReport], None]


class Application(Protocol):
    """What `bot.app` offers. All that write bring the database up to date themselves."""

    async def run_bot(self, settings: "Settings") -> None:
        """Run until told to stop by SIGINT or SIGTERM."""

    async def poll_once(self, settings: "Settings", *, dry_run: bool) -> list[PollReport]:
        """Read every source once; a dry run changes nothing."""

    async def check(self, settings: "Settings") -> list[Finding]: ...

    async def preview(self, settings: "Settings", target: str) -> list[Letter]:
        """Return the alerts for an article's or a feed's address."""

    async def import_files(
        self, settings: "Settings", paths: Sequence[Path], progress: Progress
    ) -> ImportReport: ...

    async def trace(
        self, settings: "Settings", target: str, limit: int, chat_id: int | None
    ) -> Trace:
        """Return the path of the article with this address."""

    def migrate(self, settings: "Settings", *, backup: bool) -> UpgradeReport:
        """Bring the database up to date; with `backup`, keep a copy of what was there before."""

    def backup(
        self, settings: "Settings", wanted: str, *, force: bool, on_progress: OnProgress
    ) -> BackupReport:
        """Copy the database to a file, or into a folder."""

    def restore(
        self, settings: "Settings", file: Path, *, no_repeats: bool, on_progress: OnProgress
    ) -> RestoreReport:
        """Put a backup in the database's place."""

    async def prune(
        self, settings: "Settings", *, dry_run: bool, shrink: bool, on_step: OnStep
    ) -> PruneReport:
        """Delete what is over."""


class Demo(Protocol):
    """What `bot.demo` offers."""

    async def run_demo(self, port: int, speed: float) -> None:
        """Run until told to stop, with the chat page on this port of the loopback interface."""

    async def rehearse(self, port: int, folder: Path) -> None:
        """Do the same without the bot, whose settings are put into the folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """The parts behind the commands, each loaded when a command asks for it."""

    application: Callable[[], Application]
    demo: Callable[[], Demo]


def _application() -> Application:
    from bot import app

    return app


def _demo() -> Demo:
    from bot import demo

    return demo


INSTALLED: Final = Program(application=_application, demo=_demo)
