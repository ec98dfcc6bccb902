"""What a reading of a source changes: which articles are new, widened or corrected, and alert.

The rules, in their order:

1. What a source shows at its first reading, its baseline, is stored and alerts nobody.
2. An article alerts when a source past its baseline shows it for the first time, unless it is
   older than `max_alert_age`, or was published before that source's baseline and is known already
   (another source's baseline held it).
3. An article that alerts is matched once with all its topics. When a later teaser brings further
   topics, it is matched with these (see `bot.domain.matching`), but not with a topic that is
   younger than the article: a new section starts with a baseline as a new source does.
4. The source that brought an article may correct its headline and dek; others only fill in
   what is missing, since sources spell the same text differently.
5. That source's authors and labels replace those that it told before; sections and what other
   sources tell are only added to (see `bot.domain.carrying`). What is new among them is matched
   as rule 3 says, what comes back is not. What is owed on account of a topic that was withdrawn
   since stays owed.
6. A correction of its own source that is more than typography (`bot.domain.correction`) edits the
   messages of an article that alerted, at most once a minute; a headline that turns into a
   correction or a retraction alerts once more.
7. An article that pruning closed (`bot.services.pruning`) is matched with nobody any more,
   whatever date or topic a source tells of it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.article import Published, Teaser
from bot.domain.carrying import IMPORTED, Retelling, ToldTopic, carried, retold
from bot.domain.correction import Change, Version, change_between, is_retraction, version_of
from bot.domain.topic import Identity, Topic

#: A date without a time may mean the last minute of its day.
_A_DAY: Final = timedelta(days=1)
_A_MINUTE: Final = timedelta(minutes=1)
#: Clocks differ; a publication further ahead than this is a mistake of the source.
_CLOCK_SKEW: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the archive holds of an article that a source shows again."""

    article_id: int
    #: The source that brought it.
    source_id: int
    headline: str
    dek: str
    picture: str | None
    #: All that were ever told, in their places.
    topics: tuple[ToldTopic, ...]
    published: Published
    #: When Dekbot met it first. Aware.
    seen_at: datetime
    #: Whether it was matched with subscribers.
    alerted: bool
    #: Whether the source at hand showed it before.
    sighted: bool
    former_headline: str | None = None
    corrected_at: datetime | None = None
    #: Whether it was met so long ago that nobody knows any more who had it (rule 7).
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Under what circumstances a source was read."""

    source_id: int
    #: When the source was first read; None before that. Aware.
    baselined_at: datetime | None
    #: When this reading took place. Aware.
    now: datetime
    #: How old an article may be to alert.
    max_age: timedelta
    #: Headlines that answer to one of these are corrections or retractions.
    retractions: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """An article to be stored; with `alert`, matched with all subscribers."""

    teaser: Teaser
    published: Published
    alert: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedArticle:
    """A known article to be sighted, and changed where a field says so."""

    article_id: int
    #: The source that owns it from now on.
    source_id: int
    headline: str
    dek: str
    picture: str | None
    published: Published
    #: Topics to be added behind those it has.
    further: tuple[Topic, ...]
    #: Topics that it has and no longer carries.
    withdrawn: tuple[Topic, ...]
    #: Topics that it carries again.
    restored: tuple[Topic, ...]
    #: Carried from now on without being matched: only their mutes count for what is still owed.
    unmatched: tuple[Topic, ...]
    #: Position of the first topic to be matched; None to match none.
    alert_from: int | None
    #: Whether headline or dek differ from what was stored.
    reworded: bool
    #: When the messages that carry it are to be edited; None where they need not be.
    edit_at: datetime | None
    #: The headline that the latest correction replaced.
    former_headline: str | None
    corrected_at: datetime | None
    #: Whether it has turned into a correction or a retraction, which is a fresh alert.
    retracted: bool
    #: Whether anything at all is to be written.
    changed: bool


def published_or(teaser: Teaser, now: datetime) -> Published:
    """Return the time of publication; now, where the source tells none or one in the future."""
    told = teaser.published
    return told if told and told.at <= now + _CLOCK_SKEW else Published(at=now)


def is_fresh(published: Published, occasion: Occasion) -> bool:
    """Return whether an article may still be an alert."""
    return occasion.now - _latest(published) <= occasion.max_age


def _latest(published: Published) -> datetime:
    return published.at if published.has_time else published.at + _A_DAY


def new_article(teaser: Teaser, occasion: Occasion) -> NewArticle:
    """Decide on an article that the archive does not hold (rules 1 and 2)."""
    published = published_or(teaser, occasion.now)
    alert = occasion.baselined_at is not None and is_fresh(published, occasion)
    return NewArticle(teaser=teaser, published=published, alert=alert)


def known_article(
    teaser: Teaser, known: Known, born: Mapping[Identity, datetime], occasion: Occasion
) -> ChangedArticle:
    """Decide on an article that the archive holds (rules 2 to 7).

    `born` tells since when the archive has each topic; what it does not name is new.
    """
    owner = known.source_id in (occasion.source_id, IMPORTED)
    headline = teaser.headline if owner else known.headline
    dek = (teaser.dek or known.dek) if owner else (known.dek or teaser.dek)
    picture = known.picture or teaser.picture
    published = _sharper(known.published, teaser.published, occasion.now)
    source_id = occasion.source_id if owner else known.source_id
    young, awaited = _further(known, teaser.topics, born)
    further = (*young, *awaited)
    first = len(known.topics) + len(young) if awaited else None
    alert_from = _alert_from(known, first, occasion)
    told = retold(known.topics, teaser.topics, source_id) if owner else Retelling()
    new = version_of(headline, dek, (*told.carried(known.topics), *further))
    change = _correction(known, new) if owner and known.alerted else None
    corrected = change is not None and change.is_worth_an_edit
    old_headline = change.old_headline if change else None
    reworded = (headline, dek) != (known.headline, known.dek)
    retopiced = bool(further or told.withdrawn or told.restored)
    filled_in = (picture, published, source_id) != (known.picture, known.published, known.source_id)
    return ChangedArticle(
        article_id=known.article_id,
        source_id=source_id,
        headline=headline,
        dek=dek,
        picture=picture,
        published=published,
        further=further,
        withdrawn=told.withdrawn,
        restored=told.restored,
        unmatched=(*young, *told.restored) if known.alerted else (),
        alert_from=alert_from,
        reworded=reworded,
        edit_at=_edit_at(known, occasion) if corrected else None,
        former_headline=old_headline or known.former_headline,
        corrected_at=occasion.now if corrected else known.corrected_at,
        retracted=change is not None
        and is_retraction(change.old, change.new, occasion.retractions),
        changed=reworded or retopiced or filled_in or alert_from is not None,
    )


def _correction(known: Known, new: Version) -> Change | None:
    return change_between(version_of(known.headline, known.dek, carried(known.topics)), new)


def _edit_at(known: Known, occasion: Occasion) -> datetime:
    """Return when to edit: now, but not within a minute of the last correction (rule 6).

    A last correction that is still to come was made before the clock was put back.
    """
    last, now = known.corrected_at, occasion.now
    return max(now, min(last, now) + _A_MINUTE) if last else now


def _alert_from(known: Known, first_awaited: int | None, occasion: Occasion) -> int | None:
    if known.closed or occasion.baselined_at is None or not is_fresh(known.published, occasion):
        return None
    if known.alerted:
        return first_awaited
    late = not known.sighted and _latest(known.published) >= occasion.baselined_at
    return 0 if late else None


def _sharper(known: Published, told: Published | None, now: datetime) -> Published:
    """Return the known time, or the told one where that adds the time to a date."""
    if told is None or known.has_time or not told.has_time or told.at > now + _CLOCK_SKEW:
        return known
    return told


def _further(
    known: Known, told: Sequence[Topic], born: Mapping[Identity, datetime]
) -> tuple[list[Topic], list[Topic]]:
    """Return the topics that it never had: those younger than the article, and the others."""
    have = {one.topic.identity for one in known.topics}
    lacking = [topic for topic in told if topic.identity not in have]
    awaited = [
        topic for topic in lacking if born.get(topic.identity, known.seen_at) < known.seen_at
    ]
    return [topic for topic in lacking if topic not in awaited], awaited
