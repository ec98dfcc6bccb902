"""Foreign text as it may come from any site, for property tests."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.domain.article import Article, Published
from bot.domain.reading_list import SavedArticle
from bot.domain.topic import Topic, TopicKind

_SPECIAL = (
    "<b>",
    "</a>",
    "&amp;",
    "&",
    '"',
    "'",
    "<",
    ">",
    "{}",
    "{name}",
    "\u05e9\u05dc\u05d5\u05dd ",
    "\u0645\u0631\u062d\u0628\u0627 ",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\U0001f1f0\U0001f1f5",
    "e\u0301",
    "\u0301",
    "\u1100\u1161\u11a8",
    "\u202e",
    "\u2066",
    "\u200b",
    "\ud800",
    "\x00",
    "\r\n",
    " ",
    "a",
    "word ",
    "/start ",
    "@dekbot ",
)

#: Short runs of what has broken messages before, and anything else.
prose = st.one_of(
    st.lists(st.sampled_from(_SPECIAL), max_size=30).map("".join),
    st.text(max_size=60),
    st.builds(
        lambda piece, times: (piece * times)[:5_000],
        st.sampled_from(_SPECIAL),
        st.integers(1, 5_000),
    ),
)


#: The same for names: sites have no names of 5,000 characters, yet some longer than a line.
names = st.one_of(
    st.lists(st.sampled_from(_SPECIAL), max_size=10).map("".join),
    st.text(max_size=20),
    st.builds(lambda piece: piece * 100, st.sampled_from(_SPECIAL)),
)


def topics_of(kind: TopicKind, most: int) -> st.SearchStrategy[list[Topic]]:
    made = st.builds(
        lambda key, name, told: Topic(kind=kind, key=f"k{key}", name=name, description=told),
        st.integers(0, 50),
        names,
        st.sampled_from(["", "Told of"]),
    )
    return st.lists(made, max_size=most)


topics = st.builds(
    lambda *lists: tuple(topic for some in lists for topic in some),
    topics_of(TopicKind.SECTION, 3),
    topics_of(TopicKind.LABEL, 6),
    topics_of(TopicKind.AUTHOR, 8),
)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Articles whose every text is anything at all."""
    return Article(
        id=draw(st.integers(0, 2**52)),
        url=draw(
            st.sampled_from(
                [
                    "https://www.example.org/2026/03/harbour/",
                    "https://www.example.org/?a=1&b=<2>",
                    "http://localhost:8080/article",
                    "https://www.example.org/" + "long-" * 600,
                ]
            )
        ),
        headline=draw(prose),
        dek=draw(prose),
        topics=draw(topics),
        published=Published(
            at=datetime.fromtimestamp(draw(st.integers(0, 4_000_000_000)), UTC),
            has_time=draw(st.booleans()),
        ),
        seen_at=datetime(2026, 3, 4, tzinfo=UTC),
    )


languages = st.sampled_from(
    ["en", "en-US", "de", "ko", "ar", "he", "fa", "zh-hans", "xx", "", "??"]
)

#: Reading lists of such articles, none twice.
saved_articles = st.lists(
    st.builds(
        lambda article, seconds: SavedArticle(
            article=article, saved_at=datetime.fromtimestamp(seconds, UTC)
        ),
        articles(),
        st.integers(0, 4_000_000_000),
    ),
    max_size=4,
    unique_by=lambda one: one.article.id,
)
