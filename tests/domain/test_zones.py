from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.zone_names import LANGUAGES, OTHER_NAMES, REGIONS, UNEVEN_OFFSETS
from bot.domain.zones import find_zone, guess_zone

AVAILABLE = available_timezones()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Asia/Seoul", "Asia/Seoul"),
        ("asia/seoul", "Asia/Seoul"),
        ("Asia Seoul", "Asia/Seoul"),
        ("america/new york", "America/New_York"),
        ("seoul", "Asia/Seoul"),
        ("  NEW  YORK ", "America/New_York"),
        ("new-york", "America/New_York"),
        ("zürich", "Europe/Zurich"),
        ("são paulo", "America/Sao_Paulo"),
        ("Pyongyang", "Asia/Pyongyang"),
        ("Rome, Italy", "Europe/Rome"),
        # offsets: the database counts westwards
        ("UTC+9", "Etc/GMT-9"),
        ("utc +09:00", "Etc/GMT-9"),
        ("GMT-5", "Etc/GMT+5"),
        ("+9", "Etc/GMT-9"),
        ("−3", "Etc/GMT+3"),
        ("GMT+0", "Etc/UTC"),
        ("utc", "Etc/UTC"),
        ("Etc/GMT-9", "Etc/GMT-9"),
        ("etc/gmt+9", "Etc/GMT+9"),
        ("+5:45", "Asia/Kathmandu"),
        # what the database does not name
        ("Beijing", "Asia/Shanghai"),
        ("Washington, D.C.", "America/New_York"),
        ("San Francisco", "America/Los_Angeles"),
        ("Brussels", "Europe/Brussels"),
        ("Geneva", "Europe/Zurich"),
        ("Mumbai", "Asia/Kolkata"),
        ("new delhi", "Asia/Kolkata"),
        ("Canberra", "Australia/Sydney"),
        ("North Korea", "Asia/Pyongyang"),
        ("KST", "Asia/Seoul"),
        ("서울", "Asia/Seoul"),
        ("평양", "Asia/Pyongyang"),
        # what it names for another purpose
        ("EST", "America/New_York"),  # EST of the database has no summer time
        ("Japan", "Asia/Tokyo"),
        ("GB", "Europe/London"),
        ("US/Pacific", "US/Pacific"),
    ],
)
def test_a_name_is_found_as_people_write_it(typed: str, name: str) -> None:
    answer = find_zone(typed, AVAILABLE)

    assert (answer.name, answer.candidates) == (name, ())


@pytest.mark.parametrize(
    ("typed", "some"),
    [
        ("CST", {"America/Chicago", "Asia/Shanghai"}),
        ("USA", {"America/New_York", "America/Los_Angeles"}),
        ("san juan", {"America/Puerto_Rico", "America/Argentina/San_Juan"}),
        ("UTC+5:30", {"Asia/Kolkata"}),
        ("seol", {"Asia/Seoul"}),
        ("Kolkatta", {"Asia/Kolkata"}),
        ("york", {"America/New_York"}),
    ],
)
def test_what_leaves_a_choice_is_answered_with_candidates(typed: str, some: set[str]) -> None:
    answer = find_zone(typed, AVAILABLE)

    assert answer.name is None
    assert some <= set(answer.candidates)


@pytest.mark.parametrize("typed", ["", "🕰", "xyzzyx", "UTC+15", "UTC+9:17", "Asia", "9"])
def test_what_names_no_zone_is_answered_with_nothing(typed: str) -> None:
    answer = find_zone(typed, AVAILABLE)

    assert (answer.name, answer.candidates) == (None, ())


@given(st.sampled_from(sorted(AVAILABLE)), st.sampled_from([str, str.lower, str.upper]))
def test_every_name_with_a_region_is_itself_in_any_case(name: str, write: type[str]) -> None:
    answer = find_zone(write(name), AVAILABLE)

    assert name == answer.name or "/" not in name
    assert answer.name or answer.candidates


@given(st.text(max_size=80), st.frozensets(st.sampled_from(sorted(AVAILABLE)), max_size=20))
def test_only_available_zones_are_answered(typed: str, available: frozenset[str]) -> None:
    answer = find_zone(typed, available)

    assert {*answer.candidates, *([answer.name] if answer.name else [])} <= available
    assert not (answer.name and answer.candidates)


def test_the_tables_name_zones_that_exist() -> None:
    told = {zone for zones in (*OTHER_NAMES.values(), *UNEVEN_OFFSETS.values()) for zone in zones}

    assert told | set(LANGUAGES.values()) | set(REGIONS.values()) <= AVAILABLE


@pytest.mark.parametrize(
    ("language", "zone"),
    [
        ("ko", "Asia/Seoul"),
        ("ja", "Asia/Tokyo"),
        ("de", "Europe/Berlin"),
        ("de-AT", "Europe/Vienna"),
        ("pt-br", "America/Sao_Paulo"),
        ("zh_TW", "Asia/Taipei"),
        ("zh-hant-hk", "Asia/Hong_Kong"),
        ("en-GB", "Europe/London"),
        ("en-XX", None),
        ("en", None),  # the world speaks it
        ("es", None),
        ("", None),
        (None, None),
    ],
)
def test_a_zone_is_guessed_only_where_the_language_speaks_for_one(
    language: str | None, zone: str | None
) -> None:
    assert guess_zone(language) == zone
