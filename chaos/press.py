"""What the newsroom does: publishes, corrects and retracts invented articles."""

from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Final

from bot.demo.newsroom import Invention, Newsroom, SiteArticle
from bot.demo.newsroom.publisher import corrected_headline

#: As the newsroom's profile knows it.
RETRACTION: Final = "Retraction: "
#: A correction concerns one of so many latest articles.
_LATEST: Final = 12


class Press:
    """Chooses by the seed; what it published is kept by its address."""

    def __init__(
        self, newsroom: Newsroom, random: Random, seed: int, now: Callable[[], datetime]
    ) -> None:
        self._newsroom, self._random, self._now = newsroom, random, now
        self._invention = Invention(seed)
        #: The latest version of everything published, by path, in order of publication.
        self.published: dict[str, SiteArticle] = {}
        self.corrections = 0
        self.retracted: set[str] = set()

    def publish(self) -> SiteArticle:
        article = self._newsroom.publish(self._invention.article(self._now()))
        self.published[article.path] = article
        return article

    def correct(self) -> None:
        """Correct the headline of a late article that has not been retracted."""
        late = [path for path in list(self.published)[-_LATEST:] if path not in self.retracted]
        if late:
            self.corrections += 1
            article = self.published[self._random.choice(late)]
            self._change(article, corrected_headline(article.headline))

    def retract(self) -> None:
        """Retract a late article."""
        late = [path for path in list(self.published)[-_LATEST:] if path not in self.retracted]
        if late:
            article = self.published[self._random.choice(late)]
            self.retracted.add(article.path)
            self._change(article, RETRACTION + article.headline)

    def _change(self, article: SiteArticle, headline: str) -> None:
        self.published[article.path] = self._newsroom.correct(article, headline=headline)
