"""What goes wrong between here and a source, as errors with a kind and a sentence."""

import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

import aiohttp

from bot.domain.errors import SourceError

_SENTENCES: Final = {
    401: "wants a password",
    403: "refuses to answer",
    404: "has nothing at this address",
    410: "has removed this address for good",
    429: "is asked too often",
    451: "may not answer for legal reasons",
}
#: What aiohttp raises, as kinds and sentences; the first family that fits counts.
_FAMILIES: Final[tuple[tuple[type[Exception], str, str], ...]] = (
    (TimeoutError, "timeout", "{host} took too long to answer"),
    (aiohttp.ClientConnectorDNSError, "dns", "The name {host} is not known"),
    (aiohttp.ClientSSLError, "tls", "{host} cannot prove that it is {host}"),
    (ssl.SSLError, "tls", "{host} cannot prove that it is {host}"),
    (aiohttp.ClientConnectorError, "connect", "{host} cannot be reached"),
    (aiohttp.InvalidURL, "bad-address", "This is no address that can be asked"),
    (aiohttp.ClientResponseError, "bad-answer", "{host} does not speak HTTP properly"),
)
_REFUSALS: Final = 400
_FAILURES: Final = 500


def shown(url: str) -> str:
    """Return the address without password and query, where keys are at home."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def status_fault(status: int, url: str, retry_after: float | None) -> SourceError:
    """Return the error that an answer with this status is."""
    if status >= _FAILURES:
        what = "has a fault of its own"
    elif status >= _REFUSALS:
        what = _SENTENCES.get(status, "refuses the request")
    else:
        what = "gave an answer that was not asked for"
    host = urlsplit(url).hostname
    wait = "" if retry_after is None else f", and asks to wait {retry_after:.0f} s"
    return SourceError(
        f"http-{status}",
        f"{host} {what}{wait} (HTTP {status}, {shown(url)}).",
        retry_after=retry_after,
    )


def connection_fault(error: Exception, url: str) -> SourceError:
    """Return the error for what aiohttp raised."""
    host, where = urlsplit(url).hostname, shown(url)
    known = ((kind, said) for family, kind, said in _FAMILIES if isinstance(error, family))
    kind, sentence = next(known, ("cut", "{host} broke the connection off"))
    return SourceError(kind, f"{sentence.format(host=host)} ({where}).")


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return for how many seconds a server asks to be left alone (RFC 9110, section 10.2.3)."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((moment - now).total_seconds(), 0.0)
