"""What asking hubs for news needs from outside."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.hub import HubLink, HubState


@dataclass(frozen=True, slots=True, kw_only=True)
class HubRecord:
    """A source's subscription at the hub that it names."""

    source_id: int
    #: The source's address and kind.
    url: str
    kind: str
    #: Whether the source is switched off.
    is_off: bool
    hub: str
    topic: str
    state: HubState
    #: What nobody can guess of the address that the hub calls; None before the hub is asked.
    token: str | None = field(repr=False)
    #: What the hub signs with; likewise.
    secret: str | None = field(repr=False)
    #: The public address that the hub was given.
    public_url: str | None
    #: Until when the hub tells of news; None where it never agreed to.
    lease_until: datetime | None
    #: When to ask the hub next.
    next_try_at: datetime
    #: Requests that nothing came of, since the hub called back last.
    requests: int
    #: Why not, in words; empty where that is not known.
    fault: str
    #: When the hub last told of news.
    notified_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HubRequest:
    """What a hub is asked for."""

    hub: str
    topic: str
    callback: str = field(repr=False)
    secret: str = field(repr=False)
    lease: timedelta
    #: Where the hub was named: one on the public net may not send us into a private one.
    source: str


class Hubs(Protocol):
    """The hubs, wherever they are."""

    async def subscribe(self, request: HubRequest) -> None:
        """Ask for a subscription, or for a longer lease; raises HubError where that is not taken.

        What is taken the hub confirms by calling back, maybe before this returns.
        """


class HubRecords(Protocol):
    """The subscriptions, one for each source that names a hub."""

    async def found(self, source_id: int, link: HubLink | None) -> bool:
        """Write down what the source says now; return whether that is something else.

        Another hub, or another topic, is begun with anew.
        """

    async def every(self) -> list[HubRecord]: ...

    async def of_token(self, token: str) -> HubRecord | None: ...

    async def ask(self, asked: HubRecord) -> None:
        """Write down the state of a subscription before its hub is asked."""

    async def failed(self, token: str, fault: str, next_try_at: datetime) -> None:
        """Write down why nothing comes of a request, unless the hub has called back since."""

    async def verified(self, token: str, lease_until: datetime, next_try_at: datetime) -> None: ...

    async def denied(self, token: str, reason: str, next_try_at: datetime) -> None: ...

    async def notified(self, token: str, now: datetime) -> None: ...
