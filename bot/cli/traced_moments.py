"""Moments and lengths of time as operators read them: the log's zone, to the second."""

from datetime import UTC, datetime


def moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def seconds(length: float) -> str:
    """Return a length of time: to the tenth of a second below a minute, then in whole seconds."""
    if length < 60:  # noqa: PLR2004 - a minute
        return f"{length:.1f} s"
    minutes, rest = divmod(round(length), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"
