"""An invented reading list."""

from datetime import UTC, datetime

from bot.domain.article import Article, Published
from bot.domain.reading_list import SavedArticle
from bot.domain.topic import Topic, author, label, section

SAVED_AT = datetime(2026, 3, 5, 22, 30, tzinfo=UTC)
TOPICS = (section("Trade"), label("NK PRO"), author("Ada Lindqvist"), author("Beom O'Neill"))


def kept(
    headline: str = "Harbour cranes stand idle",
    *,
    number: int = 7,
    dek: str = "Three ports report fewer ships",
    topics: tuple[Topic, ...] = TOPICS,
    url: str = "https://www.example.org/2026/03/harbour/",
    has_time: bool = True,
) -> SavedArticle:
    moment = datetime(2026, 3, 4, 20, 6, tzinfo=UTC)
    article = Article(
        id=number,
        url=url,
        headline=headline,
        dek=dek,
        topics=topics,
        published=Published(at=moment, has_time=has_time),
        seen_at=moment,
    )
    return SavedArticle(article=article, saved_at=SAVED_AT)
