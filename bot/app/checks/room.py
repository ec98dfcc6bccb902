"""Whether the disk has room, and whether the write-ahead log is taken over."""

from typing import Final

from bot.app.checks.findings import failed, ok, warning
from bot.app.checks.wording import size
from bot.services.reports import Finding
from bot.storage.file_facts import FileFacts

_MEBIBYTE: Final = 1_048_576
#: With less than this nothing can be relied upon.
_LEAST: Final = 50 * _MEBIBYTE
#: A write-ahead log is usually a few MiB; one that only grows is held open by somebody.
_LONG_WAL: Final = 256 * _MEBIBYTE


def room(facts: FileFacts) -> Finding:
    """Judge the room: a backup takes once more what the database has."""
    wal = f"; {size(facts.wal_size)} in its write-ahead log" if facts.wal_size else ""
    text = f"{size(facts.free)} free{wal}"
    if facts.free < _LEAST:
        return failed("disk", text, "make room: the bot stops sending when the disk is full")
    if facts.free < (facts.size or 0):
        return warning("disk", f"{text}, less than the database has", "make room for a backup")
    if facts.wal_size > _LONG_WAL:
        remedy = "end what else has the database open, and start the bot again"
        return warning("disk", text, remedy)
    return ok("disk", text)
