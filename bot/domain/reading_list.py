"""A chat's reading list: articles kept to be read later."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.article import Article

#: More than anybody reads; a list stays one file and a few hundred pages.
MOST_SAVED: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedArticle:
    article: Article
    #: Aware.
    saved_at: datetime
