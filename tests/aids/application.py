"""An application that does what a test tells it, for tests of the command line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from bot.cli.program import OnProgress, OnStep, Progress
from bot.services.backup_reports import (
    BackupReport,
    Contents,
    PruneReport,
    RestoreReport,
    UpgradeReport,
)
from bot.services.reports import Finding, ImportReport, PollReport
from bot.services.traces import Trace
from bot.settings import Settings
from bot.texts.letter import Letter

_CONTENTS: Final = Contents(
    revision="0009",
    articles=3,
    subscribers=2,
    deliveries=6,
    open_deliveries=1,
    as_of=datetime(2026, 3, 4, 5, 6, tzinfo=UTC),
)
_RESTORED: Final = RestoreReport(
    file="copy.db",
    database="data/dekbot.db",
    contents=_CONTENTS,
    kept=None,
    dropped=0,
    still_owed=1,
    steps=(),
    no_repeats=False,
)


@dataclass
class FakeApplication:
    """Does what it is told: answers with the given reports, or raises."""

    raises: BaseException | None = None
    findings: Sequence[Finding] = ()
    polls: Sequence[PollReport] = ()
    letters: Sequence[Letter] = ()
    imported: ImportReport = field(default_factory=lambda: ImportReport(read=0, new=0))
    traced: Trace = field(
        default_factory=lambda: Trace(
            url="https://wire.example/x", is_article_url=True, article=None
        )
    )
    upgraded: UpgradeReport = field(default_factory=UpgradeReport)
    contents: Contents = _CONTENTS
    restored: RestoreReport = _RESTORED
    pruned: PruneReport = field(default_factory=PruneReport)
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

    async def trace(
        self, settings: Settings, target: str, limit: int, chat_id: int | None
    ) -> Trace:
        self._ask("trace", settings.site, target, limit, chat_id)
        return self.traced

    def migrate(self, settings: Settings, *, backup: bool) -> UpgradeReport:
        self._ask("migrate", settings.database_url, backup)
        return self.upgraded

    def backup(
        self, settings: Settings, wanted: str, *, force: bool, on_progress: OnProgress
    ) -> BackupReport:
        self._ask("backup", settings.database_url, wanted, force)
        on_progress(1, 1)
        return BackupReport(file=wanted, size=1_234_567, seconds=0.5, contents=self.contents)

    def restore(
        self, settings: Settings, file: Path, *, no_repeats: bool, on_progress: OnProgress
    ) -> RestoreReport:
        self._ask("restore", settings.database_url, str(file), no_repeats)
        on_progress(1, 1)
        return replace(self.restored, no_repeats=no_repeats)

    async def prune(
        self, settings: Settings, *, dry_run: bool, shrink: bool, on_step: OnStep
    ) -> PruneReport:
        self._ask("prune", settings.keep_deliveries.days, dry_run, shrink)
        on_step(self.pruned)
        return self.pruned


@dataclass(frozen=True)
class Ended:
    status: int
    out: str
    err: str


#: Runs a command line.
Dekbot = Callable[..., Ended]
