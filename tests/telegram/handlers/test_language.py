"""Which language the bot speaks in a chat, and who decides that."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.demo.botapi import Reader, Room
from tests.aids.articles import ECONOMY, teaser
from tests.aids.waiting import until
from tests.telegram.handlers.conftest import Desk, tap

KOREAN_WELCOME = "안녕하세요. NK News의 새 기사를 대신 지켜봐 드립니다."


async def spoken_in(desk: Desk, chat_id: int) -> str:
    found = await desk.subscriber(chat_id)
    assert found
    return found.language


@pytest.mark.parametrize(
    ("telegram", "begins"),
    [("ko", KOREAN_WELCOME), ("ko-KR", KOREAN_WELCOME), ("en-GB", "Hello."), ("is", "Hello.")],
)
async def test_a_reader_is_welcomed_in_the_language_of_their_telegram(
    desk: Desk, telegram: str, begins: str
) -> None:
    reply = await desk.reader("Chae-won", telegram).ask("/start")

    assert reply.text.startswith(begins)


async def test_who_changes_the_language_of_their_telegram_is_answered_in_it(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/start")

    mina.person.language_code = "ko"
    reply = await mina.ask("/following")

    assert reply.text.startswith("아직 팔로우하는 주제가 없습니다.")
    assert await spoken_in(desk, mina.id) == "ko"


async def test_a_telegram_that_tells_no_language_changes_none(desk: Desk) -> None:
    mina = desk.reader("Mina", "ko")
    await mina.ask("/start")

    mina.person.language_code = None
    reply = await mina.ask("/start")

    assert reply.text.startswith(KOREAN_WELCOME)


async def test_a_stranger_whose_telegram_tells_no_language_hears_that_of_the_site(
    desk: Desk,
) -> None:
    mina = desk.reader("Mina", "")

    assert (await mina.ask("/start")).text.startswith("Hello.")


@pytest.mark.parametrize("typed", ["korean", "한국어", "KO", "ko-KR"])
async def test_a_chosen_language_stays_whatever_telegram_tells(desk: Desk, typed: str) -> None:
    mina = desk.reader()

    chosen = await mina.ask(f"/language {typed}")
    later = await mina.ask("/start")

    assert chosen.text.startswith("언어: 한국어. 이곳에서 고른 언어입니다.")
    assert later.text.startswith(KOREAN_WELCOME)
    assert (await desk.state(mina.id)).language == "ko"


async def test_the_language_is_chosen_by_buttons_each_in_its_own_words(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/language")
    assert message.text.startswith("Language: English, following your Telegram.")
    assert message.labels[-2:] == ["✓ As in my Telegram", "↩ All settings"]

    answer = await tap(mina, "한국어")

    assert answer.text == "언어: 한국어"
    assert message.text.startswith("언어: 한국어. 이곳에서 고른 언어입니다.")
    assert {"English", "✓ 한국어"} <= set(message.labels)
    assert message.labels[-2:] == ["텔레그램과 같게", "↩ 전체 설정"]
    await tap(mina, "텔레그램과 같게")
    assert message.text.startswith("Language: English, following your Telegram.")
    assert (await desk.state(mina.id)).language is None


async def test_the_settings_tell_the_language_and_lead_to_it(desk: Desk) -> None:
    mina = desk.reader("Mina", "ko")
    message = await mina.ask("/settings")
    assert "언어: 한국어" in message.text

    await tap(mina, "🌐 언어 Language")
    assert message.text.startswith("언어: 한국어. 텔레그램의 언어를 따릅니다.")
    await tap(mina, "↩ 전체 설정")

    assert message.text.startswith("설정")


@pytest.mark.parametrize("typed", ["telegram", "AUTO", "텔레그램", "자동"])
async def test_a_choice_is_taken_back_by_typing(desk: Desk, typed: str) -> None:
    mina = desk.reader()
    await mina.ask("/language korean")

    reply = await mina.ask(f"/language {typed}")

    assert reply.text.startswith("Language: English, following your Telegram.")
    assert (await desk.state(mina.id)).language is None


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("klingon", "klingon"),
        ("<b>", "<b>"),
        ("x" * 4_000, "x" * 39 + "…"),
        ("아이슬란드어", "아이슬란드어"),
    ],
)
async def test_a_language_that_is_not_spoken_is_answered_with_those_that_are(
    desk: Desk, typed: str, shown: str
) -> None:
    mina = desk.reader("Mina", "ko")

    reply = await mina.ask(f"/language {typed}")

    assert reply.text.startswith(f"‘{shown}’: 아직 할 줄 모르는 언어입니다. 바뀐 것은 없습니다.")
    assert {"English", "한국어"} <= set(reply.labels)
    assert (await desk.state(mina.id)).language is None


async def test_who_reads_another_language_is_told_what_is_spoken_instead(desk: Desk) -> None:
    reply = await desk.reader("Birna", "is").ask("/language")

    assert reply.text.startswith("Language: English, as I do not speak yours yet.")


async def test_dates_keep_the_region_that_telegram_tells(desk: Desk) -> None:
    mina = desk.reader("Mina", "en-US")

    await mina.ask("/language english")

    assert "where it is 2:06\u202fPM" in (await mina.ask("/settings")).text


async def test_twice_the_same_choice_is_logged_as_no_change(desk: Desk) -> None:
    mina = desk.reader()
    with capture_logs() as logs:
        await mina.ask("/language korean")
        await mina.ask("/language ko")
        await until(lambda: len(logs) == 2)

    assert [log["outcome"] for log in logs] == ["changed", "unchanged"]


@pytest.fixture
def admin(desk: Desk) -> Reader:
    return desk.reader("Ada", "ko")


@pytest.fixture
def member(desk: Desk) -> Reader:
    return desk.reader("Ben", "ko")


@pytest.fixture
def group(desk: Desk, admin: Reader, member: Reader) -> Room:
    return desk.server.world.supergroup("Desk", members=[member.person], admins=[admin.person])


async def test_a_group_speaks_the_sites_language_whoever_writes(
    desk: Desk, group: Room, admin: Reader
) -> None:
    here = admin.in_chat(group)

    assert (await here.ask("/latest")).text.startswith("Latest from")
    assert (await here.ask("/language")).text.startswith("Language: English, that of the site.")


async def test_an_administrator_chooses_for_the_group(
    desk: Desk, group: Room, admin: Reader
) -> None:
    here = admin.in_chat(group)
    await here.ask("/language korean")

    assert (await here.ask("/latest")).text.startswith("NK News 최신 기사")
    reply = await here.ask("/language 사이트")
    assert reply.text.startswith("Language: English, that of the site.")


async def test_a_member_may_look_but_not_choose(desk: Desk, group: Room, member: Reader) -> None:
    here = member.in_chat(group)

    message = await here.ask("/language")
    answer = await here.press("한국어")

    assert message.text.startswith("Language: English")
    assert answer.text == "Only this group's administrators can change that."
    assert (await desk.state(group.id)).language is None


async def test_old_buttons_are_explained_in_the_chosen_language(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/language korean")
    message = await mina.ask("/stop")
    message.markup = {"inline_keyboard": [[{"text": "?", "callback_data": "0:gone"}]]}

    answer = await mina.press("?", message=message)

    assert answer.text.startswith("오래된 메시지의 버튼입니다.")


async def test_alerts_come_in_the_chats_language(desk: Desk) -> None:
    mina, ada = desk.reader("Mina", "en"), desk.reader("Ada", "en")
    for reader in (mina, ada):
        await reader.ask("/follow economy")
    await mina.ask("/language korean")
    mina.skip()
    ada.skip()

    await desk.deliver(teaser("quay", sections=[ECONOMY], published=desk.clock()))

    alert = await mina.next_message()
    assert alert.labels == ["열기", "저장", "뮤트…", "온 이유"]
    assert "2026년 3월 4일 14:06" in alert.text
    assert (await ada.next_message()).labels == ["Open", "Save", "Mute…", "Why?"]


def menu_of(desk: Desk, reader: Reader) -> dict[str, str]:
    bot = desk.server.world.bot
    menu = bot.menu(reader.person.language_code, reader.chat_id)
    return {one["command"]: one["description"] for one in menu}


async def test_the_command_menu_of_a_chat_follows_the_choice_and_its_end(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/language korean")
    await mina.wait_for(lambda: menu_of(desk, mina))
    assert menu_of(desk, mina)["help"] == "사용법"

    await mina.ask("/language english")
    await mina.wait_for(lambda: menu_of(desk, mina)["help"] == "What I can do")
    await mina.ask("/language auto")
    await mina.wait_for(lambda: not menu_of(desk, mina))


async def test_who_stops_leaves_no_menu_behind(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/language korean")
    await mina.wait_for(lambda: menu_of(desk, mina))
    await mina.ask("/stop")

    await tap(mina, "네, 모두 삭제합니다")

    await mina.wait_for(lambda: not menu_of(desk, mina))


async def test_a_menu_that_cannot_be_set_keeps_nobody_from_their_answer(desk: Desk) -> None:
    mina = desk.reader()
    desk.server.faults.on("setMyCommands").status(502)

    with capture_logs() as logs:
        reply = await mina.ask("/language korean")
        await until(lambda: len(logs) == 2)

    assert reply.text.startswith("언어: 한국어.")
    assert [log["event"] for log in logs] == ["update_handled", "menu_not_set"]


async def test_a_forum_topic_has_a_language_but_no_menu_of_its_own(
    desk: Desk, admin: Reader
) -> None:
    forum = desk.server.world.supergroup("Forum", admins=[admin.person], is_forum=True)
    topic = desk.server.world.topic(forum.id, "Korean desk")
    here = admin.in_chat(forum)

    await here.say("/language korean", thread_id=topic.id)
    in_topic = await here.next_message()
    outside = await here.ask("/latest")

    assert in_topic.text.startswith("언어: 한국어.")
    assert outside.text.startswith("Latest from")
    assert "setMyCommands" not in {call.method for call in desk.server.calls}


async def test_a_group_that_grows_keeps_its_language(desk: Desk, admin: Reader) -> None:
    small = desk.server.world.group("Small", admins=[admin.person])
    await admin.in_chat(small).ask("/language korean")

    grown = desk.server.world.upgrade(small.id)
    reply = await admin.in_chat(grown).ask("/latest")

    assert reply.text.startswith("NK News 최신 기사")


async def test_two_updates_at_once_end_in_one_language(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/start")
    mina.person.language_code = "ko"

    await asyncio.gather(mina.say("/latest"), mina.say("/latest"))
    replies = [await mina.next_message(), await mina.next_message()]

    assert all(reply.text.startswith("NK News 최신 기사") for reply in replies)
