import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot.cli import main
from bot.cli.program import Program
from tests.aids.application import Dekbot, Ended, FakeApplication


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the working directory, which is empty; none of our variables is set."""
    for name in [name for name in os.environ if name.upper().startswith("DEKBOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield tmp_path
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


@pytest.fixture
def application() -> FakeApplication:
    return FakeApplication()


@pytest.fixture
def dekbot(application: FakeApplication, capsys: pytest.CaptureFixture[str]) -> Dekbot:
    program = Program(application=lambda: application, demo=lambda: application)

    def call(*arguments: str) -> Ended:
        with pytest.raises(SystemExit) as ended:
            main(arguments, program)
        captured = capsys.readouterr()
        return Ended(int(ended.value.code or 0), captured.out, captured.err)

    return call
