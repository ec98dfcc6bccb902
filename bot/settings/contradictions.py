"""Settings each of which is right, and which do not go together."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from bot.settings.hook import HOOK_PATH
from bot.settings.table import Settings
from bot.settings.webhook import TELEGRAM_PORTS

_TELEGRAM: Final = Settings.model_fields["telegram_api_url"].default
_PORTS: Final = ", ".join(map(str, TELEGRAM_PORTS))
_NO_URL: Final = "is set without DEKBOT_WEBHOOK_URL; expected both of them or neither"
_NO_PORT_FOR_HOOK: Final = (
    "0 serves nothing, but DEKBOT_HOOK_SECRET is set; "
    "expected the port where the publisher's calls come in, or no DEKBOT_HOOK_SECRET"
)
_TAKEN: Final = (
    f"{HOOK_PATH} is where a publisher calls, since DEKBOT_HOOK_SECRET is set; "
    "expected another path"
)
_NO_PORT: Final = (
    "0 serves nothing, but {} is set; "
    "expected the port that the web server before Dekbot passes calls to"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    #: The fields that do not go together.
    fields: frozenset[str]
    #: The one that is named to the operator.
    blamed: str
    #: What is wrong with it, and what would be right.
    fault: str


def contradictions(settings: Settings) -> Iterator[Contradiction]:
    """Yield each, whichever field was meant."""
    if settings.public_url is not None and not settings.web_port:
        yield _of("web_port", "public_url", fault=_NO_PORT.format("DEKBOT_PUBLIC_URL"))
    url = settings.webhook_url
    if settings.hook_secret is not None:
        if not settings.web_port:
            yield _of("web_port", "hook_secret", fault=_NO_PORT_FOR_HOOK)
        if url is not None and urlsplit(url).path == HOOK_PATH:
            yield _of("webhook_url", "hook_secret", fault=_TAKEN)
    if url is None:
        if settings.webhook_secret is not None:
            yield _of("webhook_secret", "webhook_url", fault=_NO_URL)
        return
    if not settings.web_port:
        yield _of("web_port", "webhook_url", fault=_NO_PORT.format("DEKBOT_WEBHOOK_URL"))
    if settings.telegram_api_url == _TELEGRAM:
        for fault in _refused_by_telegram(url):
            yield _of("webhook_url", "telegram_api_url", fault=fault)


def _of(blamed: str, other: str, *, fault: str) -> Contradiction:
    return Contradiction(fields=frozenset({blamed, other}), blamed=blamed, fault=fault)


def _refused_by_telegram(url: str) -> Iterator[str]:
    """Yield what only a Bot API server of one's own would take."""
    parts = urlsplit(url)
    if parts.scheme != "https":
        yield f"{url!r} is not encrypted; expected https://, which is all that Telegram calls"
    elif (parts.port or 443) not in TELEGRAM_PORTS:
        yield f"Telegram does not call port {parts.port}; expected one of {_PORTS}"
