"""A person with a phone, for tests: writes, presses, and waits for what the bot sends."""

from collections.abc import Callable
from typing import TypeVar

from bot.demo.botapi.events import PATIENCE
from bot.demo.botapi.inline import InlineAnswer
from bot.demo.botapi.messages import Message
from bot.demo.botapi.queries import Answer
from bot.demo.botapi.rooms import Person, Room, Topic
from bot.demo.botapi.world import NotPossibleError, World

T = TypeVar("T")


class Reader:
    """A person in one chat with the bot; what they have not waited for yet stays to be read.

    What waits, waits `timeout` seconds at most and then raises `TimeoutError`.
    """

    def __init__(
        self, world: World, person: Person, room: Room, topic: Topic | None = None
    ) -> None:
        self._world, self.person, self.room, self.topic = world, person, room, topic
        self._read = self._edits_read = 0

    @property
    def id(self) -> int:
        return self.person.id

    @property
    def chat_id(self) -> int:
        return self.room.id

    @property
    def messages(self) -> list[Message]:
        """What the bot sent to this chat and did not delete, oldest first, as it stands now."""
        return [message for message in self._sent() if not message.deleted]

    @property
    def last(self) -> Message:
        return self.messages[-1]

    def in_chat(self, room: Room) -> "Reader":
        """Return the same person in another chat."""
        return Reader(self._world, self.person, room)

    def in_topic(self, topic: Topic) -> "Reader":
        """Return the same person in a topic of this chat, who sees nothing else of it."""
        return Reader(self._world, self.person, self.room, topic)

    async def say(
        self, text: str, *, reply_to: Message | None = None, thread_id: int | None = None
    ) -> Message:
        """Write, and return at once."""
        reply_id = None if reply_to is None else reply_to.id
        if thread_id is None and self.topic is not None:
            thread_id = self.topic.id
        return self._world.say(self.id, self.chat_id, text, reply_to=reply_id, thread_id=thread_id)

    async def ask(self, text: str, *, timeout: float = PATIENCE) -> Message:  # noqa: ASYNC109
        """Write, pass over what was sent before, and return the bot's next message."""
        self.skip()
        await self.say(text)
        return await self.next_message(timeout)

    def skip(self) -> None:
        """Count everything sent and edited so far as read."""
        self._read = len(self._sent())
        self._edits_read = len(self._edits())

    async def next_message(self, timeout: float = PATIENCE) -> Message:  # noqa: ASYNC109
        """Return the bot's next message that was not returned yet."""
        found = await self.wait_for(lambda: self._sent()[self._read : self._read + 1], timeout)
        self._read += 1
        return found[0]

    async def next_edit(self, timeout: float = PATIENCE) -> Message:  # noqa: ASYNC109
        """Return the message that the bot edited next."""
        found = await self.wait_for(lambda: self._edits()[self._edits_read :], timeout)
        self._edits_read += 1
        return found[0]

    async def press(
        self,
        button: str,
        *,
        message: Message | None = None,
        timeout: float = PATIENCE,  # noqa: ASYNC109
    ) -> Answer:
        """Press a button, by its text, part of it, or its data; returns the bot's answer.

        Without a message, the newest one that has the button.
        """
        pressed, data = self._button(button, message)
        query = self._world.press(self.id, self.chat_id, pressed.id, data)
        return await self.wait_for(lambda: self._world.queries.answered(query.id), timeout)

    async def type_inline(
        self,
        text: str,
        offset: str = "",
        *,
        timeout: float = PATIENCE,  # noqa: ASYNC109
    ) -> InlineAnswer:
        """Type `@bot text` in this chat; returns the bot's answer."""
        query = self._world.ask_inline(self.id, self.chat_id, text, offset)
        return await self.wait_for(lambda: self._world.inline.answered(query.id), timeout)

    async def share(self, answer: InlineAnswer, title: str) -> Message:
        """Send the result with that title to this chat."""
        chosen = next(one for one in answer.results if one.title == title)
        return await self._world.share(self.id, self.chat_id, answer.query.id, chosen.id)

    async def wait_for(
        self,
        condition: Callable[[], T | None],
        timeout: float = PATIENCE,  # noqa: ASYNC109
    ) -> T:
        """Return what the condition yields once that is true."""
        try:
            return await self._world.events.wait_for(condition, timeout)
        except TimeoutError:
            texts = [message.text for message in self.messages[-3:]]
            raise TimeoutError(
                f"{self.person.first_name} waited in vain; the latest messages: {texts}"
            ) from None

    def block(self) -> None:
        self._world.memberships.block(self.id)

    def unblock(self) -> None:
        self._world.memberships.unblock(self.id)

    def _sent(self) -> list[Message]:
        return self._here(self._world.conversations.sent_to[self.chat_id])

    def _edits(self) -> list[Message]:
        edited = self._world.conversations.edited
        return self._here([message for message in edited if message.chat_id == self.chat_id])

    def _here(self, messages: list[Message]) -> list[Message]:
        if self.topic is None:
            return messages
        return [message for message in messages if message.thread_id == self.topic.id]

    def _button(self, button: str, message: Message | None) -> tuple[Message, str]:
        candidates = [message] if message is not None else self.messages[::-1]
        matches: list[Callable[[str, str], bool]] = [
            lambda text, data: button in {text, data},
            lambda text, _data: button in text,
        ]
        for match in matches:
            for candidate in candidates:
                for found in candidate.buttons:
                    data = str(found.get("callback_data", ""))
                    if data and match(found["text"], data):
                        return candidate, data
        labels = [label for candidate in candidates for label in candidate.labels]
        raise NotPossibleError(f"There is no button {button!r} among {labels}.")
