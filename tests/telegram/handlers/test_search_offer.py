"""From the results of a search to a standing search."""

from bot.services.searches import StandingSearches
from tests.aids.articles import FOREIGN, teaser
from tests.telegram.handlers.conftest import SEOUL, Desk, tap


async def test_a_search_becomes_a_standing_one_with_one_tap(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask('crane section:economy -author:"Nobody & Sons"')
    assert "How often: about 4 a week; 5 in the last 9 days." in message.text

    answer = await tap(mina, "Alert me on this")

    assert answer.text == "You will be alerted on this."
    assert "✓ In your alerts" in message.labels
    assert (await desk.state(mina.id)).searches == (
        ("", 'crane section:economy -author:"Nobody & Sons"', None, False),
    )
    await tap(mina, "✓ In your alerts")
    assert message.text.startswith('1. crane section:economy -author:"Nobody & Sons"\nHow often: ')


async def test_turning_the_page_keeps_the_way_to_the_standing_search(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("crane")
    await tap(mina, "Alert me on this")

    await tap(mina, "Older →")

    assert message.labels[0] == "← Newer"
    assert message.labels[-2:] == ["✓ In your alerts", "Save…"]


async def test_a_filter_makes_it_another_search_that_can_be_saved_too(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("crane")
    await tap(mina, "Alert me on this")

    await tap(mina, "Only Economy")
    assert message.labels[-2] == "Alert me on this"
    await tap(mina, "Alert me on this")

    queries = [query for _, query, _, _ in (await desk.state(mina.id)).searches]
    assert queries == ["crane", "section:economy crane"]


async def test_the_same_search_is_saved_once(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/alerts crane")
    await mina.ask("Crane")

    answer = await tap(mina, "Alert me on this")

    assert answer.text == "You are alerted on this already."
    assert len((await desk.state(mina.id)).searches) == 1


async def test_what_finds_nothing_yet_can_be_waited_for(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("zeppelin")
    assert "How often: none in the last 9 days." in message.text
    await tap(mina, "Alert me on this")

    mina.skip()
    await desk.deliver(teaser("zeppelin", headline="A zeppelin lands", sections=[FOREIGN]))

    assert "A zeppelin lands" in (await mina.next_message()).text


async def test_what_asks_for_nothing_is_not_offered(desk: Desk) -> None:
    message = await desk.reader().ask("/search after:yesterday")

    assert message.labels == []


async def test_more_than_fifty_are_too_many(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("crane")
    found = await desk.subscriber(mina.id)
    assert found is not None
    searches = StandingSearches(desk.store, desk.clock, SEOUL)
    for number in range(50):
        await searches.save(found, f"zeppelin {number}")

    answer = await mina.press("Alert me on this")

    assert answer.text.startswith("There are 50 already")
    assert answer.show_alert
    assert len((await desk.state(mina.id)).searches) == 50


async def test_in_a_group_only_administrators_save_a_search(desk: Desk) -> None:
    ada, ben = desk.reader("Ada"), desk.reader("Ben")
    group = desk.server.world.supergroup("Desk", members=[ben.person], admins=[ada.person])
    message = await ben.in_chat(group).ask("/search crane")

    refused = await ben.in_chat(group).press("Alert me on this", message=message)
    assert refused.text == "Only this group's administrators can change that."
    assert (await desk.state(group.id)).searches == ()
    await tap(ada.in_chat(group), "Alert me on this", message)

    assert len((await desk.state(group.id)).searches) == 1
