"""Article ids that grow with the time of publication.

The full-text index and the topics' lists are read in the order of their ids; with ids in the
order of publication "the newest first" is a walk from the end, without sorting, even when an
archive is imported years later.

An id is the second of publication times 2^20, plus 20 bits that tell the articles of one second
apart. It stays below 2^53 (a JSON number keeps it) until the year 2242.
"""

from datetime import UTC, datetime
from typing import Final
from zlib import crc32

_BITS: Final = 20
_EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)


def wanted_id(url_key: str, published: datetime) -> int:
    """Return the id that an article should have; the next free one is as good."""
    second = int(min(max(published, _EARLIEST), _LATEST).timestamp())
    return (second << _BITS) + (crc32(url_key.encode(errors="surrogatepass")) & (2**_BITS - 1))
