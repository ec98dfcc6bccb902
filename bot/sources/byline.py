"""Names of authors, as bylines write them."""

import html
import re
from collections.abc import Iterable
from typing import Final

from bot.domain.article import one_line
from bot.domain.topic import Topic, author, unique_topics

#: A byline names a handful of people; more is a list of something else.
MOST_AUTHORS: Final = 12

_MOST_WORDS: Final = 5
_LONGEST_NAME: Final = 60
_LONGEST_BYLINE: Final = 1_000
_LEAD_IN: Final = re.compile(
    r"^(?:(?:written|posted|story|words|reported|analysis)\s+)?by(?:\s*:\s*|\s+)", re.IGNORECASE
)
_SEPARATOR: Final = re.compile(
    r"\s*[|;/\u00b7\u2022\u2022\uff5c]\s*|\s+(?:and|with)\s+|\s*&\s*|\s*,\s+and\s+|\s*,\s*",
    re.IGNORECASE,
)
_SUFFIX: Final = re.compile(r",\s*(jr|sr|ph\.?d|m\.?d|i{2,3}|iv)\b\.?", re.IGNORECASE)
#: RSS wants `address (Name)` in its author element.
_ADDRESS_AND_NAME: Final = re.compile(r"^\s*\S+@\S+\s+\((.+)\)\s*$")
_ADDRESS_BEHIND: Final = re.compile(r"\s*\(\S+@\S+\)$")
_ADDRESS: Final = re.compile(r"^\S+@\S+$")
_PARTICLES_NAMES: Final = (
    "al bin da das de del della den der di do dos du e el ibn la le of ten ter und van von y"
)
_PARTICLES: Final = frozenset(_PARTICLES_NAMES.split())


def split_names(text: str) -> tuple[str, ...]:
    """Return the names in a byline such as `By A, B and C` or `A | B`, in order, none twice."""
    whole = _ADDRESS_BEHIND.sub("", one_line(html.unescape(text[:_LONGEST_BYLINE])))
    if found := _ADDRESS_AND_NAME.match(whole):
        whole = found[1]
    whole = _SUFFIX.sub(lambda suffix: "\0" + suffix[0][1:], _LEAD_IN.sub("", whole))
    parts = (part.replace("\0", ",").strip(" ,.-\u2013\u2014") for part in _SEPARATOR.split(whole))
    names = [part for part in parts if part and not _ADDRESS.match(part)]
    return tuple(dict.fromkeys(names))


def looks_like_names(text: str) -> bool:
    """Return whether the text may be a byline: names only, no sentence."""
    names = split_names(text) if len(text) < _LONGEST_BYLINE else ()
    return 0 < len(names) <= MOST_AUTHORS and all(_is_name(name) for name in names)


def authors(bylines: Iterable[str]) -> tuple[Topic, ...]:
    """Return the authors that the bylines name, each once, in order."""
    topics = [author(name) for text in bylines for name in split_names(text)]
    return unique_topics(topic for topic in topics if topic.key)[:MOST_AUTHORS]


def _is_name(name: str) -> bool:
    words = name.split()
    if len(words) > _MOST_WORDS or len(name) > _LONGEST_NAME or name[-1] in "?!:\u2026\u2019'\"":
        return False
    return _is_capitalised(words[0]) and all(
        _is_capitalised(word) or word.lower() in _PARTICLES for word in words
    )


def _is_capitalised(word: str) -> bool:
    """Scripts without capitals count as capitalised."""
    first = word.lstrip("'\u2018\u2019(")[:1]
    return first.isalpha() and not first.islower()
