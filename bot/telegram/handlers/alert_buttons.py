"""The buttons under an alert: mute what it is about.

Only the buttons change, the alert stays as it is; its link is kept from the message itself.
"""

from collections.abc import Sequence
from typing import Final

from bot.domain.matching import Stance
from bot.services.records import TopicRecord
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments, stance_code
from bot.telegram.handlers.toasts import changed_toast
from bot.telegram.handlers.turn import Changes, Press, Reaction, Turn
from bot.texts.letter import Button, Call, Rows
from bot.texts.letters import alert_rows

_MOST_TOPICS: Final = 20


async def offer(turn: Turn, arguments: Arguments) -> Reaction:
    """Show the article's topics, to be muted."""
    article_id = arguments.number()
    records = await turn.services.subscriptions.of_article(turn.subscriber, article_id)
    if not records:
        toast = turn.texts.plain("button.article-gone")
        return Reaction(toast=toast, rows=_closed(turn, article_id), outcome="gone")
    return Reaction(rows=_opened(turn, article_id, records), outcome="offered")


async def mute(turn: Turn, arguments: Arguments) -> Reaction:
    """Mute one of the article's topics, or take that back."""
    article_id, topic_id = arguments.number(), arguments.number()
    target = arguments.stance()
    subscriptions = turn.services.subscriptions
    change = await subscriptions.set_stance(turn.subscriber, topic_id, target)
    records = await subscriptions.of_article(turn.subscriber, article_id)
    return Reaction(
        rows=_opened(turn, article_id, records),
        toast=changed_toast(turn.texts, change, Stance.MUTE),
        outcome="changed" if change else "gone",
    )


async def close(turn: Turn, arguments: Arguments) -> Reaction:
    """Show the alert's own buttons again."""
    return Reaction(rows=_closed(turn, arguments.number()), outcome="closed")


def _opened(turn: Turn, article_id: int, records: Sequence[TopicRecord]) -> Rows:
    shown = [_topic(turn, article_id, record) for record in records[:_MOST_TOPICS]]
    back = Button(
        text=turn.texts.plain("mute.back"), call=Call(action="ab", arguments=(article_id,))
    )
    return (*buttons.laid_out(shown), (back,))


def _topic(turn: Turn, article_id: int, record: TopicRecord) -> Button:
    target = None if record.stance is Stance.MUTE else Stance.MUTE
    arguments = (article_id, record.id, stance_code(target))
    call = Call(action="ms", arguments=arguments)
    return Button(text=buttons.named(record, turn.texts), call=call)


def _closed(turn: Turn, article_id: int) -> Rows:
    return alert_rows(article_id, turn.language, url=None)


PRESSES: Final = {
    "am": Press(offer, Changes.ALWAYS),
    "ms": Press(mute, Changes.ALWAYS),
    "ab": Press(close, Changes.ALWAYS),
}
