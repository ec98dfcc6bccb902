"""Whether an article goes to a subscriber, and why.

The rules, in their order:

1. A mute beats every follow: an article that carries any muted topic is never sent.
2. An article that carries at least one followed topic is sent; every such topic is a reason.
3. When an article is met again with further topics, only a follow of a further topic counts
   (rule 2), while a mute of any of its topics, early or late, still forbids it (rule 1).
4. A topic that was withdrawn (see `bot.domain.carrying`) counts neither as muted nor as followed.
5. Nothing else is sent.
6. What is owed already stays owed, when preferences change, for as long as rule 1 does not forbid
   it and something is followed of what the article carries or of what brought it, withdrawn or not.

`bot.storage.fanout` plans the same for a million subscribers in SQL; a property test holds the
two against each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.topic import Identity, Topic

#: SQLite's integers are signed and have 64 bits; topics beyond share the last place.
LAST_PLACE: Final = 61


class Stance(StrEnum):
    FOLLOW = "follow"
    MUTE = "mute"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What a subscriber follows and mutes, by the topics' identities."""

    follows: frozenset[Identity] = frozenset()
    mutes: frozenset[Identity] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The decision that an article goes to a subscriber."""

    #: The followed topics, in the article's order; never empty.
    reasons: tuple[Topic, ...]


def match(
    topics: Sequence[Topic],
    preferences: Preferences,
    *,
    further: int = 0,
    withdrawn: frozenset[Identity] = frozenset(),
) -> Match | None:
    """Match an article's topics, in their places, with a subscriber's preferences.

    `further` is the position of the first topic that is new since the article was last matched;
    0 for a new article.
    """
    if _is_muted(topics, preferences, withdrawn):
        return None
    reasons = tuple(
        topic
        for topic in topics[further:]
        if topic.identity in preferences.follows and topic.identity not in withdrawn
    )
    return Match(reasons=reasons) if reasons else None


def stays_owed(
    topics: Sequence[Topic],
    preferences: Preferences,
    reasons: frozenset[Identity],
    *,
    withdrawn: frozenset[Identity] = frozenset(),
) -> bool:
    """Return whether the preferences still want what these topics brought (rule 6)."""
    if _is_muted(topics, preferences, withdrawn):
        return False
    return any(
        topic.identity in preferences.follows
        and (topic.identity not in withdrawn or topic.identity in reasons)
        for topic in topics
    )


def _is_muted(
    topics: Sequence[Topic], preferences: Preferences, withdrawn: frozenset[Identity]
) -> bool:
    return any(
        topic.identity in preferences.mutes and topic.identity not in withdrawn for topic in topics
    )


def reason_bits(topics: Sequence[Topic], reasons: Sequence[Topic]) -> int:
    """Return the reasons as a bit set over the topics' positions, as deliveries keep them."""
    wanted = {topic.identity for topic in reasons}
    bits = 0
    for position, topic in enumerate(topics):
        if topic.identity in wanted:
            bits |= 1 << min(position, LAST_PLACE)
    return bits


def reasons_from_bits(topics: Sequence[Topic], bits: int) -> tuple[Topic, ...]:
    """Return the topics that a delivery's bit set names, in the article's order."""
    places = enumerate(topics[: LAST_PLACE + 1])
    return tuple(topic for position, topic in places if bits >> position & 1)
