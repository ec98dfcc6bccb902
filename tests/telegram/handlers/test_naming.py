"""Following and muting by name."""

import pytest

from bot.domain.topic import label
from tests.telegram.handlers.conftest import Desk, tap


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("economy", {"economy"}),
        ("FOREIGN relations", {"foreign-relations"}),
        ("beom oneill", {"beom-oneill"}),
        ("economy, nkpro\nMilitary", {"economy", "nk-pro", "military"}),
        ("author: ada lindqvist", {"ada-lindqvist"}),
    ],
)
async def test_names_are_understood_leniently(desk: Desk, typed: str, keys: set[str]) -> None:
    mina = desk.reader()

    reply = await mina.ask(f"/follow {typed}")

    assert reply.text.count("✓ You now follow") == len(keys)
    assert await desk.follows(mina.id) == keys


async def test_each_command_tells_what_it_did_and_what_was_so_already(desk: Desk) -> None:
    mina = desk.reader()
    steps = [
        ("/follow economy", "✓ You now follow Economy (section)."),
        ("/follow economy", "You follow Economy (section) already."),
        ("/mute economy", "🔇 Muted: Economy (section). No article with it will come."),
        ("/mute economy", "Economy (section) is muted already."),
        ("/unmute economy", "Economy (section) is no longer muted."),
        ("/unmute economy", "Economy (section) was not muted."),
        ("/follow economy", "✓ You now follow Economy (section)."),
        ("/unfollow economy", "You no longer follow Economy (section)."),
        ("/unfollow economy", "You did not follow Economy (section)."),
    ]

    for command, said in steps:
        reply = await mina.ask(command)
        assert reply.text.split("\nHow often: ")[0] == said

    assert await desk.follows(mina.id) == set()


async def test_unfollow_leaves_a_mute_alone(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/mute economy")

    reply = await mina.ask("/unfollow economy")

    assert reply.text == "You did not follow Economy (section)."
    assert await desk.mutes(mina.id) == {"economy"}


async def test_unmute_leaves_a_follow_alone(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy, trade")

    reply = await mina.ask("/unmute economy, zzzzzz")

    assert "Economy (section) was not muted." in reply.text
    assert "called “zzzzzz”" in reply.text
    assert await desk.follows(mina.id) == {"economy", "trade"}


async def test_a_name_to_unfollow_is_looked_for_among_what_is_followed(desk: Desk) -> None:
    await desk.add_topics([label("ECONOMY")])
    mina = desk.reader()
    await mina.ask("/follow section:economy")

    near = await mina.ask("/unfollow ecomony")
    done = await mina.ask("/unfollow economy")

    assert near.labels == ["✓ Economy (section)", "What you follow"]
    assert done.text == "You no longer follow Economy (section)."


async def test_an_ambiguous_name_offers_each_to_tap(desk: Desk) -> None:
    await desk.add_topics([label("ECONOMY")])
    mina = desk.reader()

    reply = await mina.ask("/follow economy")
    answer = await tap(mina, "ECONOMY (label)")

    assert "There is more than one “economy”." in reply.text
    assert answer.text == "You follow ECONOMY."
    assert "✓ ECONOMY (label)" in reply.labels
    assert "Economy (section)" in reply.labels
    answer = await tap(mina, "ECONOMY (label)")
    assert answer.text == "You no longer follow ECONOMY."
    assert await desk.follows(mina.id) == set()


async def test_a_misspelt_name_offers_the_nearest_and_changes_nothing(desk: Desk) -> None:
    mina = desk.reader()

    reply = await mina.ask("/mute ecomony")
    assert await desk.mutes(mina.id) == set()
    answer = await tap(mina, "Economy (section)")

    assert "I know no “ecomony”. Did you mean one of these?" in reply.text
    assert answer.text == "Economy is muted."
    assert await desk.mutes(mina.id) == {"economy"}


async def test_known_and_unknown_names_are_each_answered(desk: Desk) -> None:
    mina = desk.reader()

    reply = await mina.ask("/follow economy, zzzzzz, <b>&")

    assert "✓ You now follow Economy (section)." in reply.text
    assert "called “zzzzzz”." in reply.text
    assert "called “<b>&”." in reply.text
    assert await desk.follows(mina.id) == {"economy"}


async def test_an_unknown_name_leads_to_the_lists(desk: Desk) -> None:
    reply = await desk.reader().ask("/follow " + "q" * 3_000)

    assert "Look through /sections, /authors or /labels." in reply.text
    assert len(reply.text) < 300


@pytest.mark.parametrize("command", ["/follow", "/mute"])
async def test_without_a_name_the_list_can_be_tapped(desk: Desk, command: str) -> None:
    mina = desk.reader()

    reply = await mina.ask(command)
    await tap(mina, "Economy")

    assert f"{command} Economy" in reply.text or "Economy" in reply.labels[0]
    changed = await (desk.follows if command == "/follow" else desk.mutes)(mina.id)
    assert changed == {"economy"}


@pytest.mark.parametrize(("command", "before"), [("/unfollow", "/follow"), ("/unmute", "/mute")])
async def test_without_a_name_what_there_is_can_be_dropped(
    desk: Desk, command: str, before: str
) -> None:
    mina = desk.reader()
    await mina.ask(f"{before} economy")

    reply = await mina.ask(command)
    await tap(mina, "✕")

    assert f"{command} Economy" not in reply.text
    preferences = await desk.preferences(mina.id)
    assert not preferences.follows
    assert not preferences.mutes


@pytest.mark.parametrize("command", ["/unfollow", "/unmute"])
async def test_where_there_is_nothing_to_drop_that_is_said(desk: Desk, command: str) -> None:
    reply = await desk.reader().ask(command)

    assert "nothing" in reply.text.lower()


async def test_following_while_paused_says_that_nothing_comes(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/pause")

    reply = await mina.ask("/follow economy")

    assert "Alerts are paused." in reply.text
