"""Calls of the Bot API as they arrived, and where they departed from the specification."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call that was understood, whatever was answered."""

    method: str
    parameters: dict[str, Any]
    #: On the monotonic clock.
    arrived: float
