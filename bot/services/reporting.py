"""One event in the log for what became of each delivery."""

from collections.abc import Sequence
from typing import Final

import structlog

from bot.domain.delivery import (
    ChatGone,
    ChatMoved,
    Outcome,
    Refused,
    Sent,
    Settlement,
    Silenced,
    State,
    TopicGone,
)
from bot.services.letters import Envelope

log = structlog.get_logger(__name__)

#: Outcomes that concern the whole chat; the others concern single deliveries.
_CHAT_EVENTS: Final = {
    ChatGone: "chat_retired",
    TopicGone: "topic_retired",
    ChatMoved: "chat_moved",
    Silenced: "chat_silent",
}


def report(envelope: Envelope, outcome: Outcome, settlements: Sequence[Settlement]) -> None:
    """Log what became of each delivery of one message, and of the chat."""
    chat = envelope.subscriber.address.chat_id
    event = _CHAT_EVENTS.get(type(outcome))
    if event:
        log.info(event, chat=chat, outcome=str(outcome))
    for one, settlement in zip(envelope.deliveries, settlements, strict=True):
        fields = {
            "article": one.article.id,
            "chat": chat,
            "state": str(settlement.state),
            "attempts": settlement.attempts,
            "ambiguous": settlement.ambiguous,
        }
        match outcome:
            case Sent(message_id):
                log.info("delivery_sent", message=message_id, **fields)
            case Refused(detail):
                log.error("delivery_refused", fault=detail, **fields)
            case _ if settlement.state is State.HELD:
                log.info("delivery_held", fault=settlement.detail, **fields)
            case _ if settlement.due_at is None:
                log.info("delivery_dropped", fault=settlement.detail, **fields)
            case _:
                log.warning(
                    "delivery_deferred",
                    fault=settlement.detail,
                    due_at=settlement.due_at.isoformat(),
                    **fields,
                )
