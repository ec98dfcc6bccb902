"""What the command line needs from the rest of the program.

Everything is imported where it is used first, against the custom of this project: `--help`,
`--version` and a mistyped command answer in a quarter of the time that all imports take.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from bot.services.reports import Finding, ImportReport, PollReport
from bot.texts.letter import Letter

if TYPE_CHECKING:
    from bot.settings import Settings

#: Called when a file is done.
Progress = Callable[[Path], None]


class Application(Protocol):
    """What `bot.app` offers. All but `migrate` bring the database up to date themselves."""

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

    def migrate(self, settings: "Settings") -> list[str]:
        """Bring the database up to date; return the steps that were taken."""


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
