"""The demo as a new user sees it: real Chromium on the chat page, the real bot behind it."""

import asyncio
import csv
import io
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from bot.app import run_bot
from bot.demo.newsroom import Publisher
from bot.demo.stage import Stage, set_stage

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
#: Nothing of Chromium's own traffic; no sandbox, for tests run as root.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: Where to keep the README's picture; by default nowhere.
PICTURE = os.environ.get("DEKBOT_TEST_PICTURE")

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """The demo without its command: stage and bot, but nothing published by itself."""
    stop, ready = asyncio.Event(), asyncio.Event()
    async with set_stage(0, lambda _event, _fields: None) as stage:
        bot = asyncio.create_task(run_bot(stage.settings, stop, ready.set))
        await asyncio.wait_for(ready.wait(), 20)
        yield stage
        stop.set()
        await bot


@pytest.fixture
async def page(stage: Stage) -> AsyncIterator[Page]:
    """The chat page; a message in the browser's console is a failure."""
    complaints: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": 1180, "height": 900})
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(f"{stage.stand_in.url}/")
        yield page
        await browser.close()
    assert complaints == []


async def publish_in(stage: Stage, section: str) -> str:
    """Publish invented articles until one is in the section; return its headline."""
    publisher = Publisher(stage.newsroom, stage.invention)
    while True:
        article = publisher.publish_next()
        if article.is_in(section):
            return article.headline


async def test_a_new_user_starts_follows_a_section_by_buttons_gets_an_alert_and_keeps_it(
    stage: Stage, page: Page
) -> None:
    await page.get_by_role("button", name="Start").click()
    latest = page.locator(".message.is-other").last
    await latest.get_by_role("button", name="Sections").click()
    await page.get_by_role("button", name="Military").click()
    await expect(page.get_by_role("button", name="✓ Military")).to_be_visible()

    headline = await publish_in(stage, "military")

    link = page.get_by_role("link", name=headline, exact=True)
    alert = page.get_by_role("article").filter(has=link)
    await expect(alert).to_be_visible(timeout=15_000)
    await expect(alert.locator(".card")).to_be_visible()
    await expect(alert.get_by_role("link", name="Open", exact=True)).to_be_visible()

    if PICTURE:
        await page.mouse.move(5, 5)
        await expect(page.locator("#toast")).to_be_hidden(timeout=10_000)
        await page.screenshot(path=Path(PICTURE))

    await alert.get_by_role("button", name="Save").click()
    await expect(alert.get_by_role("button", name="✓ Saved")).to_be_visible()
    await page.locator("#text").fill("/export csv")
    await page.locator("#text").press("Enter")
    file = page.locator(".document")
    await expect(file).to_contain_text(".csv")
    async with page.expect_download() as waiting:
        await file.click()
    path = await (await waiting.value).path()
    text = await asyncio.to_thread(path.read_text, "utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert [row[0] for row in rows] == ["headline", headline]


async def say(page: Page, text: str) -> Locator:
    """Write in the open room; return the bot's answer."""
    messages = page.locator(".message.is-other")
    before = await messages.count()
    await page.locator("#text").fill(text)
    await page.locator("#text").press("Enter")
    await expect(messages).to_have_count(before + 1)
    return messages.last


async def test_a_desk_room_and_a_channel_get_alerts_of_their_own(stage: Stage, page: Page) -> None:
    await page.locator(".room", has_text="Sanctions desk").first.click()
    await expect(page.locator("#log")).to_contain_text("an administrator writes /sections here")
    await say(page, "/follow economy")
    await page.locator(".room", has_text="Ada").first.click()
    await page.get_by_role("button", name="Start").click()
    await expect(page.locator(".message.is-other")).to_have_count(1)
    begun = await say(page, "/channel @peninsula_alerts")
    await expect(begun).to_contain_text("You are now setting up @peninsula_alerts.")
    answer = await say(page, "/follow economy")
    await expect(answer).to_contain_text("For @peninsula_alerts:")

    headline = await publish_in(stage, "economy")

    link = page.get_by_role("link", name=headline, exact=True)
    alert = page.get_by_role("article").filter(has=link)
    await page.locator(".room", has_text="Sanctions desk").first.click()
    await expect(alert).to_be_visible(timeout=15_000)
    await expect(alert.get_by_role("button", name="Why?")).to_be_visible()
    await page.locator(".room", has_text="Peninsula alerts").first.click()
    await expect(alert).to_be_visible(timeout=15_000)
    await expect(alert.locator(".key")).to_have_text(["Open"])


async def test_an_administrator_closes_a_topic_and_whoever_set_it_up_is_told(
    stage: Stage, page: Page
) -> None:
    await page.get_by_role("button", name="Start").click()
    await expect(page.locator(".message.is-other")).to_have_count(1)
    await page.locator(".room", has_text="Moscow desk").first.click()
    await say(page, "/follow economy")

    await page.locator("#manage summary").click()
    await page.get_by_role("button", name="Close the topic").click()

    await expect(page.locator("#log")).to_contain_text("The topic was closed.")
    await page.locator(".room", has_text="Ada").first.click()
    await expect(page.locator("#log")).to_contain_text("Moscow desk was closed.")


async def test_search_by_typing_finds_and_pages(stage: Stage, page: Page) -> None:
    await page.get_by_role("button", name="Start").click()
    await expect(page.locator(".message.is-other")).to_have_count(1)

    await page.locator("#text").fill("/search after:2000")
    await page.locator("#text").press("Enter")
    found = page.locator(".message.is-other").last
    await expect(found).to_contain_text("Search: after:2000")
    first = await found.locator("a").first.text_content()
    await found.get_by_role("button", name="Older").click()

    await expect(found.locator("a").first).not_to_have_text(first or "")
    assert stage.stand_in.violations == []


async def test_the_command_menu_completes_what_is_typed(stage: Stage, page: Page) -> None:
    await page.get_by_role("button", name="Start").click()
    await expect(page.locator(".message.is-other")).to_have_count(1)

    await page.locator("#text").fill("/lat")
    option = page.get_by_role("option", name="/latest")
    await expect(option).to_be_visible()
    await option.click()

    await expect(page.locator(".message.is-own").last).to_contain_text("/latest")
    await expect(page.locator(".message.is-other").last.locator("a")).to_have_count(5)


async def test_words_behind_the_bots_name_show_cards_of_which_one_is_sent(
    stage: Stage, page: Page
) -> None:
    await page.get_by_role("button", name="Peninsula desk as Ada").click()
    text, cards = page.locator("#text"), page.locator("#inline-menu").get_by_role("option")

    await text.fill("@dekbot zeppelin")
    await expect(cards).to_have_text(["Nothing found. Search in the bot"])
    await text.fill("@dekbot ")
    await expect(cards.locator("img").first).to_be_visible()
    title = await cards.nth(1).locator("strong").text_content()
    await text.press("ArrowDown")
    await text.press("Enter")

    sent = page.locator(".message.is-own").last
    await expect(sent).to_contain_text("via @dekbot")
    await expect(sent.get_by_role("link", name=title or "", exact=True)).to_be_visible()
    await expect(sent.get_by_role("link", name="Open", exact=True)).to_be_visible()
    await expect(text).to_have_value("")
    assert stage.stand_in.violations == []


async def test_who_has_a_korean_telegram_is_welcomed_in_korean_with_a_korean_menu(
    page: Page,
) -> None:
    room = page.get_by_role("button", name="Chae-won")
    await expect(room).to_contain_text("한국어")
    await room.click()
    await expect(page.locator("#chat-note")).to_contain_text("whose Telegram speaks 한국어")
    await page.get_by_role("button", name="Start").click()

    await expect(page.locator(".message.is-other").last).to_contain_text("안녕하세요.")
    await page.locator("#text").fill("/lat")
    await expect(page.get_by_role("option", name="/latest")).to_contain_text("최신 기사")
