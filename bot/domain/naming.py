"""Finds the topics that a reader means by what they typed: leniently, never by surprise.

The rules, in their order:

1. `section:`, `author:` or `label:` before a name narrows the search to that kind.
2. Case, accents, punctuation and spaces do not count: `nkpro` is NK PRO.
3. A text that is a name as a whole is that name; otherwise commas and line breaks part it into
   several names.
4. A name that more than one topic has (a section and a label, say) is ambiguous: all are told.
5. A name that none has is unknown; the nearest names are suggested, and nothing is changed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from bot.domain.topic import Topic, TopicKind, slug

_KIND: Final = re.compile(r"\s*(section|author|label)s?\s*:\s*(.*)", re.IGNORECASE | re.DOTALL)
_PARTING: Final = re.compile(r"[,;\n]+")
_MOST_SUGGESTIONS: Final = 4
_NEAR: Final = 0.6
#: Longer than any name; the rest of a pasted text is no help in guessing.
_LONGEST_NAME: Final = 100
_MOST_NAMES: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What one typed name stands for: one topic, several (ambiguous), or none."""

    #: The name as typed.
    typed: str
    topics: tuple[Topic, ...] = ()
    #: The nearest topics, where no topic has the name.
    suggestions: tuple[Topic, ...] = ()


def find_topics(text: str, topics: Sequence[Topic]) -> list[Named]:
    """Return what each name in the text stands for; an empty list for an empty text."""
    text = text.strip()
    if not text:
        return []
    whole = _find(text, topics)
    parts = [part.strip() for part in _PARTING.split(text) if part.strip()]
    if whole.topics or len(parts) <= 1:
        return [whole]
    return [_find(part, topics) for part in dict.fromkeys(parts[:_MOST_NAMES])]


def _find(typed: str, topics: Sequence[Topic]) -> Named:
    typed = typed[:_LONGEST_NAME].strip()
    narrowed = _KIND.fullmatch(typed)
    name = _bare(narrowed[2] if narrowed else typed)
    if narrowed:
        kind = TopicKind(narrowed[1].lower())
        topics = [topic for topic in topics if topic.kind == kind]
    found = tuple(topic for topic in topics if name and name in _spellings(topic))
    suggestions = () if found else _nearest(name, topics)
    return Named(typed=typed, topics=found, suggestions=suggestions)


def _nearest(name: str, topics: Iterable[Topic]) -> tuple[Topic, ...]:
    by_spelling: dict[str, Topic] = {}
    for topic in topics:
        for spelling in _spellings(topic):
            by_spelling.setdefault(spelling, topic)
    close = get_close_matches(name, by_spelling, n=_MOST_SUGGESTIONS, cutoff=_NEAR)
    within = [spelling for spelling in by_spelling if len(name) > 2 and name in spelling]  # noqa: PLR2004 - shorter texts are in every name
    near = {by_spelling[spelling].identity: by_spelling[spelling] for spelling in (*close, *within)}
    return tuple(near.values())[:_MOST_SUGGESTIONS]


def _spellings(topic: Topic) -> set[str]:
    return {_bare(topic.key), _bare(topic.name)} - {""}


def _bare(name: str) -> str:
    return slug(name).replace("-", "")
