"""Moments in the database: whole milliseconds since 1970, in UTC."""

from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import BigInteger, Dialect
from sqlalchemy.types import TypeDecorator

from bot.domain.article import require_aware

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
#: The last millisecond that a datetime can hold: when a held delivery is due.
NEVER: Final = 253_402_300_799_999


def to_number(moment: datetime) -> int:
    """Return the moment in milliseconds; ValueError for one without a time zone."""
    return (require_aware(moment) - _EPOCH) // _MILLISECOND


def to_moment(number: int) -> datetime:
    return _EPOCH + number * _MILLISECOND


class Instant(TypeDecorator[datetime]):
    """An aware datetime; comes back in UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - the base class's signature
        return None if value is None else to_number(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the base class's signature
        return None if value is None else to_moment(value)
