"""What changed in an article that went out, and whether a delivered message is edited for it.

The rules, in their order:

1. Headline, dek, byline and labels are compared, as messages showed them before and as they show
   them now; nothing else is in an alert to be corrected. So authors and labels of other sources,
   which the owner does not tell, are no change: they are there before and after.
2. What a source no longer tells is no change: sources leave out deks, bylines and labels at will.
   Authors and labels that it does tell replace its former ones (`bot.domain.carrying`).
3. Quotation marks of another kind, dashes, spaces, capitals, accents' encoding and a full stop at
   the end are typography; the order of authors and of labels does not count either. A change of
   these alone is not worth an edit.
4. A headline that answers to one of the site's patterns, as its earlier wording did not, has
   turned into a correction or a retraction, and is a fresh alert besides.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.article import one_line
from bot.domain.topic import Topic, TopicKind

_QUOTES: Final = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\u2033\u00ab\u00bb\u2039"
                  '\u203a\u0060\u00b4\u02bc\uff02\uff07"', "'")
)  # fmt: skip
_DASHES: Final = re.compile("\\s*[-\u2010-\u2015\u2212]+\\s*")
_DOUBLED_QUOTES: Final = re.compile("''+")


class Part(StrEnum):
    """What of an article an alert shows in words."""

    HEADLINE = "headline"
    DEK = "dek"
    BYLINE = "byline"
    LABELS = "labels"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """An article's words at one time, as plain text on one line each."""

    headline: str
    dek: str = ""
    #: Names in the byline's order.
    authors: tuple[str, ...] = ()
    #: Names.
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How a version differs from an earlier one."""

    old: Version
    #: What is to be shown: the newer words, the older where the newer version tells none.
    new: Version
    #: The parts that differ in more than typography, in the order of `Part`; maybe none.
    parts: tuple[Part, ...]

    @property
    def is_worth_an_edit(self) -> bool:
        return bool(self.parts)

    @property
    def old_headline(self) -> str | None:
        """The headline to be struck through; None where it is the same but for typography."""
        return self.old.headline if Part.HEADLINE in self.parts else None


def version_of(headline: str, dek: str, topics: Iterable[Topic]) -> Version:
    """Return the version that an article with these topics, in their order, shows."""
    named = tuple(topics)
    return Version(
        headline=headline,
        dek=dek,
        authors=tuple(topic.name for topic in named if topic.kind is TopicKind.AUTHOR),
        labels=tuple(topic.name for topic in named if topic.kind is TopicKind.LABEL),
    )


def change_between(old: Version, new: Version) -> Change | None:
    """Return the change; None where nothing at all differs, not even typography."""
    shown = Version(
        headline=new.headline or old.headline,
        dek=new.dek or old.dek,
        authors=new.authors or old.authors,
        labels=new.labels or old.labels,
    )
    if shown == old:
        return None
    differing = {
        Part.HEADLINE: plain(old.headline) != plain(shown.headline),
        Part.DEK: plain(old.dek) != plain(shown.dek),
        Part.BYLINE: _names(old.authors) != _names(shown.authors),
        Part.LABELS: _names(old.labels) != _names(shown.labels),
    }
    parts = tuple(part for part in Part if differing[part])
    return Change(old=old, new=shown, parts=parts)


def is_retraction(old: Version, new: Version, patterns: Sequence[re.Pattern[str]]) -> bool:
    """Return whether the headline turned into a correction or a retraction (rule 4).

    Patterns are searched for; anchor and flag them as needed.
    """
    return any(
        pattern.search(new.headline) and not pattern.search(old.headline) for pattern in patterns
    )


def plain(text: str) -> str:
    """Return the text without its typography: equal for texts that say the same (rule 3)."""
    visible = "".join(char for char in text if unicodedata.category(char) != "Cf")
    # Quotes go first: NFKC would turn an acute into a space with an accent.
    composed = _composed(_composed(visible.translate(_QUOTES)))
    quoted = _DOUBLED_QUOTES.sub("'", composed.translate(_QUOTES))
    return one_line(_DASHES.sub("-", quoted)).rstrip(". ")


def _composed(text: str) -> str:
    """Return the text in lower case and plain letters; some letters need it twice."""
    return unicodedata.normalize("NFKC", text.casefold())


def _names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(plain, names))
