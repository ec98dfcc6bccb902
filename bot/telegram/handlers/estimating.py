"""How often a topic or a search would bring an alert: told before it is followed."""

from collections.abc import Sequence

from bot.services.estimates import RECENT
from bot.services.records import SearchRecord
from bot.telegram.handlers.turn import Turn
from bot.texts.escape import Html
from bot.texts.estimates import how_often


async def of_topics(turn: Turn, topic_ids: Sequence[int]) -> list[Html]:
    """Return such as "about 4 a week; 31 in the last 90 days" for each."""
    found = await turn.services.estimates.of_topics(topic_ids)
    return [how_often(one, turn.texts) for one in found]


async def topic_line(turn: Turn, topic_id: int) -> Html:
    """Return the same as a line of its own."""
    (often,) = await of_topics(turn, [topic_id])
    return turn.texts.t("estimate.line", often=often)


async def search_line(turn: Turn, query: str) -> Html:
    (found,) = await turn.services.estimates.of_searches([query])
    return turn.texts.t("estimate.line", often=how_often(found, turn.texts))


async def of_saved(turn: Turn, records: Sequence[SearchRecord]) -> list[Html]:
    """Return how often each standing search would have brought an alert in the last 30 days."""
    texts = [record.text for record in records]
    found = await turn.services.estimates.of_searches(texts, RECENT)
    return [how_often(one, turn.texts) for one in found]


async def saved_line(turn: Turn, record: SearchRecord) -> Html:
    (often,) = await of_saved(turn, [record])
    return turn.texts.t("estimate.line", often=often)
