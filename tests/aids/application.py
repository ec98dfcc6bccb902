"""An application that does what a test tells it, for tests of the command line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.cli.program import Progress
from bot.services.reports import Finding, ImportReport, PollReport
from bot.settings import Settings
from bot.texts.letter import Letter


@dataclass
class FakeApplication:
    """Does what it is told: answers with the given reports, or raises."""

    raises: BaseException | None = None
    findings: Sequence[Finding] = ()
    polls: Sequence[PollReport] = ()
    letters: Sequence[Letter] = ()
    imported: ImportReport = field(default_factory=lambda: ImportReport(read=0, new=0))
    steps: Sequence[str] = ()
    asked: list[Any] = field(default_factory=list)

    def _ask(self, *question: object) -> None:
        self.asked.append(question)
        if self.raises:
            raise self.raises

    async def run_bot(self, settings: Settings) -> None:
        self._ask("run", settings.secrets)

    async def run_demo(self, port: int, speed: float) -> None:
        self._ask("demo", port, speed)

    async def rehearse(self, port: int, folder: Path) -> None:
        self._ask("rehearse", port, folder)

    async def poll_once(self, settings: Settings, *, dry_run: bool) -> list[PollReport]:
        self._ask("poll", settings.site, dry_run)
        return list(self.polls)

    async def check(self, settings: Settings) -> list[Finding]:
        self._ask("check", settings.site)
        return list(self.findings)

    async def preview(self, settings: Settings, target: str) -> list[Letter]:
        self._ask("preview", settings.site, target)
        return list(self.letters)

    async def import_files(
        self, settings: Settings, paths: Sequence[Path], progress: Progress
    ) -> ImportReport:
        self._ask("import", settings.site, [path.name for path in paths])
        for path in paths:
            progress(path)
        return self.imported

    def migrate(self, settings: Settings) -> list[str]:
        self._ask("migrate", settings.database_url)
        return list(self.steps)


@dataclass(frozen=True)
class Ended:
    status: int
    out: str
    err: str


#: Runs a command line.
Dekbot = Callable[..., Ended]
