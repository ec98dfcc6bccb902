"""Messages, and where they are kept."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.demo.botapi.rendering import rendered
from bot.demo.botapi.tags import Entity
from bot.demo.botapi.uploads import StoredFile


@dataclass(slots=True, kw_only=True, eq=False)
class Message:
    """A message as everybody in the chat sees it now; edits change it in place."""

    id: int
    chat: dict[str, Any]
    #: Unix time.
    date: int
    #: The sender, a User; None for posts of a channel.
    sender: dict[str, Any] | None
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    #: A file, whose caption is the text.
    document: StoredFile | None = None
    #: Likewise a picture that is shown in the chat.
    photo: StoredFile | None = None
    markup: dict[str, Any] | None = None
    reply_to: "Message | None" = None
    thread_id: int | None = None
    #: The service message that opened its forum topic: what it answers, unless it answers another.
    opened_by: "Message | None" = None
    #: The bot whose inline result it was, a User.
    via_bot: dict[str, Any] | None = None
    edit_date: int | None = None
    silent: bool = False
    protected: bool = False
    #: LinkPreviewOptions as given.
    preview: dict[str, Any] = field(default_factory=dict)
    #: Fields of a service message.
    service: dict[str, Any] = field(default_factory=dict)
    #: What the page shows of the page linked to.
    card: dict[str, Any] | None = None
    from_bot: bool = False
    deleted: bool = False
    #: When it reached the stand-in, on the monotonic clock.
    arrived: float = 0.0
    #: How often it was edited.
    edits: int = 0

    @property
    def chat_id(self) -> int:
        return int(self.chat["id"])

    @property
    def html(self) -> str:
        return rendered(self.text, self.entities)

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """The buttons under the message, row by row."""
        return [button for row in (self.markup or {}).get("inline_keyboard", ()) for button in row]

    @property
    def labels(self) -> list[str]:
        """What the buttons say."""
        return [button["text"] for button in self.buttons]

    def as_json(self, *, nested: bool = False) -> dict[str, Any]:
        """Return the Message of the Bot API; a nested one doesn't show what it replies to."""
        shown: dict[str, Any] = {"message_id": self.id, "chat": self.chat, "date": self.date}
        if self.sender is not None:
            shown["from"] = self.sender
        else:
            shown["sender_chat"] = self.chat
        if self.thread_id is not None:
            shown |= {"message_thread_id": self.thread_id, "is_topic_message": True}
        answered = self.reply_to or self.opened_by
        if answered is not None and not nested:
            shown["reply_to_message"] = answered.as_json(nested=True)
        optional = {
            **self._content(),
            "edit_date": self.edit_date,
            "via_bot": self.via_bot,
            "link_preview_options": self.preview,
            "has_protected_content": self.protected,
            "reply_markup": self.markup,
        }
        shown.update((name, value) for name, value in optional.items() if value)
        return shown | self.service

    def _content(self) -> dict[str, Any]:
        caption = {"caption": self.text, "caption_entities": self.entities}
        if self.document is not None:
            return {"document": self.document.as_document(), **caption}
        if self.photo is not None:
            return {"photo": self.photo.as_photo(), **caption}
        return {"text": self.text, "entities": self.entities}


class Conversations:
    """All messages by chat, numbered as Telegram numbers them.

    Supergroups and channels count for themselves; private chats and groups share one count.
    """

    def __init__(self) -> None:
        self._messages: dict[int, dict[int, Message]] = defaultdict(dict)
        self._last_ids: dict[int, int] = defaultdict(int)
        #: What the bot sent, in order of arrival: all, and by chat.
        self.sent: list[Message] = []
        self.sent_to: dict[int, list[Message]] = defaultdict(list)
        #: What the bot edited, in order; a message as often as it was edited.
        self.edited: list[Message] = []

    def next_id(self, room_type: str, chat_id: int) -> int:
        counter = chat_id if room_type in {"supergroup", "channel"} else 0
        self._last_ids[counter] += 1
        return self._last_ids[counter]

    def add(self, message: Message) -> None:
        self._messages[message.chat_id][message.id] = message
        if message.from_bot:
            self.sent.append(message)
            self.sent_to[message.chat_id].append(message)

    def find(self, chat_id: int, message_id: int) -> Message | None:
        """Return the message unless it is deleted or was never there."""
        message = self._messages[chat_id].get(message_id)
        return None if message is None or message.deleted else message

    def of(self, chat_id: int) -> Iterable[Message]:
        """Return the messages of the chat that are not deleted, oldest first."""
        return [message for message in self._messages[chat_id].values() if not message.deleted]
