"""What a webhook's address and secret may be: Telegram's rules, and the route's."""

import re
from typing import Annotated, Final
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, SecretStr

#: Where Telegram's own servers call.
TELEGRAM_PORTS: Final = (443, 80, 88, 8443)
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
#: What needs no encoding, so that the address and the route are spelled alike.
_PATH: Final = re.compile(r"(/[A-Za-z0-9._~-]+)*/?")


def _check_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        port_is_possible = parts.port != 0
    except ValueError:
        raise ValueError(f"{url!r} is no web address") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or not port_is_possible:
        raise ValueError(f"{url!r} is no web address")
    if parts.username is not None or parts.password is not None:
        raise ValueError("a name or password stands in the address")
    if not _is_plain(url, parts):
        raise ValueError(f"{url!r} has more in it than host, port and a plain path")
    return url


def _is_plain(url: str, parts: SplitResult) -> bool:
    return (
        url.isascii()
        and url.isprintable()
        and not set(url) & set(" ?#%\\")
        and bool(_PATH.fullmatch(parts.path))
    )


def _check_secret(secret: SecretStr) -> SecretStr:
    if not _SECRET.fullmatch(secret.get_secret_value()):
        raise ValueError("the value is not a secret that Telegram takes")
    return secret


#: Without a slash at its end.
PublicUrl = Annotated[str, AfterValidator(_check_url), AfterValidator(lambda url: url.rstrip("/"))]
WebhookUrl = Annotated[str, AfterValidator(_check_url)]
WebhookSecret = Annotated[SecretStr, AfterValidator(_check_secret)]
