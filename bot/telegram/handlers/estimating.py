"""How often a topic or a search would bring an alert: told before it is followed."""

from bot.domain.estimate import estimate
from bot.services.searches import ESTIMATED, RECENT, SearchRecord
from bot.telegram.handlers.turn import Turn
from bot.texts.escape import Html
from bot.texts.estimates import how_often


async def of_topic(turn: Turn, topic_id: int) -> Html:
    """Return such as "about 4 a week; 31 in the last 90 days"."""
    count = await turn.services.estimates.of_topic(topic_id)
    return how_often(estimate(count, ESTIMATED), turn.texts)


async def topic_line(turn: Turn, topic_id: int) -> Html:
    """Return the same as a line of its own."""
    return turn.texts.t("estimate.line", often=await of_topic(turn, topic_id))


async def search_line(turn: Turn, query: str) -> Html:
    count = await turn.services.estimates.of_search(query)
    often = how_often(estimate(count, ESTIMATED), turn.texts)
    return turn.texts.t("estimate.line", often=often)


def of_saved(turn: Turn, record: SearchRecord) -> Html:
    """Return how often a standing search would have brought an alert in the last 30 days."""
    return how_often(estimate(record.recent, RECENT), turn.texts)
