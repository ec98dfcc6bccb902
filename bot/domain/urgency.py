"""How urgent a follow or a standing search is to its reader."""

from collections.abc import Iterable
from enum import IntEnum


class Urgency(IntEnum):
    """The greater, the more urgent; a database may compare the numbers."""

    #: In the next edition only.
    DIGEST = 1
    #: At once, without a sound.
    SILENT = 2
    #: At once, with a sound.
    LOUD = 3

    @property
    def key(self) -> str:
        return self.name.lower()


def strongest(urgencies: Iterable[Urgency | None], usual: Urgency) -> Urgency:
    """Return the most urgent of them, where None stands for what is usual in the chat.

    The usual urgency where there are none. `bot.storage.fanout_sql` plans the same in SQL; a
    property test holds the two against each other.
    """
    found = [usual if urgency is None else urgency for urgency in urgencies]
    return max(found, default=usual)
