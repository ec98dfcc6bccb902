"""What is sent to a chat: text in Telegram's HTML, and buttons under it."""

from dataclasses import dataclass
from enum import StrEnum


class Preview(StrEnum):
    """How the link's card is shown."""

    LARGE = "large"
    SMALL = "small"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What a pressed button asks for: an action's name and its arguments, all short."""

    action: str
    arguments: tuple[str | int, ...] = ()
    #: The id of the subscriber that it is about; None for the chat in which the button stands.
    on: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button that opens an address or makes a call; exactly one of the two is given."""

    text: str
    url: str | None = None
    call: Call | None = None


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file that goes with a letter; never empty."""

    name: str
    content: bytes
    mime_type: str
    #: What is said where the chat takes no files.
    instead: "Letter"
    #: Shown in the chat, rather than offered to be kept; for pictures.
    is_shown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message, without its address."""

    #: HTML as the Bot API's "HTML style" takes it; with a document at most 1,024 units of text.
    html: str
    rows: Rows = ()
    preview: Preview = Preview.NONE
    #: The address whose card is shown; the text's first link where None.
    preview_url: str | None = None
    #: Sent without a sound.
    silent: bool = False
    #: The message of the same chat that it answers; None for none.
    reply_to: int | None = None
