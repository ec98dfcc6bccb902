"""Shows what became of an article in chats, and why some did not get it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from bot.cli.cells import cell, table
from bot.cli.traced_moments import moment, seconds
from bot.domain.delivery import State
from bot.services.traces import TracedChat, TracedDelivery

_STYLES: Final[Mapping[str, str]] = {
    State.SENT: "green",
    State.FAILED: "bold red",
    State.DROPPED: "yellow",
}
#: Why a chat has no delivery; `{topics}` are those that explain it.
_ABSENCES: Final[Mapping[str, str]] = {
    "retired": "it is retired: {because}",
    "not-yet": "the matching has not come to it yet",
    "muted": "it mutes {topics}",
    "story-muted": "it has muted the story",
    "baseline": "the article was matched with nobody (see above)",
    "not-followed": "it follows nothing of what the article carries, and no search of its matches",
    "muted-then": "it mutes {topics}, which the article carried once",
    "before-follow": "it follows {topics} only since the article was matched",
}


def deliveries_table(deliveries: Sequence[TracedDelivery]) -> Table:
    shown = table("Chat", "State", "Because of", "How", "Owed", "When", "Tries", "Message", "Note")
    for one in deliveries:
        shown.add_row(
            cell(_chat(one)),
            Text(one.state, style=_STYLES.get(one.state, "")),
            cell(_why(one)),
            Text(f"{one.way}, without a sound" if one.silent else one.way),
            Text(moment(one.owed_at)),
            Text(_when(one)),
            Text(
                f"{one.attempts}, {one.ambiguous} unclear" if one.ambiguous else f"{one.attempts}"
            ),
            Text(_message(one)),
            cell(one.detail),
        )
    return shown


def chat_lines(chat_id: int, chats: Sequence[TracedChat]) -> Iterator[RenderableType]:
    if not chats:
        yield Text(f"Chat {chat_id} is not known: it never wrote /start, or left for good.", "red")
    for chat in chats:
        if chat.delivery is not None:
            yield deliveries_table([chat.delivery])
        else:
            yield cell(f"{_chat(chat)}, {chat.standing}: not owed; {_absence(chat)}")


def _absence(chat: TracedChat) -> str:
    words = _ABSENCES.get(chat.absence or "", str(chat.absence))
    topics = ", ".join(chat.topics) or "what the article carries"
    return words.format(topics=topics, because=chat.retired_because or "it sent /stop")


def _chat(one: TracedDelivery | TracedChat) -> str:
    topic = f", topic {one.thread_id}" if one.thread_id else ""
    name = f", {one.chat}" if one.chat else ""
    return f"{one.chat_id}{topic} ({one.kind}{name})"


def _why(one: TracedDelivery) -> str:
    reasons = [*one.topics, *([f"search: {one.search}"] if one.search else [])]
    return ", ".join(reasons)


def _when(one: TracedDelivery) -> str:
    if one.settled_at is None:
        return f"due {moment(one.due_at)}" if one.due_at else ""
    took = f" (after {seconds(one.seconds)})" if one.seconds is not None else ""
    return f"{moment(one.settled_at)}{took}"


def _tries(one: TracedDelivery) -> str:
    return f"{one.attempts}, {one.ambiguous} unclear" if one.ambiguous else str(one.attempts)


def _message(one: TracedDelivery) -> str:
    ids = dict.fromkeys((one.first_message_id, one.message_id))
    return ", ".join(str(number) for number in ids if number is not None)
