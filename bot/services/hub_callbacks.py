"""What hubs call for: to verify a subscription, to deny one, to tell of news.

The rules, in their order:

1. Whoever calls has to know the token, which only the hub was given.
2. A subscription is confirmed where it is wanted: for the topic that was asked for, of a source
   that is polled and switched on. A hub may ask that again while the subscription lives. Nothing is
   ever unsubscribed, so nothing of that kind is confirmed.
3. News are no more than word that there are some: the source is read soon, from where it always is.
   What a hub brings is weighed by its signature, and otherwise not looked at.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta
from typing import Final

import structlog

from bot.domain.errors import DatabaseError
from bot.domain.hub import HubState, lease_of, renewal_at, request_after_denial
from bot.domain.redaction import redact
from bot.services.hub_ports import HubRecord
from bot.services.ports import Clock, SourceKey, Store

log = structlog.get_logger(__name__)

#: How exactly it is written down when a hub last told of news.
_BETWEEN_NOTES: Final = timedelta(minutes=1)
_LONGEST_REASON: Final = 200


class HubCallbacks:
    """Answers hubs about the sources with these addresses and kinds."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        sources: Iterable[SourceKey],
        on_news: Callable[[SourceKey], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._sources = frozenset(sources)
        self._on_news = on_news

    async def find(self, token: str) -> HubRecord | None:
        """Return whose token this is, of the sources that are polled."""
        async with self._store.reading() as records:
            found = await records.hubs.of_token(token)
        return found if found and (found.url, found.kind) in self._sources else None

    async def confirm(self, one: HubRecord, topic: str, lease_seconds: str | None) -> bool:
        """Return whether that is what was asked for; from now on it lives, as long as told."""
        if topic != one.topic or one.is_off or one.state not in (HubState.ASKED, HubState.LIVE):
            return False
        now, lease = self._clock(), lease_of(lease_seconds)
        renewal = renewal_at(now, lease)
        async with self._store.writing() as records:
            await records.hubs.verified(one.token or "", now + lease, renewal)
        log.info(
            "hub_subscribed",
            source=one.url,
            hub=one.hub,
            seconds=int(lease.total_seconds()),
            renewal=renewal.isoformat(),
        )
        return True

    async def deny(self, one: HubRecord, topic: str, reason: str) -> bool:
        """Take note that the hub does not do it, or no longer; return whether it means this one."""
        if topic != one.topic:
            return False
        next_try_at = request_after_denial(self._clock())
        words = redact(" ".join(reason.split()), filter(None, (one.token, one.secret)))
        fault = words[:_LONGEST_REASON] or "no reason given"
        async with self._store.writing() as records:
            await records.hubs.denied(one.token or "", fault, next_try_at)
        log.warning(
            "hub_denied",
            source=one.url,
            hub=one.hub,
            fault=fault,
            next_try=next_try_at.isoformat(),
        )
        return True

    async def notified(self, one: HubRecord) -> None:
        """Have the source read soon; of one that is switched off nothing is read."""
        now = self._clock()
        log.info("hub_notified", source=one.url, hub=one.hub)
        if not one.is_off:
            self._on_news((one.url, one.kind))
        if one.notified_at is None or abs(now - one.notified_at) >= _BETWEEN_NOTES:
            with suppress(DatabaseError):  # told by its own event, and worth no second call
                async with self._store.writing() as records:
                    await records.hubs.notified(one.token or "", now)
