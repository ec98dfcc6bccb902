"""/latest: the newest headlines, of everything or of one topic."""

from typing import Final

from bot.domain.naming import Named, find_topics
from bot.domain.topic import TopicKind
from bot.services.records import TopicRecord
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments, kind_code
from bot.telegram.handlers.article_pages import listed, page_buttons
from bot.telegram.handlers.naming import unclear_line
from bot.telegram.handlers.saving_shown import choose_row
from bot.telegram.handlers.turn import Command, Press, Reaction, Reply, Turn
from bot.texts.clip import clean, clip, isolated
from bot.texts.escape import Html, joined
from bot.texts.letter import Button, Call, Letter

_LONGEST_NAME: Final = 60


async def latest(turn: Turn) -> Reply:
    """Show the newest headlines; with a name behind the command, those of that topic."""
    if not turn.typed:
        return Reply(letter=await _page(turn, None, 0), outcome="listed")
    every = {
        record.topic.identity: record
        for kind in TopicKind
        for record in await turn.services.subscriptions.topics(turn.subscriber, kind)
    }
    named = find_topics(turn.typed, [record.topic for record in every.values()])[0]
    records = [every[topic.identity] for topic in (*named.topics, *named.suggestions)]
    if len(named.topics) == 1:
        return Reply(letter=await _page(turn, records[0], 0), outcome="listed")
    return Reply(letter=_choice(turn, named, records), outcome="unclear")


async def turn_page(turn: Turn, arguments: Arguments) -> Reaction:
    """Show another page; of everything, where the kind of the topic is not given."""
    kind = arguments.optional_kind()
    topic_id, page = arguments.number(), arguments.page()
    if kind is None:
        return Reaction(letter=await _page(turn, None, page), outcome="listed")
    records = await turn.services.subscriptions.topics(turn.subscriber, kind)
    record = next((one for one in records if one.id == topic_id), None)
    if record is None:
        return Reaction(toast=turn.texts.plain("toast.gone"), outcome="gone")
    return Reaction(letter=await _page(turn, record, page), outcome="listed")


async def _page(turn: Turn, record: TopicRecord | None, number: int) -> Letter:
    page = await turn.services.archive.latest(record.id if record else None, number)
    rows = page_buttons(turn, page, lambda other: _call(record, other))
    title = _title(turn, record)
    html = joined("\n\n", [title, listed(turn, page, "latest.nothing")])
    choose = choose_row(turn, page, _call(record, number))
    return Letter(html=html, rows=(rows, choose))


def _title(turn: Turn, record: TopicRecord | None) -> Html:
    if record is None:
        return turn.texts.t("latest.title", site=turn.services.site.name)
    name = isolated(clip(clean(record.topic.name), _LONGEST_NAME))
    return turn.texts.t("latest.topic", topic=name)


def _choice(turn: Turn, named: Named, records: list[TopicRecord]) -> Letter:
    line = unclear_line(turn.texts, named.typed, ambiguous=bool(named.topics), near=bool(records))
    if not records:
        return Letter(html=joined("\n\n", [line, turn.texts.t("change.browse")]))
    choice = [
        Button(text=buttons.named(record, turn.texts), call=_call(record, 0)) for record in records
    ]
    return Letter(html=line, rows=buttons.laid_out(choice))


def _call(record: TopicRecord | None, page: int) -> Call:
    topic = (kind_code(record.topic.kind), record.id) if record else ("-", 0)
    return Call(action="latest", arguments=(*topic, page))


COMMANDS: Final = {"latest": Command(latest)}
PRESSES: Final = {"latest": Press(turn_page)}
