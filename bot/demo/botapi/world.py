"""The people's side of the stand-in: they write, press buttons, and change where the bot stands."""

import time
from collections.abc import Callable
from typing import Any

from bot.demo.botapi.cards import CardSource, card_of
from bot.demo.botapi.cleaning import cleaned
from bot.demo.botapi.entities import found_in
from bot.demo.botapi.events import Events
from bot.demo.botapi.formatting import LONGEST_TEXT
from bot.demo.botapi.forums import Forums
from bot.demo.botapi.inline import InlineQueries, InlineQuery
from bot.demo.botapi.limits import Pace
from bot.demo.botapi.memberships import Memberships
from bot.demo.botapi.messages import Conversations, Message
from bot.demo.botapi.privacy import sees
from bot.demo.botapi.profile import BotProfile
from bot.demo.botapi.queries import Answer, Queries, Query
from bot.demo.botapi.registry import Registry
from bot.demo.botapi.rooms import Person, Room, Standing, Topic
from bot.demo.botapi.updates import Updates
from bot.demo.botapi.upgrades import Upgrades
from bot.demo.botapi.uploads import Files
from bot.demo.botapi.utf16 import units


class NotPossibleError(ValueError):
    """A person can't do that in a messenger; the text says why."""


class World:
    """People and chats as they are, and what people do. Every id is Telegram's kind of id."""

    def __init__(
        self,
        *,
        bot: BotProfile,
        registry: Registry,
        updates: Updates,
        events: Events,
        queries: Queries,
        inline: InlineQueries,
        pace: Pace,
        files: Files,
        wall_clock: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.bot, self.registry, self.updates, self.events = bot, registry, updates, events
        self.queries, self.inline, self.pace, self.files = queries, inline, pace, files
        self.conversations = Conversations()
        self.wall_clock, self.clock = wall_clock, clock
        self.memberships = Memberships(
            bot=bot,
            registry=registry,
            updates=updates,
            events=events,
            now=self.now,
            announce=self._announce,
        )
        self.forums = Forums(
            registry=registry,
            conversations=self.conversations,
            events=events,
            announce=self._announce,
        )
        self.upgrades = Upgrades(
            registry=registry,
            events=events,
            announce=self._announce,
            joined=self.memberships.tell_joined,
        )

    def now(self) -> int:
        """Return the Unix time."""
        return int(self.wall_clock())

    @property
    def answers(self) -> list[Answer]:
        """What the bot answered to presses, oldest first."""
        return self.queries.answers

    def person(self, first_name: str = "Reader", **about: Any) -> Person:
        """Add a person; for what may be given see `Registry.person`."""
        return self.registry.person(first_name, **about)

    def group(self, title: str, **about: Any) -> Room:
        """Add a group; for what may be given see `Registry.room`."""
        return self.registry.room("group", title, **about)

    def supergroup(self, title: str, **about: Any) -> Room:
        return self.registry.room("supergroup", title, **about)

    def channel(self, title: str, **about: Any) -> Room:
        return self.registry.room("channel", title, **{"bot": Standing.ADMINISTRATOR, **about})

    def topic(self, chat_id: int, name: str) -> Topic:
        """Open a topic in a forum."""
        return self.forums.open(chat_id, name)

    def say(
        self,
        person_id: int,
        chat_id: int,
        text: str,
        *,
        reply_to: int | None = None,
        thread_id: int | None = None,
    ) -> Message:
        """Write as the person; raises `NotPossibleError` where a messenger would not let them."""
        room, person = self._writing(person_id, chat_id)
        body, entities = cleaned(text, [])
        if not body or units(body) > LONGEST_TEXT:
            raise NotPossibleError("A message has 1 to 4,096 characters.")
        message = self._message(room, person, self._topic(room, thread_id, person_id))
        message.text, message.entities = body, found_in(body, entities)
        if reply_to is not None:
            message.reply_to = self.conversations.find(chat_id, reply_to)
        room.begun = True
        self._deliver(room, message)
        return message

    def press(self, person_id: int, chat_id: int, message_id: int, data: str) -> Query:
        """Press a button under a message, as the person; raises `NotPossibleError`."""
        message = self.conversations.find(chat_id, message_id)
        if message is None:
            raise NotPossibleError("There is no such message.")
        if not any(button.get("callback_data") == data for button in message.buttons):
            raise NotPossibleError("The message has no such button.")
        query = self.queries.open(person_id, chat_id, data, self.clock(), message.thread_id)
        self.pace.expect_replies(chat_id)
        payload = {
            "id": query.id,
            "from": self.registry.people[person_id].as_user(),
            "message": message.as_json(),
            "chat_instance": str(chat_id),
            "data": data,
        }
        self.updates.add("callback_query", payload)
        self.events.tell("pressed", message, person_id=person_id, data=data)
        return query

    def ask_inline(self, person_id: int, chat_id: int, text: str, offset: str = "") -> InlineQuery:
        """Type `@bot text` in a chat, as the person; raises `NotPossibleError`."""
        room, person = self._writing(person_id, chat_id)
        if not self.bot.inline:
            raise NotPossibleError("The bot has no inline mode: @BotFather switches it on.")
        query = self.inline.open(person_id, text, offset, self.clock())
        own = room.type == "private"
        payload = {
            "id": query.id,
            "from": person.as_user(),
            "query": query.text,
            "offset": offset,
            "chat_type": "sender" if own else room.type,
        }
        self.updates.add("inline_query", payload)
        return query

    async def share(
        self,
        person_id: int,
        chat_id: int,
        query_id: str,
        result_id: str,
        *,
        thread_id: int | None = None,
        card: CardSource | None = None,
    ) -> Message:
        """Send a result of an inline query, as the person; raises `NotPossibleError`."""
        room, person = self._writing(person_id, chat_id)
        result = self.inline.chosen(query_id, result_id)
        if result is None:
            raise NotPossibleError("There is no such result.")
        message = self._message(room, person, self._topic(room, thread_id, person_id))
        message.text, message.entities = result.text, result.entities
        message.markup, message.preview = result.markup, result.preview
        message.via_bot = self.bot.as_user()
        message.card = await card_of(message, card)
        room.begun = True
        self._deliver(room, message)
        return message

    def upgrade(self, chat_id: int) -> Room:
        """Make the group a supergroup, which has another id; returns that one."""
        new = self.upgrades.make(chat_id)
        self.upgrades.tell(chat_id, new.id)
        return new

    def _writing(self, person_id: int, chat_id: int) -> tuple[Room, Person]:
        room, person = self.registry.rooms.get(chat_id), self.registry.people.get(person_id)
        if room is None or person is None or not room.standing(person_id).inside:
            raise NotPossibleError("There is no such conversation.")
        if room.type == "private" and room.standing(self.bot.id) is Standing.KICKED:
            raise NotPossibleError("The bot is blocked: unblock it first.")
        if room.type == "channel" and not room.standing(person_id).administers:
            raise NotPossibleError("Only administrators write in a channel.")
        if room.deleted or room.migrated_to is not None:
            raise NotPossibleError("The conversation is closed.")
        return room, person

    def _topic(self, room: Room, thread_id: int | None, person_id: int) -> Topic | None:
        """Return the topic in which somebody writes; raises `NotPossibleError`."""
        if thread_id is None:
            return None
        topic = room.topics.get(thread_id)
        if topic is None:
            raise NotPossibleError("There is no such topic.")
        if topic.closed and not room.standing(person_id).administers:
            raise NotPossibleError("The topic is closed.")
        return topic

    def _message(self, room: Room, person: Person | None, topic: Topic | None = None) -> Message:
        return Message(
            id=self.conversations.next_id(room.type, room.id),
            chat=self.registry.chat(room),
            date=self.now(),
            sender=None if person is None or room.type == "channel" else person.as_user(),
            thread_id=topic.id if topic else None,
            opened_by=topic.opened if topic else None,
            arrived=self.clock(),
        )

    def _announce(self, room: Room, *, topic: Topic | None = None, **service: Any) -> Message:
        """Put a message of the messenger's own into the chat, in its creator's name."""
        creator = next((p for p, s in room.standings.items() if p in self.registry.people), 0)
        message = self._message(room, self.registry.people.get(creator), topic)
        message.service = service
        if topic is not None and topic.opened is None:
            message.id = topic.id
        self._deliver(room, message)
        return message

    def _deliver(self, room: Room, message: Message) -> None:
        self.conversations.add(message)
        self.pace.expect_replies(room.id)
        if sees(self.bot, room, message):
            kind = "channel_post" if room.type == "channel" else "message"
            self.updates.add(kind, message.as_json())
        self.events.tell("person_wrote", message)
