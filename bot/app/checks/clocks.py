"""Whether this machine's clock is right, by what the servers say."""

from collections.abc import Mapping
from datetime import timedelta

from bot.app.checks.findings import ok, warning
from bot.app.checks.wording import length
from bot.domain.clock_skew import TOLERANCE
from bot.services.reports import Finding


def clocks(telegram: timedelta | None, sites: Mapping[str, timedelta]) -> list[Finding]:
    """Judge by how far our clock is ahead of Telegram's (None: unknown) and the sites', by host.

    Telegram's counts; the sites' do where Telegram tells none. A site whose clock alone is wrong
    does no harm: an article's time is told in its feed.
    """
    told = [*([("Telegram", telegram)] if telegram is not None else []), *sorted(sites.items())]
    if not told:
        return [ok("clock", "no server told the time")]
    text = "this machine's clock " + ", ".join(_distance(ahead, who) for who, ahead in told)
    if abs(told[0][1]) <= TOLERANCE:
        return [ok("clock", text)]
    return [
        warning(
            "clock",
            text,
            "set it, and have it kept right (timedatectl set-ntp true): quiet hours, editions and"
            " DEKBOT_MAX_ALERT_AGE go by it",
        )
    ]


def _distance(ahead: timedelta, who: str) -> str:
    if abs(ahead) < timedelta(seconds=2):
        return f"agrees with {who}"
    return f"is {length(abs(ahead))} {'ahead of' if ahead > timedelta() else 'behind'} {who}"
