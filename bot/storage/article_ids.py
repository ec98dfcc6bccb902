"""Article ids that grow with the time of publication.

The full-text index and the topics' lists are read in the order of their ids; with ids in the
order of publication "the newest first" is a walk from the end, without sorting, even when an
archive is imported years later.

An id is the second of publication times 2^20, plus 20 bits that tell the articles of one second
apart. It stays below 2^53 (a JSON number keeps it) until the year 2242.
"""

from datetime import UTC, datetime, timedelta
from typing import Final
from zlib import crc32

from bot.domain.article import Published

_BITS: Final = 20
_REST: Final = 2**_BITS - 1
_A_DAY: Final = timedelta(days=1) - timedelta(seconds=1)
_EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)

#: SQL: the id is not what it would be had the article been published when it says now. That is so
#: where a source told another date later; a date without a time stands for all of its day.
ASTRAY: Final = "(id >> 20) - published_at / 1000 NOT BETWEEN -1 AND 86400"


def wanted_id(url_key: str, published: Published, seen_at: datetime) -> int:
    """Return the id that an article should have; the next free one is as good.

    A date without a time stands for the time at which the article was met, or for the end of its
    day, whichever comes first.
    """
    moment = published.at if published.has_time else min(seen_at, published.at + _A_DAY)
    return (_second(moment) << _BITS) + (crc32(url_key.encode(errors="surrogatepass")) & _REST)


def last_id(moment: datetime) -> int:
    """Return the greatest id of an article published by the end of that second."""
    return (_second(moment) << _BITS) + _REST


def first_id(moment: datetime) -> int:
    """Return the least id of an article published in that second or later."""
    return _second(moment) << _BITS


def second_of(article_id: int) -> datetime:
    """Return the second that the id was made of."""
    return datetime.fromtimestamp(article_id >> _BITS, UTC)


def _second(moment: datetime) -> int:
    return int(min(max(moment, _EARLIEST), _LATEST).timestamp())
