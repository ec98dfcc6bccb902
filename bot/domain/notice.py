"""What whoever set a group, a forum topic or a channel up is told of it."""

from enum import StrEnum


class NoticeKind(StrEnum):
    #: The bot lost the right to write.
    SILENCED = "silenced"
    #: The forum topic was closed.
    CLOSED = "closed"
    #: The forum topic is there no more.
    DELETED = "deleted"
    #: The bot was removed, or the chat is there no more.
    REMOVED = "removed"
    #: The group became a supergroup.
    MOVED = "moved"
    #: A silence is over, and what grew old in it may be asked for.
    OFFERED = "offered"

    @property
    def to_each(self) -> bool:
        """Whether it is told of each forum topic, rather than once to each person."""
        return self.of_topic or self is NoticeKind.OFFERED

    @property
    def of_topic(self) -> bool:
        """Whether it concerns one forum topic, so that its forum hears it where nobody else can."""
        return self in (NoticeKind.CLOSED, NoticeKind.DELETED)
