"""The buttons under an alert: mute what it is about.

Only the buttons change, the alert stays as it is; its link is kept from the message itself.
"""

from typing import Final

from bot.domain.matching import Stance
from bot.services.records import TopicRecord
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments, stance_code
from bot.telegram.handlers.toasts import changed_toast
from bot.telegram.handlers.turn import Changes, Press, Reaction, Turn
from bot.texts.letter import Button, Call
from bot.texts.letters import alert_rows

_MOST_TOPICS: Final = 20


async def offer(turn: Turn, arguments: Arguments) -> Reaction:
    """Show the article's topics, to be muted."""
    article_id = arguments.number()
    records = await turn.services.subscriptions.of_article(turn.subscriber, article_id)
    if not records:
        toast = turn.texts.plain("button.article-gone")
        return Reaction(toast=toast, outcome="gone")
    topics = [_topic(turn, article_id, record, record.stance) for record in records[:_MOST_TOPICS]]
    rows = (tuple(links(turn)), *buttons.laid_out(topics), (back_button(turn, article_id),))
    return Reaction(rows=rows, outcome="offered")


async def mute(turn: Turn, arguments: Arguments) -> Reaction:
    """Mute one of the article's topics, or give it back the stance from before."""
    article_id, topic_id = arguments.number(), arguments.number()
    target, before = arguments.stance(), arguments.stance()
    change = await turn.services.subscriptions.set_stance(
        turn.subscriber, topic_id, target, Stance.MUTE
    )
    toast = changed_toast(turn.texts, change, Stance.MUTE)
    if change is None or turn.pressed is None:
        return Reaction(toast=toast, outcome="gone")
    fresh = _topic(turn, article_id, change.record, before)
    rows = buttons.rows_of(turn.pressed.reply_markup)
    rows = buttons.replaced(rows, Call(action="alert-set", arguments=(article_id, topic_id)), fresh)
    return Reaction(rows=rows, toast=toast, outcome="changed")


async def close(turn: Turn, arguments: Arguments) -> Reaction:
    """Show the alert's own buttons again."""
    article_id = arguments.number()
    url = next((button.url for button in links(turn)), None)
    is_saved = await turn.services.saved.holds(turn.subscriber, article_id)
    rows = alert_rows(article_id, turn.language, url=url, is_saved=is_saved)
    return Reaction(rows=rows, outcome="closed")


def _topic(turn: Turn, article_id: int, record: TopicRecord, before: Stance | None) -> Button:
    """Return a button that mutes the topic, or, where it is muted, leads back to before."""
    back = None if before is Stance.MUTE else before
    target = back if record.stance is Stance.MUTE else Stance.MUTE
    arguments = (article_id, record.id, stance_code(target), stance_code(back))
    call = Call(action="alert-set", arguments=arguments)
    return Button(text=buttons.named(record, turn.texts), call=call)


def back_button(turn: Turn, article_id: int) -> Button:
    """Return the button that brings the alert's own buttons back."""
    call = Call(action="alert-back", arguments=(article_id,))
    return Button(text=turn.texts.plain("mute.back"), call=call)


def links(turn: Turn) -> list[Button]:
    """Return the pressed message's buttons that open an address."""
    rows = buttons.rows_of(turn.pressed.reply_markup) if turn.pressed else ()
    return [button for row in rows for button in row if button.url]


PRESSES: Final = {
    "alert-mute": Press(offer, Changes.ALWAYS),
    "alert-set": Press(mute, Changes.ALWAYS),
    "alert-back": Press(close, Changes.ALWAYS),
}
