"""/timezone: typed, chosen by buttons, proposed and never guessed."""

from typing import Final
from zoneinfo import available_timezones

import pytest

from bot.demo.botapi import Message, Reader
from bot.telegram.handlers.buttons import paired
from bot.texts.letter import Button
from bot.texts.places import REGIONS
from tests.telegram.handlers.conftest import Desk, tap

#: Enough to walk the largest part of the world.
MOST_PAGES: Final = 20


@pytest.mark.parametrize(
    ("typed", "zone", "told"),
    [
        ("Asia/Seoul", "Asia/Seoul", "Time zone: Seoul. It is 14:06 there now."),
        ("seoul", "Asia/Seoul", "Time zone: Seoul. It is 14:06 there now."),
        ("서울", "Asia/Seoul", "Time zone: Seoul. It is 14:06 there now."),
        ("new york", "America/New_York", "Time zone: New York. It is 00:06 there now."),
        ("UTC+9", "Etc/GMT-9", "Time zone: UTC+9. It is 14:06 there now."),
        ("utc", "Etc/UTC", "Time zone: UTC. It is 05:06 there now."),
    ],
)
async def test_a_zone_is_typed(desk: Desk, typed: str, zone: str, told: str) -> None:
    mina = desk.reader()

    reply = await mina.ask(f"/timezone {typed}")

    assert reply.text.startswith(told)
    assert (await desk.state(mina.id)).zone == zone


async def test_editions_move_with_the_zone(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/digest daily 08:00")

    reply = await mina.ask("/timezone berlin")

    assert "The next edition: Wed 4 Mar, 08:00" in reply.text
    assert len(desk.woken) == 2


async def test_several_zones_leave_the_choice(desk: Desk) -> None:
    mina = desk.reader()

    reply = await mina.ask("/timezone usa")

    assert reply.text == "Which of these do you mean by \u201cusa\u201d?"
    assert reply.labels[0] == "New York · 00:06"
    assert (await desk.state(mina.id)).zone is None
    answer = await tap(mina, "Chicago · 23:06")
    assert answer.text == "Time zone: Chicago."
    assert reply.text.startswith("Time zone: Chicago. It is 23:06 there now.")
    assert (await desk.state(mina.id)).zone == "America/Chicago"


@pytest.mark.parametrize("typed", ["Xanadu-on-Sea", "x" * 4_000, "???", "Mars/Olympus"])
async def test_an_unknown_name_changes_nothing_and_shows_the_world(desk: Desk, typed: str) -> None:
    mina = desk.reader()
    await mina.ask("/timezone seoul")

    reply = await mina.ask(f"/timezone {typed}")

    assert reply.text.startswith("I know no city and no time zone \u201c")
    assert {"Asia", "Europe", "Americas", "UTC"} <= set(reply.labels)
    assert (await desk.state(mina.id)).zone == "Asia/Seoul"


async def test_a_slip_of_the_finger_is_forgiven(desk: Desk) -> None:
    reply = await desk.reader().ask("/timezone Soeul")

    assert "Seoul · 14:06" in reply.labels


async def test_the_language_proposes_and_the_reader_confirms(desk: Desk) -> None:
    lena = desk.reader("Lena", language_code="de")

    message = await lena.ask("/timezone")

    assert message.text.startswith("No time zone is chosen yet.")
    assert "Is it 06:06 where you are? Then tap “Yes, Berlin” below." in message.text
    assert (await desk.state(lena.id)).zone is None
    await tap(lena, "Yes, Berlin")
    assert message.text.startswith("Time zone: Berlin. It is 06:06 there now.")
    assert "Yes, Berlin" not in message.labels


async def test_a_group_is_proposed_nothing(desk: Desk) -> None:
    ada = desk.reader("Ada", language_code="de")
    group = desk.server.world.supergroup("Desk", admins=[ada.person])

    reply = await ada.in_chat(group).ask("/timezone")

    assert "Is it" not in reply.text


async def test_a_zone_is_found_by_buttons_alone(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/timezone")

    await tap(mina, "Asia")
    assert message.text.startswith("Asia\nTap the city whose clock is yours.\n\nPage 1 of ")
    while "Kathmandu" not in message.labels:
        await tap(mina, "More →")
    await tap(mina, "Kathmandu")

    assert message.text.startswith("Time zone: Kathmandu. It is 10:51 there now.")
    assert (await desk.state(mina.id)).zone == "Asia/Kathmandu"


async def test_every_part_of_the_world_has_a_way_back(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/timezone")

    for region in ("Africa", "Americas", "Antarctica", "Australia", "Europe", "Indian Ocean"):
        await tap(mina, region, message)
        assert message.text.startswith(region)
        assert message.labels[-2:] == ["↩ Parts of the world", "↩ All settings"]
        await tap(mina, "↩ Parts of the world", message)

    assert (await desk.state(mina.id)).zone is None


async def test_no_city_is_missing_from_the_pages(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/timezone")
    await tap(mina, "Australia", message)

    cities = await _cities(mina, message)

    assert "Australia" in REGIONS
    assert {"Sydney", "Perth", "Eucla", "Lord Howe Island"} <= cities
    assert "Canberra" not in cities
    assert "Australia/Canberra" in available_timezones()


async def _cities(mina: Reader, message: Message) -> set[str]:
    cities = set(message.labels)
    for _ in range(MOST_PAGES):
        if "More →" not in message.labels:
            break
        await tap(mina, "More →", message)
        cities |= set(message.labels)
    return cities


def test_cities_stand_in_pairs_where_both_are_short() -> None:
    names = ["Oslo", "Paris", "Petersburg, Indiana", "Rome", "Riga", "Sofia"]
    laid = paired([Button(text=name) for name in names])

    assert [[button.text for button in row] for row in laid] == [
        ["Oslo", "Paris"],
        ["Petersburg, Indiana"],
        ["Rome", "Riga"],
        ["Sofia"],
    ]
