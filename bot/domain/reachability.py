"""Whether Telegram reaches the bot's webhook, judged by what Telegram tells of it now and then.

The rules, in their order:

1. The first report is only what later ones are compared with: its failure may be from before the
   bot began, or from its stop, when it took no updates any more.
2. The webhook fails where Telegram met a failure since the last report and updates still wait. One
   that was brought at the second try is no failure.
3. It works again where nothing waits any more, or where updates came since the last report and no
   failure did. That nothing failed proves nothing alone: Telegram may not have tried.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookReport:
    """What Telegram tells of a webhook."""

    #: Where updates are brought; empty where they are fetched.
    url: str
    #: How many updates wait.
    waiting: int
    #: Of the last failure to bring an update; Telegram keeps it after later successes.
    failed_at: datetime | None
    failure: str


class Change(Enum):
    BROKEN = auto()
    MENDED = auto()


class Reachability:
    """Compares each report with the one before."""

    def __init__(self) -> None:
        self._last: WebhookReport | None = None
        self._is_broken = False

    def judge(self, report: WebhookReport, *, came: bool) -> Change | None:
        """Return what has changed; `came` tells whether updates came since the last report."""
        last, self._last = self._last, report
        if last is None:
            return None
        failed = report.failed_at is not None and report.failed_at != last.failed_at
        if not self._is_broken and failed and report.waiting:
            self._is_broken = True
            return Change.BROKEN
        if self._is_broken and (not report.waiting or (came and not failed)):
            self._is_broken = False
            return Change.MENDED
        return None
