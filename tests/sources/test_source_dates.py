from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from bot.domain.article import Published
from bot.sources.dates import feed_date, iso_date, written_date

SEOUL = ZoneInfo("Asia/Seoul")
THE_DAY = Published(at=datetime(2024, 8, 21, tzinfo=SEOUL), has_time=False)


@pytest.mark.parametrize(
    "text",
    [
        "August 21, 2024",
        "Aug 21, 2024",
        "Aug. 21st, 2024",
        "21 August 2024",
        "21st of August 2024",
        "2024-08-21",
        "AUGUST 21 2024",
    ],
)
def test_a_date_is_read_in_any_usual_form_and_has_no_time(text: str) -> None:
    assert written_date(text, SEOUL) == ("", THE_DAY, "")


@pytest.mark.parametrize(
    "text", ["August 21, 2024 at 2:05 pm", "21 August 2024, 14:05", "Aug 21, 2024 14:05:59"]
)
def test_a_time_of_day_behind_the_date_is_read(text: str) -> None:
    found = written_date(text, SEOUL)

    assert found is not None
    assert found[1] == Published(at=datetime(2024, 8, 21, 14, 5, tzinfo=SEOUL))


def test_midnight_is_twelve_am() -> None:
    found = written_date("August 21, 2024 12:01 am", SEOUL)

    assert found is not None
    assert found[1].at.hour == 0


def test_what_stands_around_the_date_is_told() -> None:
    assert written_date("Ida Holm August 21, 2024 / 3 comments", SEOUL) == (
        "Ida Holm ",
        THE_DAY,
        " / 3 comments",
    )


def test_the_last_of_several_dates_counts() -> None:
    found = written_date("Of May 1, 2020, told on August 21, 2024", SEOUL)

    assert found is not None
    assert found[1] == THE_DAY


@pytest.mark.parametrize(
    "text",
    ["", "August 1 to August 31", "February 30, 2024", "May 1, 0001", "12024-08-21", "x 25:00"],
)
def test_what_names_no_date_is_none(text: str) -> None:
    assert written_date(text, SEOUL) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Wed, 21 Aug 2024 14:05:00 +0000", datetime(2024, 8, 21, 14, 5, tzinfo=UTC)),
        ("Wed, 21 Aug 2024 14:05:00 -0000", datetime(2024, 8, 21, 14, 5, tzinfo=UTC)),
        (
            "Wed, 21 Aug 2024 14:05:00 EST",
            datetime(2024, 8, 21, 14, 5, tzinfo=timezone(timedelta(hours=-5))),
        ),
        ("Wed, 21 Aug 2024 14:05:00", datetime(2024, 8, 21, 14, 5, tzinfo=SEOUL)),
        ("2024-08-21T14:05:00Z", datetime(2024, 8, 21, 14, 5, tzinfo=UTC)),
        ("2024-08-21 14:05", datetime(2024, 8, 21, 14, 5, tzinfo=SEOUL)),
        ("August 21, 2024 14:05", datetime(2024, 8, 21, 14, 5, tzinfo=SEOUL)),
    ],
)
def test_a_feeds_time_is_in_its_own_zone_or_the_sites(text: str, moment: datetime) -> None:
    found = feed_date(text, SEOUL)

    assert found is not None
    assert found == Published(at=moment)
    assert found.at.utcoffset() == moment.utcoffset()


@pytest.mark.parametrize("text", ["", "soon", "Wed, 32 Aug 2024 25:00:00 +0000", "Mon, 1 Jan 0001"])
def test_a_feeds_nonsense_is_none(text: str) -> None:
    assert feed_date(text, SEOUL) is None


def test_wordpress_writes_an_unset_time_as_zeros() -> None:
    assert iso_date("0000-00-00T00:00:00Z", SEOUL) is None


def test_an_iso_date_alone_has_no_time() -> None:
    assert iso_date("2024-08-21", SEOUL) == THE_DAY
