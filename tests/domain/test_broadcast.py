from datetime import datetime, timedelta

import pytest

from bot.domain.broadcast import Audience, Copy, Readers, Tally, settle_copy, time_needed
from bot.domain.delivery import (
    ChatGone,
    ChatMoved,
    Outcome,
    Refused,
    Sent,
    Silenced,
    State,
    Throttled,
    Unanswered,
)


@pytest.mark.parametrize(
    ("outcome", "state", "wait"),
    [
        (Sent(77), State.SENT, None),
        (Throttled(30), State.OWED, 30),
        (Unanswered("timed out"), State.OWED, 1),
        (ChatMoved(-100), State.OWED, 0),
        (ChatGone("blocked"), State.DROPPED, None),
        (Refused("too long"), State.FAILED, None),
        (Silenced("no right to write"), State.DROPPED, None),  # else it might never end
    ],
)
def test_a_copy_is_settled_as_a_delivery_is_but_waits_for_no_silence(
    now: datetime, outcome: Outcome, state: State, wait: float | None
) -> None:
    settled = settle_copy(Copy(id=5), outcome, now)

    due_at = None if wait is None else now + timedelta(seconds=wait)
    assert (settled.delivery_id, settled.state, settled.due_at) == (5, state, due_at)


def test_groups_count_only_where_they_are_chosen() -> None:
    readers = Readers(private=9, groups=2, left_out=5)

    assert readers.of(Audience.PRIVATE) == 9
    assert readers.of(Audience.EVERYONE) == 11


def test_every_copy_is_some_readers() -> None:
    assert Tally(sent=4, open=3, waiting=1, unreachable=2, failed=1).readers == 10


def test_the_time_that_it_takes_follows_from_the_rate() -> None:
    assert time_needed(280, 28) == timedelta(seconds=10)
