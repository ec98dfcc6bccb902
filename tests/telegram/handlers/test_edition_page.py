"""/digest: at once or in editions, typed or tapped."""

import pytest

from tests.telegram.handlers.conftest import Desk, tap


@pytest.mark.parametrize(
    ("typed", "stored", "told"),
    [
        ("weekdays 08:00 18:00", "weekdays 08:00 18:00", "weekdays at 08:00 and 18:00"),
        ("mon 09:00", "mon 09:00", "Monday at 09:00"),
        ("mon 9, thu 17:30", "mon 09:00; thu 17:30", "Monday at 09:00; Thursday at 17:30"),
        ("hourly", "hourly", "every hour"),
        ("weekdays hourly", "weekdays hourly", "weekdays, every hour"),
        ("8am", "daily 08:00", "every day at 08:00"),
    ],
)
async def test_editions_are_typed(desk: Desk, typed: str, stored: str, told: str) -> None:
    mina = desk.reader()

    reply = await mina.ask(f"/digest {typed}")

    assert reply.text.startswith(f"Alerts come in editions: {told}.\nThe next edition: ")
    assert (await desk.state(mina.id)).editions == stored
    assert len(desk.woken) == 1


async def test_the_next_edition_is_told_by_the_readers_clock(desk: Desk) -> None:
    """It is 14:06 in Seoul and 06:06 in Berlin."""
    mina, lena = desk.reader("Mina"), desk.reader("Lena")
    await lena.ask("/timezone berlin")

    first = await mina.ask("/digest daily 08:00")
    second = await lena.ask("/digest daily 08:00")

    assert "The next edition: Thu 5 Mar, 08:00" in first.text
    assert "Times are those of Seoul. Yours are others? /timezone" in first.text
    assert "The next edition: Wed 4 Mar, 08:00" in second.text
    assert "Times are those of" not in second.text


async def test_editions_end_with_off(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/digest hourly")

    reply = await mina.ask("/digest off")

    assert reply.text.startswith("Alerts come at once, each as soon as its article appears.")
    assert (await desk.state(mina.id)).editions == ""


async def test_without_an_argument_it_tells_and_offers(desk: Desk) -> None:
    mina = desk.reader()

    reply = await mina.ask("/digest")

    assert reply.text.startswith("Alerts come at once")
    assert "/digest weekdays 08:00 18:00" in reply.text
    assert reply.labels == [
        "✓ At once",
        "Weekdays 08:00",
        "Every day 08:00 and 18:00",
        "Every hour",
        "↩ All settings",
    ]


async def test_a_tap_chooses_and_is_marked(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/digest")

    on = await tap(mina, "Weekdays 08:00")
    assert "✓ Weekdays 08:00" in message.labels
    assert (await desk.state(mina.id)).editions == "weekdays 08:00"
    off = await tap(mina, "At once")

    assert (on.text, off.text) == ("Alerts come in editions.", "Alerts come at once.")
    assert (await desk.state(mina.id)).editions == ""
    assert message.text.startswith("Alerts come at once")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("mon", "mon needs a time as well"),
        ("mon 25:00", "25:00 is no time of day."),
        ("soon", "I do not understand soon."),
        ("平日の朝", "I do not understand 平日の朝"),
        ("08:00-10:00", "I do not understand 08:00-10:00."),
        (",", "That says no day and no time."),
        ("x" * 4_000, "That is too long to be read."),
    ],
)
async def test_what_is_unclear_changes_nothing_and_is_explained(
    desk: Desk, typed: str, told: str
) -> None:
    mina = desk.reader()
    await mina.ask("/digest mon 09:00")

    reply = await mina.ask(f"/digest {typed}")

    assert reply.text.startswith(told)
    assert "Nothing has changed." in reply.text
    assert "Alerts come in editions: Monday at 09:00." in reply.text
    assert "/digest hourly" in reply.text
    assert (await desk.state(mina.id)).editions == "mon 09:00"
