"""What the demo site publishes, and the sections and labels that it knows."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.article import require_aware
from bot.domain.topic import Topic, label, section, slug

#: Dates in addresses and on pages are those of this zone, as on the site that is imitated.
SITE_ZONE: Final = ZoneInfo("Asia/Seoul")

SECTIONS: Final = (
    section("Foreign Relations", description="Envoys, summits and everything between capitals"),
    section("Economy", description="Trade, markets, farming and prices"),
    section("Military", description="Forces, drills and defence industry"),
    section("Nuclear & Missiles", description="Weapons programmes and those who watch them"),
    section("Human Rights", description="Law, courts and the people under them"),
    section("Society", description="How people live, work, travel and play"),
    section("Inter-Korean", description="Dealings across the line that parts the peninsula"),
    section("Health", description="Hospitals, medicines and epidemics"),
)
LABELS: Final = (label("NK PRO"), label("COLUMN"), label("OPINION"), label("PODCAST"))

_LONGEST_SLUG: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteArticle:
    """An article as the site holds it; what is not set is made from the headline."""

    headline: str
    #: Aware.
    published: datetime
    dek: str = ""
    #: Names in the byline's order.
    authors: tuple[str, ...] = ()
    sections: tuple[Topic, ...] = ()
    labels: tuple[Topic, ...] = ()
    #: Last part of the address: lower-case ASCII letters, digits and hyphens.
    slug: str = ""
    #: When it was corrected last; None for never. Aware.
    modified: datetime | None = None

    def __post_init__(self) -> None:
        require_aware(self.published)
        if not self.slug:
            object.__setattr__(self, "slug", address_slug(self.headline))

    @property
    def path(self) -> str:
        """The address below the site's own: NK PRO pieces have no date in theirs."""
        if self.is_pro:
            return f"/pro/{self.slug}/"
        return f"/{self.published.astimezone(SITE_ZONE):%Y/%m}/{self.slug}/"

    @property
    def is_pro(self) -> bool:
        return any(topic.key == "nk-pro" for topic in self.labels)

    @property
    def changed(self) -> datetime:
        return self.modified or self.published

    @property
    def picture_path(self) -> str:
        return f"/pictures/{self.slug}.svg"

    def is_in(self, key: str) -> bool:
        """Whether the article stands on the page of the section (or label) with this key."""
        return any(topic.key == key for topic in (*self.sections, *self.labels))


def address_slug(headline: str) -> str:
    """Return a slug of at most 80 characters, cut between words."""
    words = re.sub(r"[^a-z0-9-]+", "", slug(headline)).strip("-")
    if len(words) > _LONGEST_SLUG:
        words = words[: _LONGEST_SLUG + 1].rpartition("-")[0] or words[:_LONGEST_SLUG]
    return words or "article"


def section_named(key: str) -> Topic:
    """Return the site's own section with this key; raises KeyError where there is none."""
    return {topic.key: topic for topic in SECTIONS}[key]


def label_named(key: str) -> Topic:
    """Return the site's own label with this key; raises KeyError where there is none."""
    return {topic.key: topic for topic in LABELS}[key]
