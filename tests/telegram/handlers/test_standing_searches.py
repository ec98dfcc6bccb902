"""/alerts: the list, a search's page, and all of it by typing."""

import pytest

from bot.domain.urgency import Urgency
from tests.aids.articles import MILITARY, PRO, teaser
from tests.telegram.handlers.conftest import Desk, tap


async def test_without_any_it_is_said_how_to_add_one(desk: Desk) -> None:
    message = await desk.reader().ask("/alerts")

    assert message.text.startswith("Standing searches\nThere are none yet.")
    assert "/alerts name Ports: harbour OR quay OR docks" in message.text
    assert message.labels == ["↩ All settings"]


async def test_a_query_is_added_with_how_often_it_would_have_come(desk: Desk) -> None:
    mina = desk.reader()

    reply = await mina.ask("/alerts crane  author:\u201cBeom O'Neill\u201d")

    assert reply.text.splitlines()[:4] == [
        "✓ You will be alerted on this.",
        "",
        "1. crane author:\u201cBeom O'Neill\u201d",
        "How often: about 4 a week; 5 in the last 9 days.",
    ]
    again = await mina.ask("/alerts crane author:\u201cBeom O'Neill\u201d")
    assert again.text.startswith("You are alerted on this already.")
    assert len((await desk.state(mina.id)).searches) == 1


async def test_the_list_tells_how_often_each_would_have_matched(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/alerts name Idle cranes: crane OR \uae30\uc911\uae30")
    await mina.ask("/alerts zeppelin")
    await mina.ask("/alerts pause 2")
    await mina.ask("/alerts silent idle CRANES")

    message = await mina.ask("/alerts")

    assert (
        "1. Idle cranes crane OR \uae30\uc911\uae30\nabout 5 a week; 7 in the last 9 days · 🔕"
        in message.text
    )
    assert "2. zeppelin\nnone in the last 9 days · paused" in message.text
    assert message.labels == ["1. 🔕 Idle cranes", "2. ⏸ zeppelin", "↩ All settings"]


async def test_a_section_with_an_author_and_without_a_label_is_one_line(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask('/alerts section:economy author:"Ada Lindqvist" -label:nk-pro')
    mina.skip()

    await desk.deliver(
        teaser("one", headline="Not for all", labels=[PRO]),
        teaser("two", headline="For everyone"),
    )

    assert "For everyone" in (await mina.next_message()).text
    assert [message for message in mina.messages if "Not for all" in message.text] == []


@pytest.mark.parametrize("spelling", ["Kim Yo Jong", "Kim Yo-jong", "\uae40\uc5ec\uc815"])
async def test_an_entry_may_have_several_spellings(desk: Desk, spelling: str) -> None:
    mina = desk.reader()
    await mina.ask('/alerts name Sister: "Kim Yo Jong" OR "Kim Yo-jong" OR \uae40\uc5ec\uc815')
    mina.skip()

    await desk.deliver(teaser("speech", headline=f"{spelling} speaks", sections=[MILITARY]))

    assert spelling in (await mina.next_message()).text


async def test_the_page_sets_how_its_alerts_come(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/alerts crane")
    assert message.labels == [
        "🔔 Loud",
        "🔕 Silent",
        "🗞 In the editions",
        "✓ As usual",
        "Pause",
        "Edit or name…",
        "✕ Remove",
        "↩ All standing searches",
    ]

    for button, urgency, line in (
        ("🔔 Loud", Urgency.LOUD, "Its alerts come at once, with a sound."),
        ("🔕 Silent", Urgency.SILENT, "Its alerts come at once, without a sound."),
        ("🗞 In the editions", Urgency.DIGEST, "Its alerts wait for the evening"),
        ("As usual", None, "Its alerts come as usual here: at once."),
    ):
        await tap(mina, button, message)
        assert f"✓ {button}" in message.labels
        assert line in message.text
        assert (await desk.state(mina.id)).searches == (("", "crane", urgency, False),)


async def test_the_page_pauses_and_resumes(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/alerts crane")

    paused = await tap(mina, "Pause", message)
    assert (paused.text, "Resume" in message.labels) == ("Paused.", True)
    assert "Paused: it brings nothing until you resume it." in message.text
    assert (await desk.state(mina.id)).searches == (("", "crane", None, True),)
    await tap(mina, "Resume", message)

    assert (await desk.state(mina.id)).searches == (("", "crane", None, False),)


async def test_the_page_says_how_to_edit_and_name(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/alerts crane <b> & co")

    await tap(mina, "Edit or name…", message)

    assert "/alerts edit 1 crane <b> & co\n/alerts name 1 Ports" in message.text
    await tap(mina, "↩ Back to it", message)
    assert message.text.startswith("1. crane <b> & co")
    await tap(mina, "↩ All standing searches", message)
    assert message.text.startswith("Standing searches")


@pytest.mark.parametrize("by", ["button", "typing"])
async def test_a_removed_search_can_be_had_back_as_it_was(desk: Desk, by: str) -> None:
    mina = desk.reader()
    message = await mina.ask('/alerts name A <&> B: crane & "stands idle"')
    await mina.ask("/alerts loud 1")
    await mina.ask("/alerts pause 1")
    before = (await desk.state(mina.id)).searches
    assert before == (("A <&> B", 'crane & "stands idle"', Urgency.LOUD, True),)

    if by == "button":
        await tap(mina, "✕ Remove", message)
    else:
        message = await mina.ask("/alerts remove a <&> b")
    assert message.text == 'Removed: A <&> B crane & "stands idle"'
    assert (await desk.state(mina.id)).searches == ()
    await tap(mina, "↩ Undo", message)

    assert (await desk.state(mina.id)).searches == before
    assert message.text.startswith("Standing searches")


async def test_what_was_saved_again_meanwhile_stays_as_it_is(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/alerts crane")
    message = await mina.ask("/alerts remove 1")
    await mina.ask("/alerts crane")
    await mina.ask("/alerts loud 1")

    await tap(mina, "↩ Undo", message)

    assert (await desk.state(mina.id)).searches == (("", "crane", Urgency.LOUD, False),)


async def test_it_is_edited_and_named_by_typing(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/alerts crane")

    edited = await mina.ask("/alerts edit 1 crane OR quay after:soon")
    named = await mina.ask("/alerts name 1 Ports")
    later = await mina.ask("/alerts later ports")
    usual = await mina.ask("/alerts usual crane OR quay after:soon")
    resumed = await mina.ask("/alerts resume 1")

    assert edited.text.startswith("✓ Changed.\nI left out after:soon")
    assert "1. Ports crane OR quay after:soon" in named.text
    assert "✓ 🗞 In the editions" in later.labels
    assert "✓ As usual" in usual.labels
    assert "Pause" in resumed.labels
    assert (await desk.state(mina.id)).searches == (
        ("Ports", "crane OR quay after:soon", None, False),
    )


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("remove 2", "There is no standing search “2”."),
        ("remove", "Should it look for the word “remove” itself"),
        ("pause talks", "There is no standing search “talks”."),
        ("name Ports", "There is no standing search “Ports”."),
        ("edit 1", "/alerts edit 1 crane"),
        ("name 1", "/alerts name 1 Ports"),
        ("edit 1 after:soon", "That asks for nothing."),
        ("edit 1 " + "x" * 600, "That is too long"),
        ("after:soon", "That asks for nothing."),
        ("add", "That asks for nothing."),
        ("x" * 600, "That is too long"),
        ("remove " + "9" * 400, "There is no standing search “999"),
    ],
)
async def test_what_is_not_understood_changes_nothing(desk: Desk, typed: str, told: str) -> None:
    mina = desk.reader()
    await mina.ask("/alerts crane")
    before = await desk.state(mina.id)

    reply = await mina.ask(f"/alerts {typed}")

    assert told in reply.text
    assert await desk.state(mina.id) == before


@pytest.mark.parametrize("button", ["🔔 Loud", "Pause", "Edit or name…", "✕ Remove"])
async def test_an_old_page_shows_what_there_is(desk: Desk, button: str) -> None:
    mina = desk.reader()
    message = await mina.ask("/alerts crane")
    await mina.ask("/alerts remove 1")

    answer = await tap(mina, button, message)

    assert answer.text == "That standing search is no longer there."
    assert message.text.startswith("Standing searches\nThere are none yet.")


async def test_many_are_turned_in_pages_that_fit(desk: Desk) -> None:
    mina = desk.reader()
    for number in range(9):
        await mina.ask(f"/alerts name Name {number} {'n' * 60}: {number} {'q' * 500}")
    message = await mina.ask("/alerts")
    assert "Page 1 of 2" in message.text

    await tap(mina, "More →", message)
    assert message.text.count("in the last 9 days") == 1
    await tap(mina, "← Back", message)

    assert message.text.count("in the last 9 days") == 8


@pytest.mark.parametrize("typed", ["crane", "remove 1", "name Ports: crane", "pause 1"])
async def test_members_of_a_group_look_and_change_nothing(desk: Desk, typed: str) -> None:
    ada, ben = desk.reader("Ada"), desk.reader("Ben")
    group = desk.server.world.supergroup("Desk", members=[ben.person], admins=[ada.person])
    await ada.in_chat(group).ask("/alerts idle")
    before = await desk.state(group.id)

    refused = await ben.in_chat(group).ask(f"/alerts {typed}")
    shown = await ben.in_chat(group).ask("/alerts")

    assert refused.text.startswith("Only this group's administrators")
    assert "1. idle" in shown.text
    assert await desk.state(group.id) == before
