"""Time zones by their cities."""

from collections import Counter
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.texts.places import REGIONS, place_of, zone_called, zones_in

AVAILABLE = frozenset(available_timezones())


@pytest.mark.parametrize(
    ("zone", "language", "place"),
    [
        ("Asia/Seoul", "en", "Seoul"),
        ("Asia/Seoul", "ko", "서울"),
        ("America/New_York", "en", "New York"),
        ("Asia/Ho_Chi_Minh", "ko", "호찌민"),
        ("Asia/Kolkata", "ko", "콜카타"),
        ("America/Indiana/Knox", "en", "Knox, Indiana"),
        ("Asia/Kolkata", "en", "Kolkata"),
        ("Etc/UTC", "en", "UTC"),
        ("UTC", "en", "UTC"),
        ("Etc/GMT-9", "en", "UTC+9"),
        ("Etc/GMT+5", "en", "UTC\u22125"),
        ("Etc/GMT", "en", "UTC"),
    ],
)
def test_a_zone_is_known_by_its_city(zone: str, language: str, place: str) -> None:
    assert place_of(zone, language) == place


@pytest.mark.parametrize(
    ("typed", "language", "zone"),
    [
        ("뉴욕", "ko", "America/New_York"),
        (" 베를린 ", "ko", "Europe/Berlin"),
        ("new york", "en", "America/New_York"),
        ("뉴욕", "en", None),
        ("새뉴욕", "ko", None),
        ("", "ko", None),
    ],
)
def test_a_city_is_found_as_the_readers_language_calls_it(
    typed: str, language: str, zone: str | None
) -> None:
    assert zone_called(typed, AVAILABLE, language) == zone


def test_every_zone_stands_in_one_part_of_the_world_and_once() -> None:
    listed = Counter(zone for region in REGIONS for zone in zones_in(region, AVAILABLE, "en"))

    assert set(listed.values()) == {1}
    assert {"Asia/Seoul", "Asia/Kolkata", "Europe/Kyiv", "Arctic/Longyearbyen"} <= set(listed)
    assert not {"Asia/Calcutta", "Europe/Kiev", "Europe/Belfast", "US/Pacific"} & set(listed)


@pytest.mark.parametrize("region", REGIONS)
def test_no_two_buttons_of_a_part_of_the_world_look_alike(region: str) -> None:
    places = [place_of(zone, "en") for zone in zones_in(region, AVAILABLE, "en")]

    assert places == sorted(places, key=str.casefold)
    assert len(set(places)) == len(places)


def test_every_listed_zone_is_one_of_this_machines() -> None:
    for region in REGIONS:
        for zone in zones_in(region, AVAILABLE, "ko"):
            assert ZoneInfo(zone).key == zone


def test_what_the_machine_lacks_is_not_listed() -> None:
    assert zones_in("Asia", {"Asia/Seoul", "Asia/Nowhere", "Europe/Berlin"}, "en") == [
        "Asia/Nowhere",
        "Asia/Seoul",
    ]
