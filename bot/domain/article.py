"""Articles as a source shows them (teasers) and as they are kept."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from bot.domain.topic import Topic, unique_topics
from bot.domain.url import url_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """When an article came out; a section page gives a date without a time."""

    #: Aware. Midnight in the site's zone where the time is not known.
    at: datetime
    has_time: bool = True

    def __post_init__(self) -> None:
        require_aware(self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaser:
    """What one source says of one article; anything but address and headline may be missing."""

    #: Absolute http(s) address, without tracking parameters; see `clean_url`.
    url: str
    #: Plain text on one line, as are dek and names.
    headline: str
    dek: str = ""
    #: Authors in the byline's order.
    authors: tuple[Topic, ...] = ()
    sections: tuple[Topic, ...] = ()
    labels: tuple[Topic, ...] = ()
    published: Published | None = None
    #: Address of the teaser's picture.
    picture: str | None = None

    @property
    def key(self) -> str:
        """The article's identity: the same for every spelling of its address."""
        return url_key(self.url)

    @property
    def topics(self) -> tuple[Topic, ...]:
        """All that a reader can follow here: sections, then labels, then authors; none twice."""
        return unique_topics((*self.sections, *self.labels, *self.authors))

    def within(self, *sections: Topic) -> Self:
        """Return the teaser with these sections put before its own."""
        return replace(self, sections=unique_topics((*sections, *self.sections)))

    def with_topics_of(self, other: "Teaser") -> Self:
        """Return the teaser with the other's topics behind its own."""
        return replace(
            self,
            sections=unique_topics((*self.sections, *other.sections)),
            labels=unique_topics((*self.labels, *other.labels)),
            authors=unique_topics((*self.authors, *other.authors)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One published piece, as stored."""

    id: int
    url: str
    headline: str
    dek: str
    #: The topics that it carries in the order of `Teaser.topics`, later findings behind them.
    topics: tuple[Topic, ...]
    published: Published
    #: When Dekbot met it first. Aware.
    seen_at: datetime
    picture: str | None = None
    #: Whether it was matched with subscribers.
    alerted: bool = True
    #: The first article of the story that this one goes on with; None for a story of its own.
    story_id: int | None = None
    #: What a correction replaced, and when; None where nothing was corrected.
    former_headline: str | None = None
    corrected_at: datetime | None = None

    @property
    def story(self) -> int:
        """The story's identity: its first article's id."""
        return self.story_id or self.id


def one_line(text: str) -> str:
    """Return the text with every run of white space as one space, and none at the ends."""
    return " ".join(text.split())


def require_aware(moment: datetime) -> datetime:
    """Return the moment, or raise ValueError where it names no time zone."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError(f"{moment!r} names no time zone")
    return moment
