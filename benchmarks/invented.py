"""An archive of invented articles, of any size.

Headlines of 6 to 14 words and deks of 12 to 30, drawn from 30,000 words whose frequencies fall as
in any language (Zipf): the commonest is in two of three articles. One article in two belongs to the
first of 40 sections, the others to the rest in turn; each has one of 200 authors, one in ten a
label. A section ended with the first thousandth of all articles. Two pairs of words are made for
the worst cases: FROZEN, common words that never follow one another, and STRANGERS, which never
stand in one article.
"""

import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import accumulate, pairwise
from pathlib import Path

from bot.domain.topic import Topic, author, label, section
from bot.domain.words import stems
from bot.storage.article_words import INDEXED_BEGINNING, MARK, PLACES
from bot.storage.database import Database

NOW = datetime(2026, 1, 1, tzinfo=UTC)
#: Seconds from one article to the next: a million take ten years.
STEP = 315
WORDS = 30_000
AUTHORS = 200
SECTIONS = 40
_HASH_SIZE = "INSERT INTO articles_fts (articles_fts, rank) VALUES ('hashsize', ?)"
_CONSONANTS = "bdfghjklmnprstvwzc"
_VOWELS = "aeiou"


def _vocabulary() -> list[str]:
    """Return words that are their own stems, the commonest first and shortest."""
    chance = random.Random(7)  # noqa: S311 - the same words in every run
    found: dict[str, None] = {}
    while len(found) < WORDS:
        syllables = 1 if len(found) < 60 else 2 if len(found) < 3_000 else 3  # noqa: PLR2004 - lengths
        word = "".join(
            chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(syllables)
        )
        word = word.removeprefix(chance.choice(("", "", "", word[0]))) + chance.choice("nkmtrp")
        if stems(word) == [word]:
            found[word] = None
    return list(found)


VOCABULARY = _vocabulary()
FROZEN = (VOCABULARY[5], VOCABULARY[6])
STRANGERS = (VOCABULARY[20], VOCABULARY[21])
ENDED = section("Ended")
TOPICS: list[Topic] = [
    *(section(f"Section {number}") for number in range(SECTIONS)),
    *(author(f"Author {number}") for number in range(AUTHORS)),
    label("Seldom"),
    ENDED,
]


class Invention:
    """Invents articles one after the other, the oldest first, the same in every run."""

    def __init__(self, count: int) -> None:
        self._chance = random.Random(1)  # noqa: S311 - the same articles in every run
        self._weights = list(accumulate(1 / (number + 3) for number in range(WORDS)))
        self._first = int(NOW.timestamp()) - count * STEP
        self._ending = count // 1000
        self._told = 0

    async def tell(self, database: Database, path: Path, count: int) -> None:
        """Store so many more."""
        async with database.writing() as records:
            await records.topics.ensure(TOPICS, NOW)
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA cache_size = -64000")
        connection.execute("PRAGMA synchronous = OFF")
        # Few great pieces of the index at once, instead of many small ones to be merged.
        connection.execute(_HASH_SIZE, [2**26])
        connection.commit()
        with connection:
            for number in range(self._told, self._told + count):
                self._insert(connection, number)
            connection.executemany(
                "INSERT OR IGNORE INTO vocabulary VALUES (?)",
                ((word,) for word in VOCABULARY if len(word) > INDEXED_BEGINNING),
            )
        connection.execute(_HASH_SIZE, [2**20])
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        self._told += count

    def words(self) -> tuple[str, str, str]:
        """Return the words of a headline, of a dek, and the inflected ones among them."""
        headline, dek = self._draw(6, 14), self._draw(12, 30)
        drawn = self._chance.sample([*headline, *dek], k=self._chance.randint(3, 12))
        return " ".join(headline), " ".join(dek), " ".join(f"{word}s" for word in drawn)

    def _draw(self, least: int, most: int) -> list[str]:
        count = self._chance.randint(least, most)
        drawn = self._chance.choices(VOCABULARY, cum_weights=self._weights, k=count)
        for place, pair in enumerate(pairwise(drawn)):
            if pair == FROZEN:
                drawn[place + 1] = VOCABULARY[7]
        return drawn

    def _insert(self, connection: sqlite3.Connection, number: int) -> None:
        article_id = self._first + number * STEP << 20
        headline, dek, inflected = self.words()
        if STRANGERS[0] in f"{headline} {dek}".split():
            headline, dek = (
                " ".join(VOCABULARY[22] if word == STRANGERS[1] else word for word in text.split())
                for text in (headline, dek)
            )
        topics = list(self._topics(number))
        connection.execute(
            """
            INSERT INTO articles (
                id, url_key, url, headline, dek, published_at, has_time, seen_at, source_id, alerted
            )
            VALUES (?1, ?1, '', ?2, ?3, (?1 >> 20) * 1000, 1, 0, 1, 0)
            """,
            (article_id, headline, dek),
        )
        connection.executemany(
            "INSERT INTO article_topics (article_id, topic_id, position) VALUES (?, ?, ?)",
            ((article_id, topic, place) for place, topic in enumerate(topics)),
        )
        bare = [MARK] * (PLACES - len(topics))
        marks = " ".join([*bare, *(f"{MARK}{topic}" for topic in topics)])
        connection.execute(
            "INSERT INTO article_words VALUES (?, ?, ?, ?, ?)",
            (article_id, headline, dek, inflected, marks),
        )

    def _topics(self, number: int) -> Iterator[int]:
        """Yield the numbers of an article's topics, which are their places in `TOPICS` from 1."""
        yield 1 + (number % SECTIONS if number % 2 else 0)
        if number < self._ending:
            yield SECTIONS + AUTHORS + 2
        if number % 10 == 0:
            yield SECTIONS + AUTHORS + 1
        yield SECTIONS + 1 + self._chance.randrange(AUTHORS)
