"""A page of the newest headlines, with the filters that lead from there to a search."""

from typing import Final

from bot.domain.filters import topic_part
from bot.services.archive import Page
from bot.services.records import TopicRecord
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import kind_code
from bot.telegram.handlers.article_pages import listed, page_buttons
from bot.telegram.handlers.filter_buttons import offered_buttons
from bot.telegram.handlers.saving_shown import choose_row
from bot.telegram.handlers.turn import Turn
from bot.texts.clip import clean, clip, isolated
from bot.texts.escape import Html, joined
from bot.texts.letter import Button, Call, Letter, Rows

_LONGEST_NAME: Final = 60


async def latest_letter(turn: Turn, record: TopicRecord | None, number: int) -> Letter:
    """Return a page of everything, or of one topic."""
    page = await turn.services.archive.latest(record.id if record else None, number)
    pages = page_buttons(turn, page, lambda other: latest_call(record, other))
    return Letter(
        html=joined("\n\n", [_title(turn, record), listed(turn, page, "latest.nothing")]),
        rows=(
            pages,
            *await _filters(turn, record, page),
            choose_row(turn, page, latest_call(record, number)),
        ),
    )


def latest_call(record: TopicRecord | None, page: int) -> Call:
    return Call(action="latest", arguments=(*_topic(record), page))


def to_latest(turn: Turn, records: list[TopicRecord]) -> Rows:
    """Return a button to the newest headlines of each topic."""
    return buttons.laid_out(
        [
            Button(text=buttons.named(record, turn.texts), call=latest_call(record, 0))
            for record in records
        ]
    )


async def _filters(turn: Turn, record: TopicRecord | None, page: Page) -> Rows:
    """Return the buttons of filters; the topic itself is one that a tap takes away."""
    query = topic_part(record.topic) if record else ""
    call = Call(action="latest", arguments=_topic(record))
    offered = [] if query is None else await offered_buttons(turn, page, query, call)
    if record is None:
        return buttons.paired(offered)
    name = buttons.fitted(turn.texts, "filter.active", record.topic.name)
    return buttons.paired([Button(text=name, call=latest_call(None, 0)), *offered])


def _topic(record: TopicRecord | None) -> tuple[str, int]:
    return (kind_code(record.topic.kind), record.id) if record else ("-", 0)


def _title(turn: Turn, record: TopicRecord | None) -> Html:
    if record is None:
        return turn.texts.t("latest.title", site=turn.services.site.name)
    name = isolated(clip(clean(record.topic.name), _LONGEST_NAME))
    return turn.texts.t("latest.topic", topic=name)
