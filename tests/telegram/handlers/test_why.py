"""Why an alert came: by the button under it, and by /why as a reply."""

import re

import pytest

from bot.demo.botapi import Message, Reader
from bot.domain.matching import Stance
from bot.domain.urgency import Urgency
from tests.aids.articles import ADA, ECONOMY, MILITARY, PRO, teaser
from tests.telegram.handlers.conftest import Desk, reply, tap

QUAY = teaser("quay", headline="Quay closed", sections=[ECONOMY], labels=[PRO], authors=[ADA])


async def alerted(desk: Desk, reader: Reader) -> Message:
    """Publish an article, and return the alert on it."""
    reader.skip()
    await desk.deliver(QUAY)
    return await reader.next_message()


async def test_the_button_tells_what_brought_the_alert(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy, nk pro")
    await mina.ask("/alerts name Ports: quay OR harbour")
    message = await alerted(desk, mina)
    text = message.text
    assert message.labels == ["Open", "Save", "Mute…", "Why?"]

    answer = await tap(mina, "Why?", message)

    assert answer.text == (
        "It came because you follow Economy (section), NK PRO (label)."
        " It answers the standing search “Ports”."
    )
    assert message.text == text
    assert message.labels == [
        "Open",
        "🔕 Make Economy silent",
        "✕ Unfollow Economy",
        "🔇 Mute Economy",
        "🔕 Make NK PRO silent",
        "✕ Unfollow NK PRO",
        "🔇 Mute NK PRO",
        "🔕 Make Ports silent",
        "⏸ Pause Ports",
        "🔇 Mute this story",
        "← Back",
    ]
    await tap(mina, "← Back", message)
    assert message.labels == ["Open", "Save", "Mute…", "Why?"]


@pytest.mark.parametrize(
    ("button", "toast", "state"),
    [
        ("🔕 Make Economy silent", "Economy comes without a sound.",
         {("economy", Stance.FOLLOW, Urgency.SILENT)}),
        ("✕ Unfollow Economy", "You no longer follow Economy.", set()),
        ("🔇 Mute Economy", "Economy is muted.", {("economy", Stance.MUTE, None)}),
    ],
)  # fmt: skip
async def test_one_tap_changes_it_and_one_takes_that_back(
    desk: Desk, button: str, toast: str, state: set[object]
) -> None:
    mina = desk.reader()
    await mina.ask("/loud economy")
    message = await alerted(desk, mina)
    await tap(mina, "Why?", message)
    labels = message.labels

    done = await tap(mina, button, message)
    assert done.text == toast
    assert message.labels == ["Open", "↩ Undo (Economy)", "🔇 Mute this story", "← Back"]
    assert (await desk.state(mina.id)).topics == state
    await tap(mina, "↩ Undo (Economy)", message)

    assert message.labels == labels
    assert (await desk.state(mina.id)).topics == {("economy", Stance.FOLLOW, Urgency.LOUD)}


async def test_an_old_button_undoes_nothing_that_was_decided_since(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    message = await alerted(desk, mina)
    await tap(mina, "Why?", message)
    await mina.ask("/mute economy")

    answer = await tap(mina, "🔕 Make Economy silent", message)

    assert answer.text == "That has been changed since."
    assert await desk.mutes(mina.id) == {"economy"}
    assert "Unmute Economy" in message.labels
    await tap(mina, "Unmute Economy", message)
    assert (await desk.state(mina.id)).topics == frozenset()
    await tap(mina, "↩ Undo (Economy)", message)
    assert await desk.mutes(mina.id) == {"economy"}


async def test_the_same_press_twice_is_as_good_as_once(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    message = await alerted(desk, mina)
    await tap(mina, "Why?", message)
    data = next(
        str(one["callback_data"]) for one in message.buttons if one["text"] == "🔇 Mute Economy"
    )

    answers = []
    for _ in range(2):
        query = desk.server.world.press(mina.id, mina.id, message.id, data)
        message.markup = {"inline_keyboard": [[{"text": "old", "callback_data": data}]]}
        answers.append(
            await mina.wait_for(lambda query=query: desk.server.world.queries.answered(query.id))  # type: ignore[misc]
        )

    assert [answer.text for answer in answers] == ["Economy is muted."] * 2
    assert await desk.mutes(mina.id) == {"economy"}


@pytest.mark.parametrize(
    ("button", "toast", "search"),
    [
        ("🔕 Make quay silent", "quay comes without a sound.",
         ("", "quay", Urgency.SILENT, False)),
        ("⏸ Pause quay", "Paused.", ("", "quay", None, True)),
    ],
)  # fmt: skip
async def test_a_standing_search_is_silenced_or_paused_and_back(
    desk: Desk, button: str, toast: str, search: object
) -> None:
    mina = desk.reader()
    await mina.ask("/alerts quay")
    message = await alerted(desk, mina)
    told = await tap(mina, "Why?", message)
    assert told.text == "It answers the standing search “quay”."

    done = await tap(mina, button, message)
    assert done.text == toast
    assert (await desk.state(mina.id)).searches == (search,)
    await tap(mina, "↩ Undo (quay)", message)

    assert (await desk.state(mina.id)).searches == (("", "quay", None, False),)
    assert "⏸ Pause quay" in message.labels


async def test_a_standing_search_that_was_changed_or_removed_since_stays_so(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/alerts quay")
    message = await alerted(desk, mina)
    await tap(mina, "Why?", message)
    await mina.ask("/alerts loud 1")

    changed = await tap(mina, "⏸ Pause quay", message)
    assert changed.text == "That has been changed since."
    assert (await desk.state(mina.id)).searches == (("", "quay", Urgency.LOUD, False),)
    await mina.ask("/alerts remove 1")
    gone = await mina.press("⏸ Pause quay", message=message)
    answer = await reply(mina, "/why", message)

    assert gone.text == "That standing search is no longer there."
    assert "What brought it has been removed since." in answer.text


async def test_the_story_is_muted_from_there_too(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    message = await alerted(desk, mina)
    await tap(mina, "Why?", message)

    muted = await tap(mina, "🔇 Mute this story", message)
    assert muted.text == "What goes on with this story will not come."
    unmuted = await tap(mina, "↩ Unmute this story", message)

    assert unmuted.text == "The story is no longer muted."
    assert "🔇 Mute this story" in message.labels


async def test_a_reply_to_an_alert_tells_the_same_in_a_message(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    await mina.ask("/alerts <quay>")
    message = await alerted(desk, mina)

    answer = await reply(mina, "/why", message)

    assert answer.text == (
        "Why this came\nQuay closed\n"
        "It came because you follow Economy (section).\n"
        "It answers the standing search <quay>."
    )
    assert answer.labels[:3] == ["🔕 Make Economy silent", "✕ Unfollow Economy", "🔇 Mute Economy"]
    await tap(mina, "✕ Unfollow Economy", answer)
    assert answer.labels[0] == "↩ Undo (Economy)"
    assert await desk.follows(mina.id) == set()


async def test_each_article_of_a_message_with_several_is_explained(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy, military")
    mina.skip()
    sections = [ECONOMY, MILITARY] * 6
    await desk.deliver(
        *(
            teaser(f"news-{number}", headline=f"News {number}", sections=[section])
            for number, section in enumerate(sections)
        )
    )
    bundle = await mina.next_message()

    answer = await reply(mina, "/why", bundle)
    told = re.findall(r"\n(\d+)\. (News (\d+))\nIt came because you follow (\w+)", answer.text)
    assert [number for number, *_ in told] == answer.labels == [str(one) for one in range(1, 11)]
    assert all(section == sections[int(news)].name for *_, news, section in told)
    assert "And 2 more." in answer.text
    await tap(mina, "2", answer)
    _, headline, _, section = told[1]
    assert answer.text == (
        f"Why this came\n{headline}\nIt came because you follow {section} (section)."
    )
    await tap(mina, "↩ All of them", answer)

    assert answer.text.startswith("Why these came")


async def test_what_is_no_alert_is_told_so(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/help")

    answer = await reply(mina, "/why", message)

    assert answer.text.startswith("That message is no alert of mine")
    assert "Reply to an alert with /why" in answer.text


@pytest.mark.parametrize("data", ["1:why:99", "1:why-page:99:1", "1:why-list:99"])
async def test_what_is_not_known_any_more_is_told_so(desk: Desk, data: str) -> None:
    mina = desk.reader()
    message = await mina.ask("/help")
    message.markup = {"inline_keyboard": [[{"text": "X", "callback_data": data}]]}

    answer = await mina.press("X")

    assert answer.text == "I no longer know what brought this."


@pytest.mark.parametrize("data", ["1:why-set:99:u:m", "1:why-search:99:u:s", "1:story-set:99:m",
                                  "1:story-page:99:n"])  # fmt: skip
async def test_what_is_gone_is_told_so(desk: Desk, data: str) -> None:
    mina = desk.reader()
    message = await mina.ask("/help")
    message.markup = {"inline_keyboard": [[{"text": "X", "callback_data": data}]]}

    answer = await mina.press("X")

    assert "no longer" in answer.text


@pytest.mark.parametrize("data", ["1:why-set:1:u:x", "1:why-search:1:q:s", "1:story-set:1:x",
                                  "1:search-pause:1:x", "1:why-undo:1:u"])  # fmt: skip
async def test_what_no_button_carries_is_stale(desk: Desk, data: str) -> None:
    mina = desk.reader()
    message = await mina.ask("/help")
    message.markup = {"inline_keyboard": [[{"text": "X", "callback_data": data}]]}

    answer = await mina.press("X")

    assert answer.text.startswith("This button is from an older message.")


async def test_in_a_group_whoever_asks_is_told_and_nobody_else(desk: Desk) -> None:
    ada, ben = desk.reader("Ada"), desk.reader("Ben")
    group = desk.server.world.supergroup("Desk", members=[ben.person], admins=[ada.person])
    await ada.in_chat(group).ask("/follow economy")
    here = ben.in_chat(group)
    message = await alerted(desk, here)

    told = await here.press("Why?", message=message)
    assert told.text == (
        "It came because this group follows Economy (section)."
        " Administrators can reply /why to change that."
    )
    assert message.labels == ["Open", "Save", "Mute…", "Why?"]
    answer = await reply(here, "/why", message)
    refused = await here.press("✕ Unfollow Economy", message=answer)
    assert refused.text == "Only this group's administrators can change that."
    await tap(ada.in_chat(group), "✕ Unfollow Economy", answer)

    assert await desk.follows(group.id) == set()
