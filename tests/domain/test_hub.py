"""When hubs are asked, and what they may say."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hub import is_challenge, lease_of, next_request, renewal_at
from tests.conftest import NOW

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("told", "lease"),
    [
        ("864000", timedelta(days=10)),
        (" 3600 ", timedelta(hours=1)),
        ("1", MINUTE),  # it would have to be renewed all the time
        ("0", MINUTE),
        ("999999999999999999999", timedelta(days=30)),  # there are no perpetual leases
        (None, DAY),
        ("", DAY),
        ("soon", DAY),
        ("-5", DAY),
        ("٣", DAY),
    ],
)
def test_a_lease_is_believed_within_limits(told: str | None, lease: timedelta) -> None:
    assert lease_of(told) == lease


@given(st.text())
def test_no_lease_whatever_makes_it_stumble(told: str) -> None:
    assert MINUTE <= lease_of(told) <= timedelta(days=30)


@given(st.integers(2, 30 * 24 * 60))
def test_a_subscription_is_renewed_well_before_it_ends_and_every_day(minutes: int) -> None:
    lease = timedelta(minutes=minutes)
    renewal = renewal_at(NOW, lease)

    assert NOW < renewal <= NOW + min(lease / 2, DAY)


@given(st.integers(1, 10_000), st.none() | st.floats(0, 1e9))
def test_a_hub_that_does_not_answer_is_asked_ever_later_and_as_it_wishes(
    requests: int, wish: float | None
) -> None:
    pause = next_request(NOW, requests, wish) - NOW

    assert MINUTE <= pause <= DAY
    assert pause <= next_request(NOW, requests + 1, wish) - NOW
    assert pause >= timedelta(seconds=min(wish or 0, DAY.total_seconds()))


@pytest.mark.parametrize(
    ("requests", "pause"), [(1, MINUTE), (2, 2 * MINUTE), (5, 16 * MINUTE), (99, DAY / 4)]
)
def test_the_pauses_grow_to_six_hours(now: datetime, requests: int, pause: timedelta) -> None:
    assert next_request(now, requests) == now + pause


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("a-Z 0_9", True),
        ("x" * 2048, True),
        ("x" * 2049, False),
        ("", False),
        ("\x00", False),
        ("é", False),
        ("a\nb", False),
    ],
)
def test_only_a_short_text_that_can_be_seen_is_echoed(text: str, *, is_one: bool) -> None:
    assert is_challenge(text) is is_one
