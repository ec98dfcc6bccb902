"""/latest: the newest headlines, of everything or of one topic."""

from typing import Final

from bot.domain.naming import Named
from bot.services.records import TopicRecord
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.latest_page import latest_letter, to_latest
from bot.telegram.handlers.naming import unclear_line
from bot.telegram.handlers.near_topics import near_topics
from bot.telegram.handlers.turn import Command, Press, Reaction, Reply, Turn
from bot.texts.escape import joined
from bot.texts.letter import Letter


async def latest(turn: Turn) -> Reply:
    """Show the newest headlines; with a name behind the command, those of that topic."""
    if not turn.typed:
        return Reply(letter=await latest_letter(turn, None, 0), outcome="listed")
    named, records = await near_topics(turn, turn.typed)
    if len(named.topics) == 1:
        return Reply(letter=await latest_letter(turn, records[0], 0), outcome="listed")
    return Reply(letter=_choice(turn, named, records), outcome="unclear")


async def turn_page(turn: Turn, arguments: Arguments) -> Reaction:
    """Show another page; of everything, where the kind of the topic is not given."""
    kind = arguments.optional_kind()
    topic_id, page = arguments.number(), arguments.page()
    if kind is None:
        return Reaction(letter=await latest_letter(turn, None, page), outcome="listed")
    record = await turn.services.subscriptions.by_id(turn.subscriber, kind, topic_id)
    if record is None:
        return Reaction(toast=turn.texts.plain("toast.gone"), outcome="gone")
    return Reaction(letter=await latest_letter(turn, record, page), outcome="listed")


def _choice(turn: Turn, named: Named, records: list[TopicRecord]) -> Letter:
    line = unclear_line(turn.texts, named.typed, ambiguous=bool(named.topics), near=bool(records))
    if not records:
        return Letter(html=joined("\n\n", [line, turn.texts.t("change.browse")]))
    return Letter(html=line, rows=to_latest(turn, records))


COMMANDS: Final = {"latest": Command(latest)}
PRESSES: Final = {"latest": Press(turn_page)}
