"""Topics: what can be followed or muted, each identified by its kind and key."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

#: Apostrophes vanish from keys, as WordPress does it: Chad O'Carroll is `chad-ocarroll`.
_APOSTROPHES: Final = re.compile("['\u2018\u2019\u02bc\u0060\u00b4]")
_SEPARATORS: Final = re.compile(r"[\W_]+")


class TopicKind(StrEnum):
    SECTION = "section"
    AUTHOR = "author"
    LABEL = "label"


Identity = tuple[TopicKind, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A section, an author or a label."""

    kind: TopicKind
    #: Slug of the name; unique within the kind.
    key: str
    #: As shown to readers.
    name: str
    #: One sentence for readers; sections of a profile have one.
    description: str = ""

    @property
    def identity(self) -> Identity:
        return self.kind, self.key


def fold(text: str) -> str:
    """Return the text in lower case and without accents.

    NFKD turns compatibility forms into plain letters, some of them capitals (hence the second
    casefold), and takes Hangul syllables apart, which NFC puts together again.
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).casefold()
    decomposed = unicodedata.normalize("NFKD", plain)
    bare = "".join(char for char in decomposed if not "\u0300" <= char <= "\u036f")
    return unicodedata.normalize("NFC", bare)


def slug(name: str) -> str:
    """Return the key that stands for a name: folded words joined by hyphens."""
    return _SEPARATORS.sub("-", _APOSTROPHES.sub("", fold(name))).strip("-")


def section(name: str, key: str | None = None, description: str = "") -> Topic:
    return Topic(kind=TopicKind.SECTION, key=key or slug(name), name=name, description=description)


def author(name: str) -> Topic:
    return Topic(kind=TopicKind.AUTHOR, key=slug(name), name=name)


def label(name: str, key: str | None = None) -> Topic:
    return Topic(kind=TopicKind.LABEL, key=key or slug(name), name=name)


def unique_topics(topics: Iterable[Topic]) -> tuple[Topic, ...]:
    """Return the topics in order, each identity once: the first."""
    kept: dict[Identity, Topic] = {}
    for topic in topics:
        kept.setdefault(topic.identity, topic)
    return tuple(kept.values())
