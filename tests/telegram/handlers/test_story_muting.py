"""/mute as a reply to an alert."""

from bot.demo.botapi import Message, Reader
from tests.aids.articles import ECONOMY, FOREIGN, teaser
from tests.telegram.handlers.conftest import Desk, reply, tap

FIRST = teaser("ferry", headline="Ferry to Rason harbour halted by storm",
               dek="The Rason harbour ferry stays halted", sections=[ECONOMY])  # fmt: skip
SECOND = teaser("ferry-2", headline="Rason harbour ferry halted for a week by storm",
                dek="The halted Rason ferry waits in harbour", sections=[ECONOMY])  # fmt: skip


async def alerted(desk: Desk, reader: Reader) -> Message:
    reader.skip()
    await desk.deliver(FIRST)
    return await reader.next_message()


async def test_what_goes_on_with_a_muted_story_does_not_come(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    alert = await alerted(desk, mina)

    answer = await reply(mina, "/mute", alert)
    desk.clock.pass_time(hours=3)
    await desk.deliver(SECOND)

    assert answer.text == (
        "🔇 Muted: this story. What goes on with it will not come:\n"
        "Ferry to Rason harbour halted by storm"
    )
    assert [one for one in mina.messages if "for a week" in one.text] == []
    assert await desk.mutes(mina.id) == set()
    why = await mina.ask(f"/why {SECOND.url}")
    assert "Its story is muted." in why.text
    assert why.labels == ["↩ Unmute this story"]
    await tap(mina, "↩ Unmute this story", why)
    assert why.labels == ["🔇 Mute this story"]


async def test_a_muted_story_is_had_back_with_one_tap(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    answer = await reply(mina, "/mute", await alerted(desk, mina))

    undone = await tap(mina, "↩ Unmute this story", answer)
    assert undone.text == "The story is no longer muted."
    assert answer.text.startswith("This story is no longer muted:")
    mina.skip()
    desk.clock.pass_time(hours=3)
    await desk.deliver(SECOND)

    assert "for a week" in (await mina.next_message()).text
    await tap(mina, "🔇 Mute this story", answer)
    assert answer.text.startswith("🔇 Muted: this story.")


async def test_a_name_behind_the_command_is_muted_even_in_a_reply(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    alert = await alerted(desk, mina)

    answer = await reply(mina, "/mute trade", alert)

    assert answer.text.startswith("🔇 Muted: Trade (section).")


async def test_a_reply_to_anything_else_explains_the_command(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/help")

    answer = await reply(mina, "/mute", message)

    assert answer.text.startswith("Write the name behind the command: /mute Economy")


async def test_a_message_with_several_articles_has_no_one_story(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow foreign relations")
    mina.skip()
    await desk.deliver(
        *(teaser(f"news-{one}", headline=f"News {one}", sections=[FOREIGN]) for one in range(5))
    )
    bundle = await mina.next_message()

    answer = await reply(mina, "/mute", bundle)

    assert answer.text.startswith("That message has several articles.")


async def test_in_a_group_only_administrators_mute_a_story(desk: Desk) -> None:
    ada, ben = desk.reader("Ada"), desk.reader("Ben")
    group = desk.server.world.supergroup("Desk", members=[ben.person], admins=[ada.person])
    await ada.in_chat(group).ask("/follow economy")
    alert = await alerted(desk, ben.in_chat(group))

    refused = await reply(ben.in_chat(group), "/mute", alert)
    done = await reply(ada.in_chat(group), "/mute", alert)

    assert refused.text.startswith("Only this group's administrators")
    assert done.text.startswith("🔇 Muted: this story.")
