"""What a site's terms, badges and addresses mean.

Names are compared by their slugs, so that case, accents and punctuation do not count. The rules:

1. A term that a label claims is that label and no section.
2. A term to be ignored is nothing.
3. A term that a section claims is that section.
4. Any other term is a section of its own, found rather than configured.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.topic import Topic, section, slug, unique_topics

#: A longer term is a sentence, and no name to follow.
_LONGEST_TERM: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The keys of all mappings are slugs."""

    sections: Mapping[str, Topic]
    #: By feed category and WordPress term.
    labels: Mapping[str, Topic]
    #: Labels by what a badge on a page reads.
    badges: Mapping[str, Topic]
    #: Labels by a pattern within the article's address.
    addresses: tuple[tuple[re.Pattern[str], Topic], ...]
    ignored: frozenset[str]

    def sections_for(self, terms: Iterable[str]) -> tuple[Topic, ...]:
        """Return the sections that the terms mean, found ones included."""
        named = ((slug(term), term) for term in terms)
        return unique_topics(
            self.sections.get(key) or section(term)
            for key, term in named
            if key and key not in self.labels and self._is_name(key, term)
        )

    def labels_for(
        self, url: str, terms: Iterable[str] = (), badges: Iterable[str] = ()
    ) -> tuple[Topic, ...]:
        """Return the labels that badges, terms and address mark, in the profile's order."""
        marked = {topic.key for pattern, topic in self.addresses if pattern.search(url)}
        marked |= {topic.key for text in badges if (topic := self.badge(text))}
        marked |= {self.labels[key].key for term in terms if (key := slug(term)) in self.labels}
        return tuple(topic for topic in unique_topics(self.labels.values()) if topic.key in marked)

    def badge(self, text: str) -> Topic | None:
        """Return the label whose badge reads so."""
        return self.badges.get(slug(text))

    def section_named(self, text: str) -> Topic | None:
        """Return the configured section of this name."""
        return self.sections.get(slug(text))

    def _is_name(self, key: str, term: str) -> bool:
        return key in self.sections or (key not in self.ignored and len(term) <= _LONGEST_TERM)


def lookup(named: Iterable[tuple[Topic, Iterable[str]]]) -> dict[str, Topic]:
    """Return the topics by the slugs of their names; the first that claims a name has it."""
    found: dict[str, Topic] = {}
    for topic, names in named:
        for name in names:
            found.setdefault(slug(name), topic)
    return found
