"""Topics of a forum: opened, closed, reopened and deleted by people."""

from collections.abc import Callable

from bot.demo.botapi.events import Events
from bot.demo.botapi.messages import Conversations, Message
from bot.demo.botapi.registry import Registry
from bot.demo.botapi.rooms import Topic

#: The colour of a topic's icon where nobody chose one.
_BLUE = 0x6FB9F0


class Forums:
    """Each change but a deletion is a service message in the topic.

    `announce` puts a service message, given by its fields, into a topic of a room.
    """

    def __init__(
        self,
        *,
        registry: Registry,
        conversations: Conversations,
        events: Events,
        announce: Callable[..., Message],
    ) -> None:
        self._registry, self._conversations, self._events = registry, conversations, events
        self._announce = announce

    def open(self, chat_id: int, name: str) -> Topic:
        """Open a topic; its id is that of the message that opens it."""
        room = self._registry.rooms[chat_id]
        topic = Topic(id=self._conversations.next_id(room.type, chat_id), name=name)
        room.topics[topic.id] = topic
        about = {"name": name, "icon_color": _BLUE}
        opened = self._announce(room, topic=topic, forum_topic_created=about)
        topic.opened = opened
        return topic

    def close(self, chat_id: int, topic_id: int) -> None:
        room = self._registry.rooms[chat_id]
        topic = room.topics[topic_id]
        topic.closed = True
        self._announce(room, topic=topic, forum_topic_closed={})
        self._events.tell("rooms_changed", chat_id=chat_id)

    def reopen(self, chat_id: int, topic_id: int) -> None:
        room = self._registry.rooms[chat_id]
        topic = room.topics[topic_id]
        topic.closed = False
        self._announce(room, topic=topic, forum_topic_reopened={})
        self._events.tell("rooms_changed", chat_id=chat_id)

    def delete(self, chat_id: int, topic_id: int) -> None:
        """Delete the topic with its messages; the bot isn't told."""
        del self._registry.rooms[chat_id].topics[topic_id]
        for message in self._conversations.of(chat_id):
            if message.thread_id == topic_id:
                message.deleted = True
        self._events.tell("rooms_changed", chat_id=chat_id)
