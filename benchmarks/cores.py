"""Which core a process runs on, and what it takes."""

import os
import shutil
from dataclasses import dataclass

import psutil

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a process and its descendants take."""

    #: Of user and system, those that ended before included.
    cpu_seconds: float
    #: Bytes of resident memory.
    rss: int


def usage_of(pid: int) -> Usage:
    """Return what the process and its descendants take now."""
    root = psutil.Process(pid)
    seconds, rss = 0.0, 0
    for process in (root, *root.children(recursive=True)):
        try:
            times = process.cpu_times()
            rss += process.memory_info().rss
        except psutil.NoSuchProcess:  # it has just ended, and counts with its parent
            continue
        seconds += sum((times.user, times.system, times.children_user, times.children_system))
    return Usage(cpu_seconds=seconds, rss=rss)


def resident(pid: int) -> float:
    """Return what the process alone holds, in megabytes as the system counts them (MiB)."""
    return float(psutil.Process(pid).memory_info().rss / MEBIBYTE)


def cores() -> tuple[int | None, int | None]:
    """Return the servers' core and the bot's; None where they cannot be told apart."""
    if shutil.which("taskset") is None or not hasattr(os, "sched_getaffinity"):
        return None, None
    there = sorted(os.sched_getaffinity(0))
    return (there[0], there[1]) if len(there) > 1 else (None, None)


def on_core(core: int | None) -> list[str]:
    return [] if core is None else ["taskset", "--cpu-list", str(core)]
