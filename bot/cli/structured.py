"""Writes reports as JSON, for scripts."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.domain.redaction import redact
from bot.services.backup_reports import BackupReport, PruneReport, RestoreReport
from bot.services.reports import Finding, ImportReport, PollReport
from bot.services.traces import Trace
from bot.texts.letter import Letter

Report = (
    BackupReport
    | Finding
    | ImportReport
    | Letter
    | PollReport
    | PruneReport
    | RestoreReport
    | Trace
)


def show_json(reports: Sequence[Report] | Report) -> None:
    """Print one object or a list of them: fields by name, times in ISO 8601."""
    content: Any
    if isinstance(reports, Sequence):
        content = [asdict(report) for report in reports]
    else:
        content = asdict(reports)
    text = json.dumps(content, ensure_ascii=False, indent=2, default=_write)
    sys.stdout.write(redact(text) + "\n")


def _write(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
