"""The real section page that lies beside the project, as articles.

Its text has no addresses: they are made from date and headline, as the site makes its own.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.domain.topic import slug

SEED = Path(__file__).resolve().parents[2] / ".." / "shared" / "seed" / "foreign-relations-page.txt"
SITE = "https://www.nknews.org"
#: What the page calls its labels.
LABELS = ("COLUMN", "NK PRO")

_BYLINE = re.compile(r"(?P<authors>.+) (?P<date>[A-Z][a-z]+ \d{1,2}, \d{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedArticle:
    """One article of the page, its texts to the letter."""

    headline: str
    dek: str
    authors: tuple[str, ...]
    label: str
    day: date

    @property
    def path(self) -> str:
        words = re.sub(r"[^a-z0-9-]+", "", slug(self.headline))
        folder = "pro" if self.label == "NK PRO" else f"{self.day:%Y/%m}"
        return f"/{folder}/{words}/"

    @property
    def written_day(self) -> str:
        return f"{self.day:%B} {self.day.day}, {self.day.year}"


def seed_articles() -> tuple[SeedArticle, ...]:
    """Return the page's ten articles, newest first; skips the test where the page is not there."""
    if not SEED.exists():
        pytest.skip("the real section page does not lie beside the project")
    blocks = SEED.read_text(encoding="utf-8").split("\n\n")
    lines = [line for block in blocks for line in (*block.splitlines(), "")]
    return tuple(_articles(lines))


def _articles(lines: list[str]) -> list[SeedArticle]:
    """An article ends with its byline; its headline is the first line that comes twice."""
    found: list[SeedArticle] = []
    begun = 0
    for at, line in enumerate(lines):
        byline = _BYLINE.fullmatch(line)
        if not byline:
            continue
        own = [text for text in lines[begun:at] if text]
        headline = next(text for text in own if own.count(text) > 1)
        labels = [text for text in own if text in LABELS]
        last = max(place for place, text in enumerate(own[:-1]) if text == headline)
        found.append(
            SeedArticle(
                headline=headline,
                dek=own[last - 1],
                authors=tuple(byline["authors"].split(" | ")),
                label=labels[0] if labels else "",
                day=datetime.strptime(byline["date"], "%B %d, %Y").date(),  # noqa: DTZ007 - a day
            )
        )
        begun = at + 1
    return found
