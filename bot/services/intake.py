"""What is decided on the articles of a reading, and how the log tells it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import structlog

from bot.domain.news import ChangedArticle, NewArticle
from bot.domain.topic import Topic

log = structlog.get_logger("bot.services.ingest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What a reading brought."""

    new: int = 0
    #: Articles, new or known, that are now matched with subscribers.
    alerting: int = 0
    #: Known articles whose headline or dek changed.
    reworded: int = 0

    def plus(self, other: "Intake") -> "Intake":
        return Intake(
            new=self.new + other.new,
            alerting=self.alerting + other.alerting,
            reworded=self.reworded + other.reworded,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    new: Sequence[NewArticle]
    changes: Sequence[ChangedArticle]
    #: Known articles that this source shows for the first time.
    unsighted: Sequence[int]

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.changes or self.unsighted)

    @property
    def wishes(self) -> list[int | None]:
        """From which topic on each article is to be matched."""
        return [0 if one.alert else None for one in self.new] + [
            change.alert_from for change in self.changes
        ]

    @property
    def intake(self) -> Intake:
        return Intake(
            new=len(self.new),
            alerting=sum(wish is not None for wish in self.wishes)
            + sum(change.retracted for change in self.changes),
            reworded=sum(change.reworded for change in self.changes),
        )


def report(source_id: int, ids: Sequence[int], decisions: Decisions) -> None:
    for article_id, one in zip(ids, decisions.new, strict=False):
        # A baseline or an import brings hundreds; they are told together.
        tell = log.info if one.alert else log.debug
        tell(
            "article_stored",
            article=article_id,
            url=one.teaser.url,
            source=source_id,
            topics=_names(one.teaser.topics),
            alerts=one.alert,
        )
    for change in decisions.changes:
        retopiced = change.further or change.withdrawn or change.restored
        matters = change.reworded or retopiced or change.alert_from is not None
        tell = log.info if matters else log.debug
        tell(
            "article_changed",
            article=change.article_id,
            source=source_id,
            reworded=change.reworded,
            corrected=change.edit_at is not None,
            retracted=change.retracted,
            further=_names(change.further),
            withdrawn=_names(change.withdrawn),
            restored=_names(change.restored),
            alerts=change.alert_from is not None,
        )


def _names(topics: Iterable[Topic]) -> list[str]:
    return [f"{topic.kind}:{topic.key}" for topic in topics]
