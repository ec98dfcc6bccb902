"""What brought an alert: in words, and as buttons that change it."""

from collections.abc import Sequence
from typing import Final

from bot.services.records import TopicRecord
from bot.services.why import Why
from bot.telegram.handlers import buttons
from bot.telegram.handlers.naming import topic_shown
from bot.telegram.handlers.search_list import search_name
from bot.telegram.handlers.search_remedies import SEARCH
from bot.telegram.handlers.story_muting import story_button
from bot.telegram.handlers.topic_remedies import TOPIC
from bot.telegram.handlers.turn import Turn
from bot.texts.catalogue import Texts
from bot.texts.clip import clean, clip, isolated
from bot.texts.escape import Html, bold, italic, joined
from bot.texts.letter import Rows

#: More would bury the alert under its buttons.
MOST_TOPICS: Final = 4
_LONGEST_NAME: Final = 60


def in_words(turn: Turn, why: Why) -> Html:
    """Return what brought the article, each cause as a sentence."""
    texts, lines = turn.texts, []
    if why.topics:
        lines.append(texts.t(_by_topics(turn), topics=shown(texts, why.topics)))
    if why.withdrawn:
        names = [isolated(_name(record)) for record in why.withdrawn[:MOST_TOPICS]]
        lines.append(italic(texts.t("why.withdrawn", topics=texts.listing(names))))
    if why.search:
        name = bold(isolated(search_name(why.search, _LONGEST_NAME)))
        lines.append(texts.t("why.by-search", search=name))
    return joined("\n", lines) or texts.t("why.by-gone")


def in_plain_words(turn: Turn, why: Why) -> str:
    """Return the same without markup, for a toast."""
    texts, lines = turn.texts, []
    if why.topics:
        names = texts.commas([_named(texts, record) for record in why.topics[:MOST_TOPICS]])
        lines.append(texts.plain(_by_topics(turn), topics=names))
    if why.withdrawn:
        names = texts.commas([_name(record) for record in why.withdrawn[:MOST_TOPICS]])
        lines.append(texts.plain("why.withdrawn", topics=names))
    if why.search:
        search = texts.plain("format.quoted", text=search_name(why.search, _LONGEST_NAME))
        lines.append(texts.plain("why.by-search", search=search))
    return " ".join(lines) or texts.plain("why.by-gone")


def shown(texts: Texts, topics: Sequence[TopicRecord]) -> Html:
    """Return topics with their kinds, as "A (section) and B (author)"."""
    return texts.listing([topic_shown(texts, one) for one in topics])


def changes(turn: Turn, why: Why) -> Rows:
    """Return the buttons that change what brought the article."""
    topics = [row for record in why.topics[:MOST_TOPICS] for row in TOPIC.rows(record, turn.texts)]
    searches = SEARCH.rows(why.search, turn.texts) if why.search else ()
    return (*topics, *searches, (story_button(turn.texts, why.article.id),))


def _by_topics(turn: Turn) -> str:
    return "why.by-topics-group" if turn.in_group else "why.by-topics"


def _named(texts: Texts, record: TopicRecord) -> str:
    kind = buttons.kind_name(record.topic.kind, texts)
    return texts.plain("format.named", name=_name(record), kind=kind)


def _name(record: TopicRecord) -> str:
    return clip(clean(record.topic.name), _LONGEST_NAME)
