"""Silence: a chat does not let the bot write, for now.

The rules, in their order:

1. What is owed to a silent chat is held, as in a pause. A closed forum topic is silent by itself;
   where the bot may not write, the whole chat is, with all its topics.
2. A silence ends when Telegram tells so (the topic is reopened, the right is given back), or when a
   message gets through. Telegram does not tell everything (what a group allows all its members), so
   every `TRY_AGAIN` what is fresh is tried.
3. When it ends, what is no older than an alert may be comes at once, as behind any pause. What is
   older is offered, and comes where somebody asks for it.
4. A pause of the reader's own goes on beneath, and beyond.
"""

from datetime import timedelta
from enum import StrEnum
from typing import Final

TRY_AGAIN: Final = timedelta(hours=1)


class Silence(StrEnum):
    """Why the chat does not let the bot write."""

    NO_RIGHT = "no right to write"
    CLOSED = "topic closed"
