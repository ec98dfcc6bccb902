"""How the bot fared with each source, as the database remembers it."""

from datetime import datetime, timedelta
from typing import Final

from bot.app.checks.database import Stored
from bot.app.checks.findings import failed, ok, warning
from bot.app.checks.wording import length, moment
from bot.app.parts import PolledSource, Site
from bot.domain.outage import is_to_be_told
from bot.services.records import SourceRecord
from bot.services.reports import Finding

#: A source that was not read for so many of its intervals is not read at all.
_INTERVALS: Final = 3
_GRACE: Final = timedelta(minutes=5)


def polls(site: Site, database: Stored, now: datetime) -> list[Finding]:
    """Return a finding for each source that is on; none where there is no database."""
    if database.contents is None:
        return []
    is_running = database.holder is not None
    known = ((one, database.sources.get((one.url, one.kind))) for one in site.sources)
    return [
        _poll(source, record, now, is_running=is_running)
        for source, record in known
        if record is None or record.switched_off_at is None
    ]


def _poll(
    source: PolledSource, record: SourceRecord | None, now: datetime, *, is_running: bool
) -> Finding:
    subject = f"polls of {source.url}"
    last = record.read_at if record else None
    since = record.failing_since if record else None
    text = f"last read {length(now - last)} ago" if last else "never read"
    if record is not None and since is not None:
        text = f"{text}; {_fault(record, since)}"
        remedy = "see what the same source's own row says; administrators are told after an hour"
        is_long = is_to_be_told(since, now)
        return failed(subject, text, remedy) if is_long else warning(subject, text, remedy)
    late = last is not None and now - last > _INTERVALS * source.interval + _GRACE
    if is_running and late:
        return warning(subject, text, "look for poll_ and database_ events in the log")
    return ok(subject, text)


def _fault(record: SourceRecord, since: datetime) -> str:
    tries = f"{record.failures} failures since {moment(since)}: {record.fault}"
    return f"{tries}; next try {moment(record.due_at)}" if record.due_at else tries
