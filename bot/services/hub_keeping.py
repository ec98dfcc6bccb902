"""Keeps the bot subscribed at the hubs that its sources name.

The rules, in their order:

1. Only for sources that are polled and switched on; for others a lease runs out, and nothing is
   unsubscribed: what a hub tells by then is answered and passed over.
2. What is asked for is written down before it is asked: a hub may call back before it has answered,
   and whoever is killed in between does not ask again at once.
3. Each source has an address of its own to be called at, and a secret of its own. They stay with
   renewals, so that no notification is lost in between; another hub, another topic or another
   DEKBOT_PUBLIC_URL has new ones.
4. A subscription is renewed behind half of its lease, and every day at least; until a hub has
   called back, it is asked again, ever later. Whatever becomes of it, the source is polled as ever.
"""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import structlog

from bot.domain.errors import HubError
from bot.domain.hub import WANTED_LEASE, HubState, next_request
from bot.domain.redaction import redact
from bot.services.hub_ports import HubRecord, HubRequest, Hubs
from bot.services.ports import Clock, SourceKey, Store
from bot.services.waiting import Waiting

log = structlog.get_logger(__name__)

_BYTES: Final = 32
#: What stands between the public address and the token.
ROUTE: Final = "/websub/"


class HubKeeper:
    """Turned every few seconds; one turn at a time."""

    def __init__(
        self,
        store: Store,
        hubs: Hubs,
        clock: Clock,
        *,
        sources: Iterable[SourceKey],
        public_url: str,
    ) -> None:
        self._store = store
        self._hubs = hubs
        self._clock = clock
        self._sources = frozenset(sources)
        self._public_url = public_url
        self._waiting = Waiting()

    async def turn(self) -> None:
        """Ask every hub that is to be asked by now; GivenUpError where `stop` comes first."""
        async with self._store.reading() as records:
            known = await records.hubs.every()
        for one in known:
            if (one.url, one.kind) in self._sources and not one.is_off and self._is_due(one):
                await self._ask(one)

    def stop(self) -> None:
        """Give up a hub's answer; it is asked again soon after the next start."""
        self._waiting.give_up()

    def _is_due(self, one: HubRecord) -> bool:
        return one.next_try_at <= self._clock() or self._is_called_elsewhere(one)

    def _is_called_elsewhere(self, one: HubRecord) -> bool:
        return one.public_url is not None and one.public_url != self._public_url

    async def _ask(self, one: HubRecord) -> None:
        asked = self._prepared(one)
        async with self._store.writing() as records:
            await records.hubs.ask(asked)
        try:
            await self._waiting.until(lambda: self._hubs.subscribe(self._request(asked)))
        except HubError as error:
            await self._failed(asked, error)
        else:
            log.info("hub_asked", source=one.url, hub=one.hub, requests=asked.requests)

    def _prepared(self, one: HubRecord) -> HubRecord:
        """Return the subscription as it is while the hub is asked."""
        now = self._clock()
        if one.token is None or self._is_called_elsewhere(one):
            one = replace(
                one,
                token=secrets.token_urlsafe(_BYTES),
                secret=secrets.token_urlsafe(_BYTES),
                public_url=self._public_url,
                state=HubState.ASKED,
                lease_until=None,
                requests=0,
            )
        is_over = one.lease_until is None or one.lease_until <= now
        if one.state is HubState.LIVE and is_over:
            log.warning("hub_lease_over", source=one.url, hub=one.hub, fault=one.fault)
        requests = one.requests + 1
        return replace(
            one,
            state=HubState.ASKED if is_over else HubState.LIVE,
            requests=requests,
            next_try_at=next_request(now, requests),
        )

    def _request(self, one: HubRecord) -> HubRequest:
        return HubRequest(
            hub=one.hub,
            topic=one.topic,
            callback=f"{self._public_url}{ROUTE}{one.token}",
            secret=one.secret or "",
            lease=WANTED_LEASE,
            source=one.url,
        )

    async def _failed(self, one: HubRecord, error: HubError) -> None:
        """Note why; a hub may repeat what it was given, and neither log nor database has that."""
        next_try_at = next_request(self._clock(), one.requests, error.retry_after)
        fault = redact(str(error), filter(None, (one.token, one.secret)))
        async with self._store.writing() as records:
            await records.hubs.failed(one.token or "", fault, next_try_at)
        log.warning(
            "hub_request_failed",
            source=one.url,
            hub=one.hub,
            fault=fault,
            requests=one.requests,
            next_try=next_try_at.isoformat(),
        )
