"""A chart of deliveries: numbers by day, and what is written beside them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartWords:
    """Everything that is written in the picture, in one language."""

    title: str
    zone: str
    sent: str
    latency: str
    median: str
    p95: str
    #: Instead of bars, and instead of lines.
    nothing: str
    no_latency: str
    #: One for each day.
    days: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What a picture is drawn from; one number for each day, the oldest first."""

    #: The first that can be written with what fonts there are is taken.
    words: tuple[ChartWords, ...]
    sent: tuple[int, ...]
    #: In seconds; None on days without alerts at once.
    median: tuple[float | None, ...]
    p95: tuple[float | None, ...]
