"""What Telegram's refusals, and the faults on the way to it, mean for an alert.

The rules, in their order:

1. A 429: throttled, for as long as Telegram says.
2. 401, and 404 in the Bot API's own words: the token is wrong. A method that is certainly there
   and not found (`EndPointNotFound`) is the same answer, renamed by python-telegram-bot.
3. A group that was upgraded: the chat moved.
4. 403, and a 400 that does not know the chat: the chat is gone.
5. A 400 that does not know the forum topic: the topic is gone, and its chat lives on.
6. A 400 that speaks of rights or of a closed topic: the chat, or the topic, is silenced.
7. Any other 400: the message is refused.
8. No connection: unreachable.
9. Everything else (no answer in time, a broken connection, 5xx, an exception nobody thought of):
   unanswered, since the message may have arrived.

Wordings are those of Telegram's own server; they are compared without regard to case. No detail
holds anything shaped like a token.
"""

from datetime import timedelta
from typing import Final

from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
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
from bot.domain.redaction import redact
from bot.domain.silence import Silence
from bot.telegram.faults import NotConnectedError

TOKEN_REFUSED: Final = (
    "Telegram does not know the bot's token: copy it again from @BotFather into DEKBOT_BOT_TOKEN."  # noqa: S105 - advice, not a secret
)
_GONE: Final = (
    "chat not found",
    "chat_id is empty",
    "chat_id_invalid",
    "peer_id_invalid",
    "user_id_invalid",
    "user not found",
    "group chat was deactivated",
    "group chat was deleted",
    "user is deactivated",
    "bot was kicked",
    "bot was blocked",
)
_TOPIC_GONE: Final = (
    "topic_deleted",
    "message thread not found",
)
_CLOSED: Final = "topic_closed"
_SILENCED: Final = (
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "chat_admin_required",
    "chat_send_plain_forbidden",
    "chat_send_docs_forbidden",
    # Without the new chat id there is nowhere to move to until the group's own update tells.
    "group chat was upgraded",
)


def outcome_of(error: Exception) -> Outcome:  # noqa: PLR0911 - one case for each rule
    """Return what the error that `sendMessage` ended with means for the alert."""
    detail = _detail(error)
    match error:
        case RetryAfter(retry_after=wait):
            return Throttled(wait.total_seconds() if isinstance(wait, timedelta) else float(wait))
        case InvalidToken() | EndPointNotFound():
            return BotRefused(TOKEN_REFUSED)
        case ChatMigrated(new_chat_id=chat_id):
            return ChatMoved(chat_id)
        case Forbidden():
            return ChatGone(detail)
        case BadRequest():
            return _bad_request(detail)
        case NotConnectedError():
            return Unreachable(detail)
        case _:
            return Unanswered(detail)


def _bad_request(detail: str) -> Outcome:
    wording = detail.lower()
    if any(phrase in wording for phrase in _GONE):
        return ChatGone(detail)
    if any(phrase in wording for phrase in _TOPIC_GONE):
        return TopicGone(detail)
    if _CLOSED in wording:
        return Silenced(detail, Silence.CLOSED)
    if any(phrase in wording for phrase in _SILENCED):
        return Silenced(detail)
    return Refused(detail)


def _detail(error: Exception) -> str:
    """Return Telegram's words; of a foreign exception the name only, its text may hold anything."""
    if not isinstance(error, TelegramError):
        return type(error).__name__
    return redact(error.message.removeprefix("Forbidden: "))
