"""Every setting, with its default and what a right value is."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr
from pydantic_settings import NoDecode

from bot.domain.duration import parse_duration
from bot.settings.hook import HookSecret
from bot.settings.webhook import PublicUrl, WebhookSecret, WebhookUrl

_TOKEN: Final = re.compile(r"\d+:[A-Za-z0-9_-]{20,}")
#: Telegram's ids take up to 52 bits; groups and channels are below 0.
_CHAT_ID: Final = re.compile(r"-?[1-9]\d{0,15}", re.ASCII)
_MAIL: Final = re.compile(r"[^\s@<>()]+@[^\s@<>()]+")


def _strip(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _check_token(token: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(token.get_secret_value()):
        raise ValueError("the value does not look like a bot token")
    return token


def _check_web_address(url: str) -> str:
    if not _is_web_address(url):
        raise ValueError(f"{url!r} is no web address")
    return url.rstrip("/")


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port_is_possible = parts.port != 0
    except ValueError:
        return False
    right = parts.scheme in ("http", "https") and parts.hostname and not parts.query
    return bool(right) and port_is_possible and url.isprintable() and " " not in url


def _check_contact(contact: str) -> str:
    if not _MAIL.fullmatch(contact):
        _check_web_address(contact)
    return contact


def _read_duration(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return parse_duration(value)
    except ValueError:
        raise ValueError(f"{value!r} is no duration") from None


def _read_ids(value: object) -> object:
    """Return each id once, in the order given."""
    if not isinstance(value, str):
        return value
    parts = [part.strip() for part in value.split(",")]
    wrong = [part for part in parts if not _CHAT_ID.fullmatch(part)]
    if wrong:
        raise ValueError(f"{wrong[0]!r} is no chat id")
    return tuple(dict.fromkeys(int(part) for part in parts))


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


Token = Annotated[SecretStr, BeforeValidator(_strip), AfterValidator(_check_token)]
Duration = Annotated[timedelta, BeforeValidator(_read_duration)]


class Settings(BaseModel):
    """What the operator decides. A field's description says what a right value is.

    A field's variable is its name in capitals behind `DEKBOT_`; `load_settings` reads those. Made
    directly, from values, settings know nothing of the environment.
    """

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True, hide_input_in_errors=True)

    #: None where no bot is to be run; everything but `run` works without it.
    bot_token: Token | None = Field(
        None, description="the token as @BotFather gives it out, like 123456789:AA…"
    )
    site: str = Field(
        "nknews",
        min_length=1,
        description="the name of a bundled site profile, or the path of a TOML file",
    )
    database_url: str = Field(
        "sqlite+aiosqlite:///data/dekbot.db",
        pattern=r"^[a-z0-9+]+://",
        description="a database URL, like sqlite+aiosqlite:///data/dekbot.db",
    )
    #: Without a slash at its end.
    telegram_api_url: Annotated[str, AfterValidator(_check_web_address)] = Field(
        "https://api.telegram.org",
        description="the address of a Bot API server, like https://api.telegram.org",
    )
    #: Chats that are told of sources in trouble.
    admin_ids: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_read_ids)] = Field(
        (), description="chat ids with commas between them, like 123456789,-1001234567890"
    )
    #: Alerts per second, over all chats.
    send_rate: float = Field(
        28,
        gt=0,
        le=1000,
        allow_inf_nan=False,
        description="a number of messages per second, above 0 and at most 1000",
    )
    #: Instead of the intervals in the site profile.
    poll_interval: Duration | None = Field(
        None,
        gt=timedelta(0),
        description="a duration above 0, like 90s, 5m or 24h",
    )
    #: Whether sources are read more often when they usually publish, and less at other times.
    adaptive_polling: Annotated[bool, BeforeValidator(_strip)] = Field(
        default=True, description="yes or no"
    )
    #: Articles that were older when they were met are stored, not alerted.
    max_alert_age: Duration = Field(
        timedelta(hours=24),
        gt=timedelta(0),
        description="a duration above 0, like 90s, 24h or 30d",
    )
    #: Where the running bot puts a backup now and then; None for nowhere.
    backup_folder: Path | None = Field(
        None, description="the path of a folder, best on another disk, like /backups/dekbot"
    )
    backup_interval: Duration = Field(
        timedelta(hours=24),
        ge=timedelta(minutes=1),
        description="a duration of at least 1m, like 6h or 24h",
    )
    #: How many backups are left there.
    backup_keep: int = Field(7, ge=1, le=10_000, description="a number from 1 to 10000, like 7")
    #: For how long it is kept what became of each alert.
    keep_deliveries: Duration = Field(
        timedelta(days=90),
        ge=timedelta(days=7),
        description="a duration of at least 7d, like 90d",
    )
    #: None for ever.
    keep_articles: Duration | None = Field(
        None,
        ge=timedelta(days=30),
        description="a duration of at least 30d, like 730d, or nothing for ever",
    )
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = (
        Field("INFO", description="one of DEBUG, INFO, WARNING, ERROR")
    )
    log_format: Annotated[Literal["console", "json"], BeforeValidator(_lower)] = Field(
        "console", description="console or json"
    )
    web_host: str = Field(
        "127.0.0.1",
        min_length=1,
        description="an address of this machine, like 127.0.0.1 or 0.0.0.0",
    )
    #: 0 where nothing is served.
    web_port: int = Field(
        8766, ge=0, le=65535, description="a port of this machine, like 8766, or 0 for none"
    )
    #: Where the web side is reached from outside. None where it is not: hubs tell nothing then.
    public_url: PublicUrl | None = Field(
        None,
        description="the public address that hubs reach Dekbot at, like https://bot.example.org",
    )
    #: Where Telegram brings updates; its path is the route. None where they are fetched.
    webhook_url: WebhookUrl | None = Field(
        None,
        description="the public address that Telegram calls, like https://bot.example.org/telegram",
    )
    #: None where a new one is made up at each start.
    webhook_secret: WebhookSecret | None = Field(
        None, description="1 to 256 of A-Z, a-z, 0-9, _ and -, or nothing"
    )
    #: What whoever announces articles has to know; None where nobody can.
    hook_secret: HookSecret | None = Field(
        None, description="16 to 256 of A-Z, a-z, 0-9, -, ., _, ~, + and /, or nothing"
    )
    #: Whom a site's operator can ask; part of the User-Agent.
    contact: Annotated[str, AfterValidator(_check_contact)] | None = Field(
        None, description="a mail address or the address of a web page"
    )

    @property
    def secrets(self) -> tuple[str, ...]:
        """The values that nobody may read anywhere."""
        values: list[Any] = [getattr(self, name) for name in type(self).model_fields]
        return tuple(value.get_secret_value() for value in values if isinstance(value, SecretStr))
