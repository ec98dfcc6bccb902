"""What a figure was measured on: without it, it says nothing."""

import os
import platform
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot import __version__


def machine() -> dict[str, Any]:
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "dekbot": __version__,
    }


def _processor() -> str:
    """Return the model as Linux tells it; elsewhere what Python knows."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())


def pin(*cores: int) -> None:
    """Keep this process on these cores, where the system can; the others are left to others."""
    if hasattr(os, "sched_setaffinity"):
        there = os.sched_getaffinity(0)
        os.sched_setaffinity(0, there & set(cores) or there)
