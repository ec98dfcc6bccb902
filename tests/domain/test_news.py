from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.article import Published, Teaser
from bot.domain.carrying import IMPORTED, ToldTopic
from bot.domain.news import Known, Occasion, known_article, new_article
from tests.aids.articles import ADA, BEOM, ECONOMY, FOREIGN, PRO, hours, teaser

MAX_AGE = hours(24)
LONG_AGO = hours(100)


def occasion(now: datetime, *, baselined: timedelta | None = LONG_AGO, source: int = 1) -> Occasion:
    return Occasion(
        source_id=source,
        baselined_at=None if baselined is None else now - baselined,
        now=now,
        max_age=MAX_AGE,
    )


def known(
    told: Teaser, now: datetime, *, alerted: bool = True, sighted: bool = True, age: float = 2
) -> Known:
    return Known(
        article_id=7,
        source_id=1,
        headline=told.headline,
        dek=told.dek,
        picture=told.picture,
        topics=tuple(ToldTopic(topic=topic, source_id=1) for topic in told.topics),
        published=told.published or Published(at=now - hours(age)),
        seen_at=now - hours(age),
        alerted=alerted,
        sighted=sighted,
    )


def test_a_first_reading_alerts_nobody(now: datetime) -> None:
    assert not new_article(teaser(published=now), occasion(now, baselined=None)).alert


def test_a_fresh_article_of_a_source_past_its_baseline_alerts(now: datetime) -> None:
    assert new_article(teaser(published=now - hours(23)), occasion(now)).alert


def test_an_article_older_than_max_alert_age_is_stored_only(now: datetime) -> None:
    assert not new_article(teaser(published=now - hours(25)), occasion(now)).alert


def test_a_date_without_a_time_may_be_the_end_of_its_day(now: datetime) -> None:
    dated = teaser(published=now - hours(47), has_time=False)
    too_old = teaser(published=now - hours(49), has_time=False)

    assert new_article(dated, occasion(now)).alert
    assert not new_article(too_old, occasion(now)).alert


@pytest.mark.parametrize("published", [None, timedelta(days=400)])
def test_no_date_or_one_in_the_future_is_taken_as_now(
    now: datetime, published: timedelta | None
) -> None:
    told = teaser(published=now + published if published else None)

    assert new_article(told, occasion(now)).published == Published(at=now)


def test_the_same_article_again_changes_nothing(now: datetime) -> None:
    told = teaser(published=now - hours(2))

    change = known_article(told, known(told, now), {}, occasion(now))

    assert not change.changed
    assert change.alert_from is None


def test_further_topics_are_matched_from_their_place_on(now: datetime) -> None:
    told = teaser(published=now - hours(2))
    wider = told.within(FOREIGN)
    born = {FOREIGN.identity: now - hours(50)}

    change = known_article(wider, known(told, now), born, occasion(now))

    assert change.further == (FOREIGN,)
    assert change.alert_from == len(told.topics)


def test_a_topic_younger_than_the_article_is_added_and_not_matched(now: datetime) -> None:
    told = teaser(published=now - hours(2))
    wider = teaser(published=now - hours(2), sections=(ECONOMY, FOREIGN), labels=(PRO,))
    born = {PRO.identity: now - hours(50), FOREIGN.identity: now - hours(1)}

    change = known_article(wider, known(told, now), born, occasion(now))

    assert change.further == (FOREIGN, PRO)  # the young one first
    assert change.alert_from == len(told.topics) + 1


def test_another_sources_baseline_does_not_swallow_a_fresh_article(now: datetime) -> None:
    """A new section page is added and shows an article minutes before the feed is read."""
    told = teaser(published=now - timedelta(minutes=5))
    baselined = known(told, now, alerted=False, sighted=False)

    change = known_article(told, baselined, {}, occasion(now, source=2))

    assert change.alert_from == 0


def test_what_was_published_before_the_baseline_stays_silent(now: datetime) -> None:
    """The bot started an hour ago; the article is older and now appears on a second page."""
    told = teaser(published=now - hours(2))
    baselined = known(told, now, alerted=False, sighted=False)

    change = known_article(told, baselined, {}, occasion(now, baselined=hours(1), source=2))

    assert change.alert_from is None


def test_a_sources_own_baseline_stays_silent_when_read_again(now: datetime) -> None:
    told = teaser(published=now - hours(2))

    change = known_article(told, known(told, now, alerted=False), {}, occasion(now))

    assert change.alert_from is None


def test_only_the_source_that_brought_an_article_rewords_it(now: datetime) -> None:
    told = teaser(published=now - hours(2))
    reworded = teaser(headline="Cranes “move” again", published=now - hours(2))

    own = known_article(reworded, known(told, now), {}, occasion(now))
    other = known_article(reworded, known(told, now), {}, occasion(now, source=2))

    assert (own.reworded, own.headline) == (True, "Cranes “move” again")
    assert (other.reworded, other.headline) == (False, told.headline)


def test_a_new_author_of_the_owner_takes_the_place_of_the_former_one(now: datetime) -> None:
    told = teaser(authors=[ADA], published=now - hours(2))
    later = teaser(authors=[BEOM], published=now - hours(2))
    born = {BEOM.identity: now - hours(50)}

    own = known_article(later, known(told, now), born, occasion(now))
    other = known_article(later, known(told, now), born, occasion(now, source=2))

    assert (own.withdrawn, own.further, own.alert_from) == ((ADA,), (BEOM,), len(told.topics))
    assert own.edit_at == now
    assert (other.withdrawn, other.further) == ((), (BEOM,))
    assert other.edit_at is None


def test_only_the_mutes_of_a_restored_author_and_of_a_young_one_count(now: datetime) -> None:
    told = teaser(authors=[ADA], published=now - hours(2))
    later = teaser(authors=[ADA, BEOM], published=now - hours(2))
    held = known(told, now)
    former = tuple(replace(one, withdrawn=one.topic == ADA) for one in held.topics)
    held = replace(held, topics=former)

    change = known_article(later, held, {}, occasion(now))
    silent = known_article(later, replace(held, alerted=False), {}, occasion(now))

    assert change.restored == (ADA,)
    assert change.unmatched == (BEOM, ADA)
    assert change.alert_from is None
    assert silent.unmatched == ()


def test_whichever_source_shows_an_imported_article_owns_it_though_nothing_else_changes(
    now: datetime,
) -> None:
    told = teaser(published=now - hours(2))
    imported = replace(known(told, now, alerted=False), source_id=IMPORTED)

    change = known_article(told, imported, {}, occasion(now, source=2))

    assert (change.source_id, change.changed) == (2, True)


def test_other_sources_fill_in_what_is_missing(now: datetime) -> None:
    bare = teaser(dek="", published=now - hours(3), has_time=False)
    full = teaser(published=now - hours(2))

    change = known_article(full, known(bare, now), {}, occasion(now, source=2))

    assert change.dek == full.dek
    assert change.published == full.published


def test_topics_keep_their_order_sections_labels_authors() -> None:
    told = teaser(labels=(PRO,), authors=(ADA, ADA))

    assert told.topics == (ECONOMY, PRO, ADA)


@pytest.mark.parametrize(
    ("last", "wait"),
    [
        (None, 0),
        (hours(-1), 0),
        (timedelta(seconds=-50), 10),
        (hours(1), 60),  # the clock was put back since
    ],
)
def test_a_correction_edits_at_once_but_not_within_a_minute_of_the_last_one(
    last: timedelta | None, wait: int, now: datetime
) -> None:
    told = teaser(published=now)
    before = replace(known(told, now), corrected_at=None if last is None else now + last)

    change = known_article(replace(told, headline="Cranes at work"), before, {}, occasion(now))

    assert change.edit_at == now + timedelta(seconds=wait)
