"""Whether feeds name a hub, and whether it tells the bot of news."""

from datetime import datetime

from bot.app.checks.database import Stored
from bot.app.checks.findings import ok, warning
from bot.app.checks.wording import length, moment
from bot.app.parts import PolledSource
from bot.domain.hub import HubLink, HubState
from bot.services.hub_ports import HubRecord
from bot.services.reports import Finding


class Hubs:
    """What the database holds of them, for the bot that is reached at this public address."""

    def __init__(self, database: Stored, public_url: str | None, now: datetime) -> None:
        self._known = database.hubs
        self._is_running = database.holder is not None
        self._public_url = public_url
        self._now = now

    def of(self, source: PolledSource, link: HubLink | None) -> list[Finding]:
        """Return a finding on what the feed was just read to name; none where it is no feed."""
        if source.kind != "feed":
            return []
        subject = f"hub of {source.url}"
        if link is None:
            return [ok(subject, "it names none; it is polled")]
        if self._public_url is None:
            text = f"{link.hub} would tell of news; without DEKBOT_PUBLIC_URL it is polled only"
            return [ok(subject, text)]
        known = self._known.get((source.url, source.kind))
        if known is None or HubLink(hub=known.hub, topic=known.topic) != link:
            return [self._open(subject, f"{link.hub} is found, and not asked yet")]
        return [self._subscription(subject, known)]

    def _subscription(self, subject: str, one: HubRecord) -> Finding:
        if one.public_url not in (None, self._public_url):
            return self._open(subject, f"{one.hub} knows the bot at another address")
        if one.state is HubState.DENIED:
            text = f"{one.hub} denies it: {one.fault}; asked again {moment(one.next_try_at)}"
            return warning(subject, text, "ask whoever runs the hub; until then it is polled")
        if one.lease_until is not None and one.lease_until > self._now:
            return self._live(subject, one, one.lease_until)
        if one.state is HubState.FOUND:
            return self._open(subject, f"{one.hub} is found, and not asked yet")
        why = one.fault or "it was asked, and has not called back"
        text = f"{one.hub}: {why}; asked again {moment(one.next_try_at)}"
        remedy = "look whether DEKBOT_PUBLIC_URL leads to DEKBOT_WEB_PORT from outside"
        return warning(subject, text, remedy)

    def _live(self, subject: str, one: HubRecord, until: datetime) -> Finding:
        last = one.notified_at
        told = f"last {length(self._now - last)} ago" if last else "nothing yet"
        text = f"{one.hub} tells of news until {moment(until)}: {told}"
        if one.fault:
            return warning(subject, f"{text}; renewal: {one.fault}", "look at hub_request_failed")
        return ok(subject, text)

    def _open(self, subject: str, text: str) -> Finding:
        if not self._is_running:
            return ok(subject, f"{text}; dekbot run does that")
        return warning(subject, text, "look for hub_ events in the log, and check again")
