"""How a topic's alerts come: by name, and on its page."""

import pytest

from bot.domain.matching import Stance
from bot.domain.urgency import Urgency
from tests.telegram.handlers.conftest import Desk, tap


@pytest.mark.parametrize(
    ("command", "urgency", "told"),
    [
        ("loud", Urgency.LOUD, "🔔 Economy (section) comes at once, with a sound."),
        ("silent", Urgency.SILENT, "🔕 Economy (section) comes without a sound."),
        ("later", Urgency.DIGEST, "🗞 Economy (section) comes in the editions only."),
        ("usual", None, "Economy (section) comes as usual here."),
    ],
)
@pytest.mark.parametrize("before", ["/help", "/follow economy", "/mute economy", "/loud economy"])
async def test_a_name_gets_its_urgency_and_is_followed(
    desk: Desk, command: str, urgency: Urgency | None, told: str, before: str
) -> None:
    mina = desk.reader()
    await mina.ask(before)

    reply = await mina.ask(f"/{command} economy")

    assert reply.text.startswith(told)
    assert (await desk.state(mina.id)).topics == {("economy", Stance.FOLLOW, urgency)}


async def test_several_names_are_set_at_once(desk: Desk) -> None:
    mina = desk.reader()

    reply = await mina.ask("/later nk pro, trade, nowhere")

    assert "NK PRO (label) comes in the editions only" in reply.text
    assert "Its alerts wait for the evening and come together at 18:00." in reply.text
    assert "I know no section, author or label called \u201cnowhere\u201d." in reply.text
    assert (await desk.state(mina.id)).topics == {
        ("nk-pro", Stance.FOLLOW, Urgency.DIGEST),
        ("trade", Stance.FOLLOW, Urgency.DIGEST),
    }


async def test_a_near_name_is_one_tap_away(desk: Desk) -> None:
    mina = desk.reader()
    reply = await mina.ask("/loud ecnomy")
    assert not (await desk.state(mina.id)).topics

    answer = await tap(mina, "Economy (section)")

    assert answer.text == "Economy comes at once, with a sound."
    assert reply.text.startswith("Economy (section)\nHow often: about 4 a week; 5 in the last")
    assert "\nIts alerts come at once, with a sound." in reply.text
    assert (await desk.state(mina.id)).topics == {("economy", Stance.FOLLOW, Urgency.LOUD)}


@pytest.mark.parametrize("command", ["loud", "silent", "later", "usual"])
async def test_without_a_name_what_is_followed_is_offered(desk: Desk, command: str) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    await mina.ask("/mute nk pro")

    reply = await mina.ask(f"/{command}")

    assert f"/{command} Economy" in reply.text
    assert reply.labels[0] == "Economy"
    assert "🔇 NK PRO" not in reply.labels


async def test_a_topics_page_sets_its_urgency(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    message = await mina.ask("/following")
    await tap(mina, "Economy")
    assert message.text == (
        "Economy (section)\n"
        "How often: about 4 a week; 5 in the last 9 days.\n"
        "Its alerts come as usual here: at once.\n\n"
        "How shall its alerts come?"
    )
    assert message.labels == [
        "🔔 Loud",
        "🔕 Silent",
        "🗞 In the editions",
        "✓ As usual",
        "✕ Stop following",
        "↩ What you follow",
    ]

    for button, line, urgency in (
        ("🔔 Loud", "Its alerts come at once, with a sound.", Urgency.LOUD),
        ("🔕 Silent", "Its alerts come at once, without a sound.", Urgency.SILENT),
        ("🗞 In the editions", "Its alerts wait for the evening and come together at 18:00.",
         Urgency.DIGEST),
        ("As usual", "Its alerts come as usual here: at once.", None),
    ):  # fmt: skip
        await tap(mina, button, message)
        assert line in message.text
        assert f"✓ {button}" in message.labels
        assert (await desk.state(mina.id)).topics == {("economy", Stance.FOLLOW, urgency)}


async def test_a_topics_page_speaks_of_editions_where_there_are_some(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    await mina.ask("/digest mon 09:00")
    message = await mina.ask("/following")
    await tap(mina, "Economy", message)

    assert "Its alerts come as usual here: in the editions." in message.text
    await tap(mina, "🔕 Silent", message)
    assert "Its alerts come in the editions, and make no sound." in message.text
    await tap(mina, "🗞 In the editions", message)
    assert "Its alerts wait for the next edition." in message.text


async def test_the_list_marks_what_is_not_as_usual(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/loud economy")
    await mina.ask("/silent trade")
    await mina.ask("/later nk pro")

    reply = await mina.ask("/following")

    assert reply.labels[:3] == ["🔔 Economy", "🔕 Trade", "🗞 NK PRO"]


async def test_the_page_leads_back_to_the_page_of_the_list(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy, military, foreign relations, trade, nk pro, column")
    await mina.ask("/follow ada lindqvist, beom oneill")
    await mina.ask("/mute north korea")
    message = await mina.ask("/following")
    await tap(mina, message.labels[0], message)

    await tap(mina, "↩ What you follow", message)

    assert message.text.startswith("You follow\n")


async def test_an_old_page_does_not_follow_again(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    message = await mina.ask("/following")
    await tap(mina, "Economy", message)
    await mina.ask("/unfollow economy")

    answer = await tap(mina, "🔔 Loud", message)

    assert answer.text == "That is not followed any more."
    assert message.text.startswith("You follow nothing yet.")
    assert not (await desk.state(mina.id)).topics


async def test_an_old_page_does_not_take_a_mute_back(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    message = await mina.ask("/following")
    await tap(mina, "Economy", message)
    await mina.ask("/mute economy")

    await tap(mina, "✕ Stop following", message)

    assert await desk.mutes(mina.id) == {"economy"}


async def test_an_old_list_opens_no_topic_that_is_gone(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    message = await mina.ask("/following")
    await mina.ask("/unfollow economy")

    answer = await tap(mina, "Economy", message)

    assert answer.text == "That is not followed any more."
