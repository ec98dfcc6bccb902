"""Any articles and any queries over a small vocabulary, for property tests of the search."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from hypothesis import strategies as st

from bot.domain.article import Published, Teaser
from bot.domain.news import NewArticle
from bot.domain.topic import Topic, unique_topics
from bot.services.ports import Records
from tests.aids.archive import withdraw
from tests.aids.articles import ADA, BEOM, COLUMN, ECONOMY, FOREIGN, MILITARY, PRO

START: Final = datetime(2024, 1, 1, tzinfo=UTC)
TOPICS: Final = [ECONOMY, FOREIGN, MILITARY, PRO, COLUMN, ADA, BEOM]
VOCABULARY: Final = [
    "sanction", "sanctions", "sanctioned", "talk", "talks", "Talk’s", "denuclearization",
    "déjà", "김여정", "김여정은", "US", "U.S.", "of", "ﬁne", "Straße", "\u0130stanbul", "x\u0301y",
    "m²", "١٢", "🙂", "a\x00b", "don't", "ünïcödé", "naïve", "well-known",
]  # fmt: skip

text = st.lists(st.sampled_from(VOCABULARY) | st.text(max_size=6), max_size=8).map(" ".join)
teasers = st.builds(
    lambda number, headline, dek, topics, age: Teaser(
        url=f"https://example.org/{number}",
        headline=headline,
        dek=dek,
        sections=tuple(topics),
        published=Published(at=START + timedelta(days=age)),
    ),
    st.uuids(),
    text,
    text,
    st.lists(st.sampled_from(TOPICS), max_size=4),
    st.integers(0, 60),
)
_literal = st.one_of(
    st.sampled_from(VOCABULARY),
    # the index has beginnings of three letters, and knows longer ones by the words they begin
    st.tuples(st.sampled_from(VOCABULARY), st.integers(1, 7)).map(
        lambda drawn: drawn[0][: drawn[1]] + "*"
    ),
    st.tuples(st.sampled_from(VOCABULARY), st.sampled_from(VOCABULARY)).map(
        '"{0[0]} {0[1]}"'.format
    ),
    st.sampled_from(
        ["section:economy", "label:nk-pro", 'author:"Ada Lindqvist"', "after:2024-01-20",
         "before:2024-02", "section:none"]
    ),
    st.text(max_size=8),
)  # fmt: skip
queries = st.lists(
    st.tuples(st.sampled_from(["", "", "-", "OR "]), _literal).map("".join), max_size=5
).map(" ".join)


async def fill(
    records: Records, found: Sequence[Teaser], taken_back: Sequence[set[Topic]] = ()
) -> None:
    """Store the articles; `taken_back` tells, one by one, which topics its owner withdrew again."""
    await records.topics.ensure(
        unique_topics(topic for one in found for topic in one.topics), START
    )
    new = [
        NewArticle(teaser=one, published=one.published, alert=False)
        for one in found
        if one.published
    ]
    await records.articles.add(new, 1, START)
    for one, withdrawn in zip(found, taken_back, strict=False):
        gone = [topic for topic in one.topics if topic in withdrawn]
        await withdraw(records, one, gone, START)
