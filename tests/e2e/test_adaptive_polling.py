"""A bot with a past reads a source when it usually publishes, and says so."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.app import check
from bot.storage.database import Database
from tests.aids.clock import FakeClock
from tests.aids.habits import every_week, published
from tests.aids.play import PATIENCE, OpenPlay, Play, profile_of
from tests.conftest import SITE_ZONE

pytestmark = pytest.mark.e2e

ADA = 42
#: So rarely that the next reading is hours away, unless the hour is one of those with news.
INTERVAL = timedelta(hours=10)


def last_tuesday() -> datetime:
    """Return Tuesday of the week before, five past nine in Seoul."""
    today = datetime.now(UTC).astimezone(SITE_ZONE)
    tuesday = today - timedelta(days=(today.weekday() - 1) % 7 + 7)
    return tuesday.replace(hour=9, minute=5, second=0, microsecond=0)


def profile(newsroom: str) -> str:
    return profile_of(newsroom).replace(
        "poll_interval =", 'least_interval = "5m"\npoll_interval =', 1
    )


async def give_a_past(play: Play, moments: list[datetime]) -> None:
    database = Database(play.settings.database_url, SITE_ZONE)
    await published(database, (f"{play.newsroom.url}/feed/", "feed"), moments)
    await database.close()


async def next_reading(play: Play) -> str:
    """Return the time of day that the administrators' page of the source tells."""
    ada = play.server.reader("Ada", person_id=ADA, language_code="en")
    await ada.ask("/start", timeout=PATIENCE)
    await ada.ask("/timezone Asia/Seoul", timeout=PATIENCE)
    ada.skip()
    page = await ada.ask("/admin", timeout=PATIENCE)
    for button in ("Sources", "1 ✓"):
        await ada.press(button, message=page, timeout=PATIENCE)
        await ada.next_edit(PATIENCE)
    told = re.search(r"Next reading: .*?(\d\d:\d\d)", page.text)
    assert told is not None, page.text
    return told[1]


@pytest.mark.parametrize(
    ("adaptive", "earliest", "latest"), [(True, "09:10", "13:00"), (False, "19:05", "20:05")]
)
async def test_in_an_hour_of_news_the_next_reading_comes_long_before_the_interval_is_over(
    opened: OpenPlay, adaptive: bool, earliest: str, latest: str
) -> None:
    clock = FakeClock(last_tuesday())
    options: dict[str, Any] = {
        "begin": False, "clock": clock, "profile": profile, "admin_ids": (ADA,),
        "poll_interval": INTERVAL, "adaptive_polling": adaptive,
    }  # fmt: skip
    async with opened(**options) as play:
        await give_a_past(play, every_week(clock.now))
        await play.start()
        if adaptive:
            await play.logged("tempo_learned", articles=100)
        planned = await next_reading(play)
        found = await check(play.settings)

    assert earliest <= planned <= latest
    (told,) = [one.text for one in found if one.subject.startswith("rhythm of ")]
    if adaptive:
        assert re.match(r"every 10 h on average; \S+ \S+ on weekdays 09-10 KST, ", told)
        assert "(learned from 100 articles of 1" in told
    else:
        assert told == "every 10 h, since DEKBOT_ADAPTIVE_POLLING is no"


async def test_a_source_without_a_past_says_what_is_missing(play: Play) -> None:
    settings = play.settings.model_copy(update={"poll_interval": None})

    found = await check(settings)

    (told,) = [one.text for one in found if one.subject.startswith("rhythm of ")]
    assert told == "every 5 min, until it has shown 50 articles with a time, of 3 different weeks"


async def test_an_interval_below_a_minute_leaves_no_room(play: Play) -> None:
    found = await check(play.settings)

    (told,) = [one.text for one in found if one.subject.startswith("rhythm of ")]
    assert told == "every 0.2 s, which is as often as it may be"
