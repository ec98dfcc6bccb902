"""The first messages that a reader exchanges with the bot, and help for the lost."""

import pytest

from tests.telegram.handlers.conftest import Desk, tap


async def test_start_leads_to_a_followed_section_by_buttons_alone(desk: Desk) -> None:
    mina = desk.reader()

    welcome = await mina.ask("/start")
    assert "NK News" in welcome.text
    await tap(mina, "Sections")
    answer = await tap(mina, "Economy")

    assert answer.text == "You follow Economy."
    assert await desk.follows(mina.id) == {"economy"}


async def test_a_second_start_tells_what_is_followed(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy, trade")

    welcome = await mina.ask("/start")

    assert "You follow 2 topics." in welcome.text
    assert "What you follow" in welcome.labels


@pytest.mark.parametrize(
    ("payload", "key"),
    [
        ("section_foreign-relations", "foreign-relations"),
        ("author_ada-lindqvist", "ada-lindqvist"),
        ("label_nk-pro", "nk-pro"),
        ("SECTION_Economy", "economy"),
    ],
)
async def test_a_deep_link_follows_its_topic(desk: Desk, payload: str, key: str) -> None:
    mina = desk.reader()

    reply = await mina.ask(f"/start {payload}")

    assert reply.text.startswith("✓ You now follow")
    assert await desk.follows(mina.id) == {key}


@pytest.mark.parametrize(
    "payload", ["section_nowhere", "economy", "section_", "x" * 64, "section_' OR 1=1", "/start"]
)
async def test_an_unknown_deep_link_is_a_plain_welcome(desk: Desk, payload: str) -> None:
    mina = desk.reader()

    reply = await mina.ask(f"/start {payload}")

    assert reply.text.startswith("Hello.")
    assert await desk.follows(mina.id) == set()


async def test_a_deep_link_to_a_muted_topic_follows_it_instead(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/mute economy")

    await mina.ask("/start section_economy")

    assert await desk.follows(mina.id) == {"economy"}
    assert await desk.mutes(mina.id) == set()


@pytest.mark.parametrize("command", ["/help", "/HELP", "/help@dekbot", "/help me please"])
async def test_help_tells_the_commands(desk: Desk, command: str) -> None:
    reply = await desk.reader().ask(command)

    for name in (
        "/sections",
        "/mute",
        "/latest",
        "/search",
        "/settings",
        "/digest",
        "/pause",
        "/stop",
    ):
        assert name in reply.text


@pytest.mark.parametrize(
    "command", ["/weather", "/", "/forecast 22:00-07:00", "/" + "x" * 4_000, "/<b>", "/ab_c{0}"]
)
async def test_an_unknown_command_is_answered_with_help(desk: Desk, command: str) -> None:
    reply = await desk.reader().ask(command)

    assert reply.text.startswith("I do not know the command /")
    assert "/sections" in reply.text


async def test_a_command_for_another_bot_is_answered_in_private(desk: Desk) -> None:
    reply = await desk.reader().ask("/latest@otherbot")

    assert reply.text.startswith("Latest from")


async def test_a_language_without_texts_is_answered_in_english(desk: Desk) -> None:
    reply = await desk.reader(language_code="fi").ask("/start")

    assert reply.text.startswith("Hello.")


async def test_the_zone_of_the_readers_language_is_proposed_and_not_set(desk: Desk) -> None:
    lena = desk.reader("Lena", language_code="de")

    message = await lena.ask("/start")

    assert "Is it 06:06 where you are? Then tap “Yes, Berlin” below." in message.text
    assert (await desk.state(lena.id)).zone is None
    answer = await tap(lena, "Yes, Berlin")
    assert answer.text == "Time zone: Berlin."
    assert message.text.startswith("Hello.")
    assert "Berlin" not in message.text
    assert (await desk.state(lena.id)).zone == "Europe/Berlin"


@pytest.mark.parametrize("language", ["en", "es", "ko", "", "xx"])
async def test_a_language_that_tells_nothing_new_proposes_nothing(
    desk: Desk, language: str
) -> None:
    """English is spoken in many zones, and Korean in the one that is the site's already."""
    message = await desk.reader(language_code=language).ask("/start")

    assert "where you are" not in message.text
