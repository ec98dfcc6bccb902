"""How a source is."""

from datetime import datetime
from enum import StrEnum


class Condition(StrEnum):
    #: Not read yet.
    NEW = "new"
    WELL = "well"
    FAILING = "failing"
    #: Switched off by an administrator, however it was before.
    OFF = "off"


def condition_of(
    *,
    read_at: datetime | None,
    failing_since: datetime | None,
    switched_off_at: datetime | None,
) -> Condition:
    if switched_off_at is not None:
        return Condition.OFF
    if failing_since is not None:
        return Condition.FAILING
    return Condition.NEW if read_at is None else Condition.WELL
