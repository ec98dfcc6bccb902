"""/settings: one message that leads everywhere, and back."""

import pytest

from bot.telegram.handlers.buttons import LONGEST
from bot.texts.clip import units
from tests.telegram.handlers.conftest import Desk, tap


async def test_it_tells_how_everything_is(desk: Desk) -> None:
    mina = desk.reader()
    fresh = await mina.ask("/settings")
    await mina.ask("/digest weekdays 08:00 18:00; sat 10:00")
    await mina.ask("/quiet 22:00-07:00, weekends")
    await mina.ask("/timezone berlin")
    await mina.ask("/pause 2d")

    reply = await mina.ask("/settings")

    assert fresh.text == (
        "Settings\n\nAlerts: at once\nQuiet hours: none\n"
        "Time zone: not chosen, so Seoul, where it is 14:06\nLanguage: English"
    )
    assert reply.text == (
        "Settings\n\nPaused until Fri, 6 Mar 2026, 06:06\n"
        "Alerts: in editions, weekdays at 08:00 and 18:00; Saturday at 10:00\n"
        "The next edition: Wed 4 Mar, 08:00\n"
        "Quiet hours: 22:00\u201307:00, every day; weekends, all day\n"
        "Time zone: Berlin, where it is 06:06\nLanguage: English"
    )


@pytest.mark.parametrize(
    ("button", "begins"),
    [
        ("When alerts come", "Alerts come at once"),
        ("Quiet hours", "There are no quiet hours."),
        ("Time zone", "No time zone is chosen yet."),
        ("🌐 Language", "Language: English, following your Telegram."),
        ("What you follow", "You follow\n"),
        ("Pause alerts", "Pause alerts?"),
    ],
)
async def test_it_leads_to_every_page_and_every_page_leads_back(
    desk: Desk, button: str, begins: str
) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    message = await mina.ask("/settings")
    before = await desk.state(mina.id)

    await tap(mina, button, message)
    assert message.text.startswith(begins)
    assert all(units(label) <= LONGEST for label in message.labels)
    await tap(mina, "↩ All settings", message)

    assert message.text.startswith("Settings")
    assert len(mina.messages) == 2
    assert await desk.state(mina.id) == before


async def test_everything_can_be_set_without_typing(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    message = await mina.ask("/settings")

    for button in (
        "When alerts come",
        "Every day 08:00 and 18:00",
        "↩ All settings",
        "Quiet hours",
        "22:00\u201307:00 and weekends",
        "↩ All settings",
        "Time zone",
        "Europe",
        "Athens",
        "↩ All settings",
        "What you follow",
        "Economy",
        "🔕 Silent",
        "↩ What you follow",
        "↩ All settings",
        "Pause alerts",
        "3 days",
    ):
        await tap(mina, button, message)

    state = await desk.state(mina.id)
    assert (state.editions, state.quiet, state.zone) == (
        "daily 08:00 18:00",
        "22:00-07:00; weekends",
        "Europe/Athens",
    )
    assert [(key, urgency and urgency.key) for key, _, urgency in state.topics] == [
        ("economy", "silent")
    ]
    assert state.paused_until is not None
    assert len(mina.messages) == 2


async def test_what_is_paused_can_be_resumed_from_there(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/pause")
    message = await mina.ask("/settings")

    await tap(mina, "Resume alerts", message)
    assert message.text.startswith("Alerts are paused.")
    await tap(mina, "Resume now", message)
    await tap(mina, "↩ All settings", message)

    assert "Pause alerts" in message.labels
    assert "Paused" not in message.text
