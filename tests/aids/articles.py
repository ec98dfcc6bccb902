"""Invented articles for tests."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.article import Published, Teaser
from bot.domain.topic import Topic, author, label, section

ECONOMY = section("Economy")
MILITARY = section("Military")
FOREIGN = section("Foreign Relations")
PRO = label("NK PRO")
COLUMN = label("COLUMN")
ADA = author("Ada Lindqvist")
BEOM = author("Beom O'Neill")


def teaser(
    slug: str = "harbour-cranes",
    *,
    headline: str = "Harbour cranes stand idle",
    dek: str = "Three ports report fewer ships than a year ago",
    sections: Sequence[Topic] = (ECONOMY,),
    labels: Sequence[Topic] = (),
    authors: Sequence[Topic] = (ADA,),
    published: datetime | None = None,
    has_time: bool = True,
) -> Teaser:
    return Teaser(
        url=f"https://www.example.org/2026/03/{slug}/",
        headline=headline,
        dek=dek,
        sections=tuple(sections),
        labels=tuple(labels),
        authors=tuple(authors),
        published=Published(at=published, has_time=has_time) if published else None,
    )


def hours(number: float) -> timedelta:
    return timedelta(hours=number)
