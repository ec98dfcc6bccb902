from datetime import datetime, timedelta

import pytest

from bot.domain.delivery import (
    BotRefused,
    ChatGone,
    ChatMoved,
    Delivery,
    Outcome,
    Refused,
    Sent,
    Silenced,
    State,
    Throttled,
    TopicGone,
    Unanswered,
    Unreachable,
    pause,
    settle,
    unsent,
    withheld,
)
from bot.domain.silence import Silence


def delivery(now: datetime, *, attempts: int = 0, age: timedelta = timedelta()) -> Delivery:
    return Delivery(
        id=1, article_id=2, subscriber_id=3, owed_at=now - age, attempts=attempts, ambiguous=0
    )


@pytest.mark.parametrize(
    ("outcome", "state", "wait", "attempts", "ambiguous"),
    [
        (Sent(77), State.SENT, None, 1, 0),
        (Throttled(30), State.OWED, 30, 0, 0),  # rule 2: no attempt is counted
        (Unreachable("refused"), State.OWED, 1, 1, 0),  # rule 3: it certainly did not arrive
        (Unanswered("timed out"), State.OWED, 1, 1, 1),  # rule 3: it may have arrived
        (Silenced("TOPIC_CLOSED", Silence.CLOSED), State.HELD, None, 1, 0),
        (ChatGone("blocked"), State.DROPPED, None, 1, 0),
        (TopicGone("message thread not found"), State.DROPPED, None, 1, 0),
        (ChatMoved(-100), State.OWED, 0, 0, 0),
        (Refused("message is too long"), State.FAILED, None, 1, 0),
        (BotRefused("Unauthorized"), State.OWED, 0, 0, 0),
    ],
)
def test_every_outcome_has_its_rule(
    now: datetime, outcome: Outcome, state: State, wait: int | None, attempts: int, ambiguous: int
) -> None:
    settled = settle(delivery(now), outcome, now)

    due_at = None if wait is None else now + timedelta(seconds=wait)
    assert (settled.state, settled.due_at) == (state, due_at)
    assert (settled.attempts, settled.ambiguous) == (attempts, ambiguous)


def test_the_message_id_is_kept() -> None:
    now = datetime.fromisoformat("2026-01-01T00:00:00+00:00")

    assert settle(delivery(now), Sent(77), now).message_id == 77


def test_failures_are_retried_ever_more_slowly_and_for_ever(now: datetime) -> None:
    pauses = [pause(attempts) for attempts in range(12)]
    old = delivery(now, attempts=5_000, age=timedelta(days=9))

    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(minutes=5)
    assert settle(old, Unreachable("refused"), now).state is State.OWED


def test_a_chat_that_stays_silent_loses_nothing(now: datetime) -> None:
    old = delivery(now, attempts=30, age=timedelta(days=90))

    assert settle(old, Silenced("not enough rights"), now).state is State.HELD


def test_what_was_not_tried_because_of_a_silence_is_held_as_it_was(now: datetime) -> None:
    held = withheld(delivery(now, attempts=4))

    assert (held.state, held.due_at, held.attempts) == (State.HELD, None, 4)


def test_what_was_not_tried_is_owed_as_it_was(now: datetime) -> None:
    given_back = unsent(delivery(now, attempts=4), now)

    assert (given_back.state, given_back.due_at, given_back.attempts) == (State.OWED, now, 4)


def test_a_naive_moment_is_refused(now: datetime) -> None:
    with pytest.raises(ValueError, match="names no time zone"):
        settle(delivery(now), Sent(1), now.replace(tzinfo=None))
