"""What the use cases are tested with."""

from datetime import datetime

import pytest

from tests.aids.clock import FakeClock
from tests.aids.messenger import FakeMessenger


@pytest.fixture
def clock(now: datetime) -> FakeClock:
    return FakeClock(now)


@pytest.fixture
def messenger() -> FakeMessenger:
    return FakeMessenger()
