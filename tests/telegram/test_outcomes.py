"""What Telegram's answers mean for an alert."""

from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    TimedOut,
)

from bot.domain.delivery import (
    BotRefused,
    ChatGone,
    ChatMoved,
    Outcome,
    Refused,
    Silenced,
    Throttled,
    TopicGone,
    Unanswered,
    Unreachable,
)
from bot.domain.silence import Silence
from bot.telegram.faults import FloodError, NotConnectedError, UnansweredError
from bot.telegram.outcomes import TOKEN_REFUSED, outcome_of
from tests.telegram.echo import TOKEN


@pytest.mark.parametrize(
    "words",
    [
        "bot was blocked by the user",
        "user is deactivated",
        "bot can't initiate conversation with a user",
        "the group chat was deleted",
        "bot was kicked from the supergroup chat",
        "bot is not a member of the channel chat",
    ],
)
def test_every_403_means_that_the_chat_is_gone(words: str) -> None:
    assert outcome_of(Forbidden(f"Forbidden: {words}")) == ChatGone(words)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("chat not found", ChatGone),
        ("chat_id is empty", ChatGone),
        ("PEER_ID_INVALID", ChatGone),
        ("message thread not found", TopicGone),  # the group's other topics live on
        ("TOPIC_CLOSED", Silenced),
        ("not enough rights to send text messages to the chat", Silenced),
        ("group chat was upgraded to a supergroup chat", Silenced),  # where no new id is given
        ("message text is empty", Refused),
        ("message is too long", Refused),
        ("can't parse entities: Unclosed start tag at byte offset 3", Refused),
        ("BUTTON_DATA_INVALID", Refused),
    ],
)
def test_a_400_is_told_apart_by_its_words(words: str, kind: type[Outcome]) -> None:
    outcome = outcome_of(BadRequest(f"Bad Request: {words}"))

    assert type(outcome) is kind
    assert words.lower() in str(outcome).lower()


def test_a_closed_topic_is_told_from_a_missing_right() -> None:
    """The one concerns a topic, the other the whole chat."""
    closed = outcome_of(BadRequest("Bad Request: TOPIC_CLOSED"))
    powerless = outcome_of(BadRequest("Bad Request: need administrator rights in the channel chat"))

    assert isinstance(closed, Silenced)
    assert isinstance(powerless, Silenced)
    assert (closed.why, powerless.why) == (Silence.CLOSED, Silence.NO_RIGHT)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (FloodError(timedelta(seconds=7)), Throttled(7.0)),
        (ChatMigrated(-100123), ChatMoved(-100123)),
        (InvalidToken("Unauthorized"), BotRefused(TOKEN_REFUSED)),
        (
            EndPointNotFound("Endpoint 'sendMessage' not found"),  # sendMessage is always there
            BotRefused(TOKEN_REFUSED),
        ),
        (NotConnectedError("refused"), Unreachable("refused")),
        (TimedOut("late"), Unanswered("late")),
        (UnansweredError("cut"), Unanswered("cut")),
        (
            NetworkError("Internal Server Error: restart"),
            Unanswered("Internal Server Error: restart"),
        ),
        (Conflict("odd"), Unanswered("odd")),
        (KeyError("result"), Unanswered("KeyError")),
    ],
)
def test_every_other_error_has_its_meaning(error: Exception, outcome: Outcome) -> None:
    assert outcome_of(error) == outcome


@pytest.mark.parametrize(
    "error",
    [
        InvalidToken(f"The token `{TOKEN}` was rejected by the server."),
        NetworkError(f"cannot reach https://api.telegram.org/bot{TOKEN}/sendMessage"),
        ValueError(TOKEN),
        BadRequest(f"odd {TOKEN}"),
    ],
)
def test_no_detail_holds_the_token(error: Exception) -> None:
    assert TOKEN.partition(":")[2] not in str(outcome_of(error))
