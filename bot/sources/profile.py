"""A site profile: what Dekbot knows of a site before it reads a line of it."""

import re
from datetime import timedelta
from functools import cached_property
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints

from bot.domain.topic import Topic, label, section, slug
from bot.domain.url import clean_url
from bot.sources.profile_values import (
    anchored,
    duration,
    lines,
    pattern,
    selector,
    slugged,
    web_address,
    zone_name,
)
from bot.sources.vocabulary import Vocabulary, lookup

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Lines = Annotated[tuple[Line, ...], BeforeValidator(lines)]
Key = Annotated[str, AfterValidator(slugged)]
WebAddress = Annotated[str, AfterValidator(web_address)]
Selector = Annotated[str, AfterValidator(selector)]
Duration = Annotated[timedelta, BeforeValidator(duration)]
RegularExpression = Annotated[re.Pattern[str], BeforeValidator(pattern)]

_AMP: Final = re.compile(r"/amp/?$")


class ProfilePart(BaseModel):
    """Unknown keys are refused: a slip in a key's name must not pass for a default."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SectionSpec(ProfilePart):
    """A section that one can follow."""

    key: Key
    name: Line
    description: str = ""
    #: Feed categories and WordPress terms that mean this section, beside its name.
    terms: Lines = ()

    @cached_property
    def topic(self) -> Topic:
        return section(self.name, self.key, self.description)


class LabelSpec(ProfilePart):
    """A badge; any of address, terms and text marks it."""

    key: Key
    name: Line
    #: Searched for in the article's address.
    url: RegularExpression | None = None
    #: Feed categories and WordPress terms, beside the name.
    terms: Lines = ()
    #: What the badge on a section page reads, beside the name.
    text: Lines = ()

    @cached_property
    def topic(self) -> Topic:
        return label(self.name, self.key)


class Selectors(ProfilePart):
    """CSS selectors for the parts of a section page, within the teaser; each is optional."""

    teaser: Selector | None = None
    headline: Selector | None = None
    label: Selector | None = None
    dek: Selector | None = None
    byline: Selector | None = None


class SourceSpec(ProfilePart):
    """One address that is polled."""

    kind: Literal["feed", "page", "wordpress"]
    url: WebAddress
    #: Key of the section to which all belongs that is met here.
    section: Key | None = None
    #: None for the profile's.
    poll_interval: Duration | None = None
    #: None for the profile's.
    least_interval: Duration | None = None
    selectors: Selectors = Selectors()


class SiteProfile(ProfilePart):
    """Everything is checked by `load_profile`; constructing one checks single values only."""

    name: Line
    url: WebAddress
    #: For dates that carry no zone.
    timezone: Annotated[str, AfterValidator(zone_name)] = "UTC"
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"
    poll_interval: Duration = timedelta(minutes=5)
    #: No source is read more often, however much news there is; None where `bot.domain.tempo` says.
    least_interval: Duration | None = None
    article_url: Annotated[RegularExpression, AfterValidator(anchored)]
    #: Terms that are no topic, such as `Uncategorized`.
    ignored_terms: Lines = ()
    #: Headlines that answer to one of these are corrections or retractions; searched for.
    retractions: tuple[RegularExpression, ...] = ()
    sections: tuple[SectionSpec, ...] = ()
    labels: tuple[LabelSpec, ...] = ()
    sources: tuple[SourceSpec, ...] = ()

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """The configured sections, then the labels."""
        sections = (part.topic for part in self.sections)
        return (*sections, *(part.topic for part in self.labels))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What the site's terms, badges and addresses mean."""
        return Vocabulary(
            sections=lookup(
                (part.topic, (part.key, part.name, *part.terms)) for part in self.sections
            ),
            labels=lookup((part.topic, (part.key, part.name, *part.terms)) for part in self.labels),
            badges=lookup((part.topic, (part.name, *part.text)) for part in self.labels),
            addresses=tuple((part.url, part.topic) for part in self.labels if part.url),
            ignored=frozenset(slug(term) for term in self.ignored_terms),
        )

    def article_address(self, url: str) -> str | None:
        """Return the address as readers get it, or None where it is not an article's."""
        try:
            cleaned = clean_url(url)
        except ValueError:
            return None
        for spelling in (cleaned, _AMP.sub("/", cleaned)):
            if self.article_url.fullmatch(spelling):
                return spelling
        return None

    def is_article(self, url: str) -> bool:
        return self.article_address(url) is not None

    def interval(self, source: SourceSpec) -> timedelta:
        return source.poll_interval or self.poll_interval

    def least(self, source: SourceSpec) -> timedelta | None:
        return source.least_interval or self.least_interval

    def section(self, key: str | None) -> Topic | None:
        """Return the configured section with this key."""
        return next((part.topic for part in self.sections if part.key == key), None)
