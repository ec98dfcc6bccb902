"""WebSub (W3C Recommendation, https://www.w3.org/TR/websub/): subscriptions at hubs, decided.

A feed may name a hub, which calls whoever is subscribed as soon as there is news. A subscription
ends with its lease, so it is renewed long before; until a hub has agreed to one, or where it is out
of reach, it is asked again, ever later.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

#: What hubs are asked for; the Recommendation calls ten days a good default.
WANTED_LEASE: Final = timedelta(days=10)
#: What counts where a hub does not say, though it must.
_UNTOLD_LEASE: Final = timedelta(days=1)
#: No longer one is believed.
_LONGEST_LEASE: Final = timedelta(days=30)
#: However long the lease: a hub that has forgotten us does not tell.
_LONGEST_UNRENEWED: Final = timedelta(days=1)
#: Between two requests to a hub for one source.
_LEAST_PAUSE: Final = timedelta(minutes=1)
_LONGEST_PAUSE: Final = timedelta(hours=6)
_LONGEST_WISH: Final = timedelta(days=1)
_MOST_DOUBLINGS: Final = 16
#: A hub that has denied a subscription is asked again then.
_AFTER_DENIAL: Final = timedelta(days=1)
_MOST_DIGITS: Final = 12
_LONGEST_CHALLENGE: Final = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class HubLink:
    """What a feed says of itself: `rel="hub"` and `rel="self"`."""

    hub: str
    #: The feed's own address for itself: by this name hubs know it.
    topic: str


class HubState(StrEnum):
    #: The feed names the hub; it was not asked yet.
    FOUND = "found"
    #: Asked; the hub has not called back yet.
    ASKED = "asked"
    #: The hub has called back: it tells of news until the lease is over.
    LIVE = "live"
    DENIED = "denied"


def lease_of(seconds: str | None) -> timedelta:
    """Return the lease that a hub tells in its verification."""
    text = (seconds or "").strip()
    if not (text.isascii() and text.isdigit()):
        return _UNTOLD_LEASE
    told = timedelta(seconds=int(text[:_MOST_DIGITS]))
    return min(max(told, _LEAST_PAUSE), _LONGEST_LEASE)


def renewal_at(now: datetime, lease: timedelta) -> datetime:
    """Return when to renew: behind half of the lease, and once a day at least."""
    return now + min(max(lease / 2, _LEAST_PAUSE), _LONGEST_UNRENEWED)


def next_request(now: datetime, requests: int, retry_after: float | None = None) -> datetime:
    """Return when to ask again where nothing comes of so many requests in a row.

    A minute, doubled with each, up to six hours; a hub that asked for more patience (`retry_after`,
    in seconds) gets it, up to a day.
    """
    pause = min(_LEAST_PAUSE * (1 << min(max(requests - 1, 0), _MOST_DOUBLINGS)), _LONGEST_PAUSE)
    wish = timedelta(seconds=min(retry_after or 0.0, _LONGEST_WISH.total_seconds()))
    return now + max(pause, wish)


def request_after_denial(now: datetime) -> datetime:
    return now + _AFTER_DENIAL


def is_challenge(text: str) -> bool:
    """Return whether this may be echoed: some characters of ASCII that can be seen."""
    return 0 < len(text) <= _LONGEST_CHALLENGE and text.isascii() and text.isprintable()
