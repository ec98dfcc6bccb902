"""A clock that stands until it is set."""

from datetime import datetime, timedelta


class FakeClock:
    """Implements the `Clock` port."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_time(self, **length: float) -> None:
        self.now += timedelta(**length)
