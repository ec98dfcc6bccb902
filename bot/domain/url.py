"""An article's address: cleaned for readers, and reduced to the key that identifies it.

The same article is met under many spellings: http and https, with and without `www.`, with
tracking parameters, as an AMP page, with and without a trailing slash. Readers get the address
as it was met, without what tracks them; the database compares keys.
"""

import re
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

_TRACKING: Final = re.compile(
    r"(utm_.*|mc_[ce]id|fbclid|gclid|dclid|gbraid|wbraid|msclkid|twclid|igshid|yclid|_hs(enc|mi)"
    r"|mkt_tok|oly_(anon|enc)_id|vero_id|ref|ref_src|share|smid|cmpid|cmp|amp|outputType)",
    re.IGNORECASE,
)
_AMP_PATH: Final = re.compile(r"(/amp)?/*$", re.IGNORECASE)
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
#: What may stand unescaped in a path (RFC 3986, section 3.3).
_PATH_SAFE: Final = "/:@!$&'()*+,;=~-._"


def clean_url(url: str) -> str:
    """Return the address without fragment and tracking parameters; host in lower case.

    Raises ValueError for anything but an absolute http(s) address.
    """
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme.lower() not in _DEFAULT_PORTS or not host:
        raise ValueError(f"not an http(s) address: {url!r}")
    scheme = parts.scheme.lower()
    port = "" if parts.port in (None, _DEFAULT_PORTS[scheme]) else f":{parts.port}"
    host = f"[{host}]" if ":" in host else host
    path = quote(unquote(parts.path, errors="surrogateescape"), _PATH_SAFE, errors="replace")
    return urlunsplit((scheme, host + port, path or "/", _kept_parameters(parts.query), ""))


def url_key(url: str) -> str:
    """Return what identifies the article behind the address: equal for all its spellings.

    The key is no address: it has no scheme, no `www.` and no trailing slash.
    Raises ValueError as `clean_url` does.
    """
    parts = urlsplit(clean_url(url))
    host = re.sub(r"^(www|amp|m)\.(?=[^.]+\.)", "", parts.netloc)
    path = _AMP_PATH.sub("", parts.path)
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return f"{host}{path}" + (f"?{query}" if query else "")


def _kept_parameters(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode([pair for pair in pairs if not _TRACKING.fullmatch(pair[0])])
