"""What an alert goes on with: told by /why."""

from bot.demo.botapi import Message, Reader
from bot.domain.article import Teaser
from tests.aids.articles import ECONOMY, teaser
from tests.telegram.handlers.conftest import Desk, tap

FIRST = teaser("ship", headline="Ship Mirae strikes reef off Okcheon, coast guard says",
               dek="The <Mirae> sank in fog", sections=[ECONOMY])  # fmt: skip
SURE = teaser("ship-2", headline="Captain of ship Mirae questioned over Okcheon reef",
              dek="The <Mirae> had no pilot", sections=[ECONOMY])  # fmt: skip
PERHAPS = teaser("ship-3", headline="Coast guard of Okcheon asks for sirens after ship accident",
                 dek="It has none", sections=[ECONOMY])  # fmt: skip


async def alerted(desk: Desk, reader: Reader, told: Teaser) -> Message:
    reader.skip()
    desk.clock.pass_time(hours=1)
    await desk.deliver(told)
    return await reader.next_message()


async def reply(reader: Reader, text: str, message: Message) -> Message:
    reader.skip()
    await reader.say(text, reply_to=message)
    return await reader.next_message()


async def test_why_names_the_earlier_article_and_the_words_that_both_have(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    first = await alerted(desk, mina, FIRST)
    second = await alerted(desk, mina, SURE)

    begun = await reply(mina, "/why", first)
    answer = await reply(mina, "/why", second)
    by_address = await mina.ask(f"/why {SURE.url}")

    told = f"It goes on with {FIRST.headline}: both have Mirae, Okcheon, reef and ship."
    assert second.reply_to is not None
    assert second.reply_to.id == first.id
    assert answer.text.splitlines()[2:] == ["It came because you follow Economy (section).", told]
    assert by_address.text.splitlines()[-1] == told
    assert begun.text.splitlines()[2:] == ["It came because you follow Economy (section)."]


async def test_why_tells_what_a_muted_story_was_known_by(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    await reply(mina, "/mute", await alerted(desk, mina, FIRST))
    await desk.deliver(SURE)

    answer = await mina.ask(f"/why {SURE.url}")

    assert answer.text.splitlines()[2:] == [
        "Its story is muted.",
        f"It goes on with {FIRST.headline}: both have Mirae, Okcheon, reef and ship.",
    ]
    assert answer.labels == ["↩ Unmute this story"]


async def test_what_only_perhaps_goes_on_with_a_muted_story_comes_and_says_so(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    first = await alerted(desk, mina, FIRST)
    await reply(mina, "/mute", first)
    perhaps = await alerted(desk, mina, PERHAPS)

    answer = await reply(mina, "/why", perhaps)

    assert perhaps.reply_to is not None
    assert perhaps.reply_to.id == first.id
    assert answer.text.splitlines()[-1] == (
        f"It may go on with {FIRST.headline}, which is muted. I was not sure enough to hold it"
        " back: both have Okcheon, Coast, guard and ship."
    )
    muted = await tap(mina, "🔇 Mute this story", answer)
    assert muted.text == "What goes on with this story will not come."


async def test_each_of_several_articles_has_its_own_story(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    mina.skip()
    others = [
        teaser(f"news-{one}", headline=f"News {one}", dek="", sections=[ECONOMY])
        for one in range(3)
    ]
    await desk.deliver(FIRST, SURE, *others)
    bundle = await mina.next_message()
    listed = await reply(mina, "/why", bundle)
    pages = []
    for number in listed.labels:
        await tap(mina, number, listed)
        pages.append(listed.text)
        await tap(mina, "↩ All of them", listed)

    assert "goes on with" not in listed.text
    assert sum("goes on with" in page for page in pages) == 1
