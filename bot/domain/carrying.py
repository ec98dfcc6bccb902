"""Which topics an article carries: what its sources told, less what its owner took back.

The rules, in their order:

1. What any source tells is carried from then on. A topic keeps its place among the article's
   topics for good, since deliveries name their reasons by places.
2. Only the source that owns the article withdraws a topic, and only an author or a label that it
   told first itself, or that an import did. Sections are never withdrawn.
3. It withdraws by telling others of the same kind: a teaser without any author says nothing about
   authors.
4. A withdrawn topic counts for nothing: it is not shown, matched, muted, found or counted.
5. Only the owner restores a topic, by telling it again, and nobody is alerted for that. If others
   could, a page that lags behind a feed would undo every correction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.topic import Topic, TopicKind

#: The source of articles that were imported from files; whichever source shows one owns it then.
IMPORTED: Final = 0
_WITHDRAWABLE: Final = frozenset({TopicKind.AUTHOR, TopicKind.LABEL})


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTopic:
    """A topic that an article carries, or carried once."""

    topic: Topic
    #: The source that told it first.
    source_id: int
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Retelling:
    """What of the topics told so far a teaser changes."""

    #: Carried until now.
    withdrawn: tuple[Topic, ...] = ()
    #: Withdrawn until now.
    restored: tuple[Topic, ...] = ()

    def carried(self, told: Iterable[ToldTopic]) -> tuple[Topic, ...]:
        """Return which of the topics told so far are carried from now on."""
        return tuple(
            one.topic
            for one in told
            if one.topic in self.restored or not (one.withdrawn or one.topic in self.withdrawn)
        )


def carried(told: Iterable[ToldTopic]) -> tuple[Topic, ...]:
    return Retelling().carried(told)


def retold(told: Sequence[ToldTopic], topics: Sequence[Topic], source_id: int) -> Retelling:
    """Return what the owner changes by telling these topics (rules 2, 3 and 5)."""
    said = {topic.identity for topic in topics}
    kinds = _WITHDRAWABLE & {topic.kind for topic in topics}
    return Retelling(
        withdrawn=tuple(
            one.topic
            for one in told
            if one.topic.kind in kinds
            and one.topic.identity not in said
            and one.source_id in (source_id, IMPORTED)
            and not one.withdrawn
        ),
        restored=tuple(one.topic for one in told if one.withdrawn and one.topic.identity in said),
    )
