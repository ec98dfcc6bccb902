"""Muting from an alert."""

from telegram import Bot

from bot.demo.botapi import Message, Reader
from bot.domain.subscriber import Address
from bot.telegram.handlers.sending import send
from bot.telegram.request import AiohttpRequest
from bot.texts.letters import alert_letter
from tests.aids.articles import ADA, ECONOMY, PRO
from tests.telegram.handlers.conftest import SEOUL, Desk, tap


async def alert(desk: Desk, mina: Reader) -> Message:
    """Send the reader an alert, as dispatch would."""
    article_id = await desk.publish(
        "quay", headline="Quay closed", sections=[ECONOMY], labels=[PRO], authors=[ADA]
    )
    async with desk.store.reading() as records:
        article = (await records.articles.get([article_id]))[article_id]
    letter = alert_letter(article, zone=SEOUL, language="en")
    mina.skip()
    requests = [AiohttpRequest(connections=1) for _ in range(2)]
    bot = Bot(
        desk.server.token,
        f"{desk.server.url}/bot",
        request=requests[0],
        get_updates_request=requests[1],
    )
    async with bot:
        await send(bot, Address(chat_id=mina.id), letter)
    return await mina.next_message()


async def test_an_alert_offers_its_topics_to_mute(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    message = await alert(desk, mina)
    text = message.text

    await tap(mina, "Mute…")
    assert message.labels == [
        "Open",
        "✓ Economy (section)",
        "NK PRO (label)",
        "Ada Lindqvist (author)",
        "← Back",
    ]
    answer = await tap(mina, "NK PRO")

    assert answer.text == "NK PRO is muted."
    assert "🔇 NK PRO (label)" in message.labels
    assert message.text == text
    assert await desk.mutes(mina.id) == {"nk-pro"}
    await tap(mina, "← Back")
    assert message.labels == ["Open", "Save", "Mute…", "Why?"]


async def test_a_mute_taken_back_leaves_what_was_followed(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    message = await alert(desk, mina)
    await tap(mina, "Mute…")

    first = await tap(mina, "Economy")
    await tap(mina, "NK PRO")
    second = await tap(mina, "Economy")

    assert (first.text, second.text) == ("Economy is muted.", "You follow Economy.")
    assert "✓ Economy (section)" in message.labels
    assert await desk.follows(mina.id) == {"economy"}
    assert await desk.mutes(mina.id) == {"nk-pro"}


async def test_an_alert_on_an_article_that_is_gone_says_so(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/start")
    message = await alert(desk, mina)
    message.markup = {"inline_keyboard": [[{"text": "X", "callback_data": "1:alert-mute:5"}]]}

    answer = await mina.press("X")

    assert answer.text == "I no longer have this article's topics."
