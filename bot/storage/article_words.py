"""What the full-text index holds of articles: their words, and the topics that they carry.

Triggers keep the index in step with the rows of `article_words`, each of which is replaced as a
whole. Topics stand in the index as words do, so that one walk through it answers whatever a query
asks of both: `§12` is the topic of that number, and the bare mark, which every article has, stands
for all articles. No reader's word contains the mark. Bare marks also fill what the topics leave of
so many `PLACES`: bm25 divides by an article's length, in which its topics are not to count.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import delete, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.words import inflected, stems
from bot.storage.tables import article_words

MARK: Final = "§"
#: Hardly any article has as many topics; one with more counts as a little longer.
PLACES: Final = 16
#: Beginnings of up to that many letters are in the index; longer ones are spelled out with the
#: words of the vocabulary.
INDEXED_BEGINNING: Final = 3

_ADD: Final = text(f"""
    INSERT INTO article_words (article_id, headline, dek, inflected, topics)
    SELECT :article_id, :headline, :dek, :inflected,
        substr('{" ".join([MARK] * PLACES)}', 1, MAX(2 * ({PLACES} - COUNT(*)) - 1, 1))
        || COALESCE(' ' || group_concat('{MARK}' || topic_id, ' '), '')
    FROM article_topics WHERE article_id = :article_id AND NOT withdrawn
""")  # noqa: S608 - made of constants

_LEARN: Final = text("""
    INSERT INTO vocabulary (word) SELECT value FROM json_each(:words) WHERE true
    ON CONFLICT DO NOTHING
""")

#: An article by its id, headline and dek.
Told = tuple[int, str, str]


class ArticleWords:
    """The words of articles, within the archive."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, told: Sequence[Told]) -> None:
        """Put new articles into the index; their topics are there already."""
        if not told:
            return
        rows = [_words_of(*one) for one in told]
        await self._connection.execute(_ADD, rows)
        words = {word for row in rows for word in _every_word(row)}
        learned = sorted(word for word in words if len(word) > INDEXED_BEGINNING)
        await self._connection.execute(_LEARN, {"words": json.dumps(learned)})

    async def replace(self, told: Sequence[Told]) -> None:
        """Put into the index what articles say now, and carry now."""
        for number, _, _ in told:
            await self._connection.execute(
                delete(article_words).where(article_words.c.article_id == number)
            )
        await self.add(told)


def _words_of(article_id: int, headline: str, dek: str) -> dict[str, int | str]:
    return {
        "article_id": article_id,
        "headline": " ".join(stems(headline)),
        "dek": " ".join(stems(dek)),
        "inflected": " ".join(inflected(f"{headline} {dek}")),
    }


def _every_word(row: dict[str, int | str]) -> Iterable[str]:
    for column in ("headline", "dek", "inflected"):
        yield from str(row[column]).split(" ")
