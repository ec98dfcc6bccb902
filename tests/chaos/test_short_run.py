"""A short run of `make chaos`: a few kills and a stop, in the middle of everything."""

import json
import signal
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from chaos.report import faults_of, figures, show, write_json
from chaos.run import Options, run

pytestmark = pytest.mark.e2e


async def test_nothing_is_lost_and_what_repeats_was_in_flight(tmp_path: Path) -> None:
    options = Options(seed=5, kills=4, stops=1, readers=50, speed=600)

    outcome = await run(options, lambda _line: None)

    assert faults_of(outcome) == []
    assert {one.status for one in outcome.lives} == {0, -signal.SIGKILL}
    assert outcome.owed > outcome.options.readers
    assert outcome.messages > 0
    path = tmp_path / "report.json"
    write_json(outcome, path)
    assert json.loads(path.read_text()) == {**figures(outcome), "faults": []}
    console = Console(record=True, width=100, file=StringIO())
    show(outcome, console)
    assert "All promises were kept" in console.export_text()
