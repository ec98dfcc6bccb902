"""Where a bot wants its updates to be brought, and what Telegram refuses of it."""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.params import Parameters

_PORTS: Final = frozenset({80, 88, 443, 8443})
_CONNECTIONS: Final = 40
_MOST_CONNECTIONS: Final = 100
_LONGEST_SECRET: Final = 256
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    url: str
    #: Empty where the bot gave none.
    secret: str
    #: How many updates are brought at once.
    max_connections: int

    @property
    def is_near(self) -> bool:
        """Whether it lies on this machine, beyond which the stand-in calls nobody."""
        return _is_loopback(urlsplit(self.url).hostname or "")

    def as_info(self) -> dict[str, Any]:
        return {"url": self.url, "max_connections": self.max_connections}


def webhook_of(params: Parameters) -> Webhook:
    """Return the webhook that a call asks for, right or wrong."""
    most = params.integer("max_connections", _CONNECTIONS)
    return Webhook(
        url=params.text("url"),
        secret=params.text("secret_token"),
        max_connections=min(max(most, 1), _MOST_CONNECTIONS),
    )


def check(webhook: Webhook, *, local: bool) -> None:
    """Raise `Refusal` where Telegram does not take it.

    `local` allows what a Bot API server's own `--local` does, as far as it lies on this machine.
    """
    if len(webhook.secret) > _LONGEST_SECRET:
        raise Refusal.bad_request("secret token is too long")
    if not _SECRET.fullmatch(webhook.secret):
        raise Refusal.bad_request("secret token contains unallowed characters")
    _check_address(webhook.url, local=local)


def _check_address(url: str, *, local: bool) -> None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = _port(parts)
    if parts.scheme not in {"http", "https"} or not host or port is None:
        raise Refusal.bad_request("invalid webhook URL specified")
    if local and _is_loopback(host):
        return
    if parts.scheme != "https":
        raise Refusal.bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in _PORTS:
        raise Refusal.bad_request(
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
        )
    if _is_loopback(host):
        raise Refusal.bad_request("bad webhook: IP address 127.0.0.1 is reserved")


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port or 443
    except ValueError:
        return None


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
