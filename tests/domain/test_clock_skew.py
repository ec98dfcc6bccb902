from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.clock_skew import ahead_of_server

ASKED = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
ANSWERED = ASKED + timedelta(seconds=3)
DATE = "Wed, 04 Mar 2026 05:06:08 GMT"


@pytest.mark.parametrize(
    ("date", "age", "ahead"),
    [
        (DATE, None, 0),
        ("Wed, 04 Mar 2026 04:56:08 GMT", None, 600),
        ("Wed, 04 Mar 2026 05:16:08 +0000", None, -600),
        ("Wed, 04 Mar 2026 04:56:08 GMT", "600", 0),
    ],
)
def test_the_middle_of_the_request_is_compared_and_a_caches_age_is_added(
    date: str, age: str | None, ahead: float
) -> None:
    assert ahead_of_server(date, age, ASKED, ANSWERED) == timedelta(seconds=ahead)


@pytest.mark.parametrize(
    ("date", "age"),
    [(None, None), ("", None), ("yesterday", None), (DATE, "old"), (DATE, "9" * 30)],
)
def test_headers_that_make_no_sense_tell_nothing(date: str | None, age: str | None) -> None:
    assert ahead_of_server(date, age, ASKED, ANSWERED) is None
