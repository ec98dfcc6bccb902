"""/admin and its pages: for those who run the bot, and for nobody else."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.demo.botapi import Message, Reader
from bot.domain.article import Published
from bot.services.administration import Administration
from bot.services.reports import PollReport
from bot.telegram.handlers import operators
from bot.texts.clip import units
from tests.aids.archive import subscribe
from tests.aids.articles import ECONOMY, teaser
from tests.aids.drawer import PICTURE
from tests.aids.waiting import until
from tests.telegram.handlers.conftest import DESK, OPERATOR, SEOUL, SOURCES, Desk, tap
from tests.telegram.handlers.test_every_language import foreign_words

FEED, PAGE, *_ = SOURCES
STALE = "This button is from an older message."


@pytest.fixture
def ada(desk: Desk) -> Reader:
    return operator(desk, "en")


def operator(desk: Desk, language: str) -> Reader:
    return desk.server.reader("Ada", person_id=OPERATOR, language_code=language)


async def test_for_everybody_else_the_command_is_unknown(desk: Desk, ada: Reader) -> None:
    mina = desk.reader()

    with capture_logs() as logs:
        answer, other = await mina.ask("/admin"), await mina.ask("/adminx")
        await until(lambda: len(logs) > 1)

    assert "I do not know the command /admin." in answer.text
    assert answer.text.replace("/admin", "") == other.text.replace("/adminx", "")
    assert answer.labels == other.labels
    told = [(log["command"], log["outcome"]) for log in logs]
    assert told == [("unknown", "unknown command")] * 2


async def test_an_operator_carries_it_into_no_group(desk: Desk, ada: Reader) -> None:
    group = desk.server.world.supergroup("Desk", admins=[ada.person])
    here = ada.in_chat(group)

    await here.say("/admin")
    answer = await here.ask("/admin@dekbot")

    assert "I do not know the command /admin." in answer.text
    assert len(here.messages) == 1


async def test_in_a_listed_group_its_administrators_have_it(desk: Desk, ada: Reader) -> None:
    ben = desk.reader("Ben")
    world = desk.server.world
    groups = [
        world.supergroup(f"Desk {n}", members=[ben.person], admins=[ada.person]) for n in range(5)
    ]
    assert groups[-1].id == DESK

    page = await ada.in_chat(groups[-1]).ask("/admin")
    refused = await ben.in_chat(groups[-1]).ask("/admin")
    pressed = await desk.press(ben.in_chat(groups[-1]), page, "1:admin-sources:0")

    assert page.text.startswith("How the bot is")
    assert refused.text.startswith("Only this group's administrators")
    assert pressed.text.startswith("Only this group's administrators")
    await until(lambda: "admin" in names(desk, DESK, administers=True))
    assert "admin" not in names(desk, DESK)


@pytest.mark.parametrize("action", sorted(operators.PRESSES))
async def test_its_buttons_mean_nothing_to_others(desk: Desk, action: str) -> None:
    mina = desk.reader()
    message = await mina.ask("/settings")
    shown = message.text

    with capture_logs() as logs:
        answers = [
            await desk.press(mina, message, f"1:{action}{tail}") for tail in ("", ":1", ":2")
        ]
        await until(lambda: sum(log["command"] == action for log in logs) == len(answers))

    assert all(answer.text.startswith(STALE) for answer in answers)
    assert {log["outcome"] for log in logs if log["command"] == action} == {"stale"}
    assert (message.text, mina.messages[-1]) == (shown, message)
    assert (desk.rounds.read, desk.drawer.charts) == ([], [])


async def test_no_button_acts_on_behalf_of_a_channel(desk: Desk, ada: Reader) -> None:
    wire = desk.server.world.channel("Wire", admins=[ada.person], username="wire_1")
    await ada.ask("/channel @wire_1")
    channel = await desk.subscriber(wire.id)
    assert channel
    page = await ada.ask("/admin")

    answer = await desk.press(ada, page, f"1@{channel.id}:admin")

    assert page.text.startswith("How the bot is")
    assert answer.text.startswith(STALE)


async def test_the_menu_shows_it_to_administrators_alone(desk: Desk, ada: Reader) -> None:
    mina = desk.reader()
    await mina.ask("/language ko")
    await mina.ask("/language telegram")
    assert "admin" not in names(desk, mina.id)

    await ada.ask("/start")
    await until(lambda: "admin" in names(desk, OPERATOR))
    await ada.ask("/language ko")
    await until(lambda: described(desk, OPERATOR, "admin").startswith("수치"))
    await ada.ask("/language telegram")
    await until(lambda: described(desk, OPERATOR, "admin").startswith("Figures"))

    assert described(desk, OPERATOR, "admin", "ko").startswith("수치")
    assert "admin" not in names(desk, mina.id)


async def test_the_figures_are_those_of_the_tables(desk: Desk, ada: Reader) -> None:
    await history(desk)

    page = await ada.ask("/admin")

    day = timedelta(days=1)
    async with desk.store.reading() as records:
        every = await records.outbox.figures()
        waiting = await records.outbox.open_figures(desk.clock())
        bounds = [(desk.clock() - length, desk.clock() + day) for length in (day, 7 * day)]
        last_day, last_week = await records.figures.traffic(bounds)
        articles = await records.articles.count()
    assert (last_day.sent, last_week.sent, every.sent) == (4, 7, 7)
    assert f"Waiting: {every.owed} · Held: {every.held} · Due now: {waiting.due}" in page.text
    assert "Sent: 4 in 24 hours · 7 in 7 days" in page.text
    assert f"Archive: {articles} · Last 24 hours: " in page.text
    assert "Median: 30 secs · 95 of 100 within: 30 secs" in page.text
    assert "Active: 5 · Paused: 1 · Retired: 0" in page.text
    assert "Well: 0 · Failing: 0 · Switched off: 0 · Not read yet: 9" in page.text
    assert "Dekbot 1.2.3, running for 3 days" in page.text


async def test_the_chart_shows_what_the_tables_say_and_its_text_the_same(
    desk: Desk, ada: Reader
) -> None:
    await history(desk)
    await ada.ask("/admin")
    ada.skip()

    await ada.press("Chart")
    sent = await ada.next_message()

    told = await Administration(
        desk.store, desk.clock, administrators=(), sources=(), version=""
    ).days(SEOUL)
    (chart,) = desk.drawer.charts
    assert chart.sent == tuple(one.traffic.sent for one in told) == (*[0] * 10, 3, 0, 0, 4)
    assert chart.median[-1] == chart.p95[-4] == 30.0
    assert chart.median[0] is None
    assert chart.words[0].days[-1] == "7 Mar"
    assert sent.photo
    assert sent.photo.upload.content == PICTURE
    lines = sent.text.splitlines()[-14:]
    assert lines[-4] == "Wed 4 Mar: 3 · 30 secs · 30 secs"
    assert lines[-3:-1] == ["Thu 5 Mar: 0", "Fri 6 Mar: 0"]
    assert lines[-1] == "Sat 7 Mar: 4 · 30 secs · 30 secs"


async def test_where_no_chart_can_be_drawn_its_text_comes_alone(desk: Desk, ada: Reader) -> None:
    desk.drawer.fault = "exit status 1: no fonts"
    await ada.ask("/admin")
    ada.skip()

    with capture_logs() as logs:
        answer = await ada.press("Chart")
        sent = await ada.next_message()

    assert answer.text.startswith("The chart could not be drawn.")
    assert (sent.photo, sent.text.splitlines()[0]) == (None, "Alerts of the last 14 days")
    assert "Nothing was sent in these days." in sent.text
    (failed,) = [log for log in logs if log["event"] == "chart_failed"]
    assert failed["fault"] == "exit status 1: no fonts"


async def test_a_source_is_switched_off_and_on_and_the_log_tells_by_whom(
    desk: Desk, ada: Reader
) -> None:
    page = await opened(ada, "1 …")
    assert page.text.startswith("www.example.org/feed (feed)")
    assert "Not read yet." in page.text

    with capture_logs() as logs:
        off = await tap(ada, "Switch off", page)
        shown = (page.text, page.labels)
        await desk.press(ada, page, f"1:admin-off:{number(page)}")
        read = await desk.press(ada, page, f"1:admin-read:{number(page)}")
        on = await tap(ada, "Switch on", page)

    assert "Switched off since 4 Mar 2026" in shown[0]
    assert shown[1] == ["Switch on", "Refresh", "↩ All sources"]
    assert (off.text, on.text) == (
        "It is switched off, and read no more.",
        "It is switched on, and read soon.",
    )
    assert read.text.startswith("It is switched off.")
    assert (desk.rounds.read, desk.rounds.soon) == ([], [FEED])
    steered = [log for log in logs if log["event"].startswith("source_switched")]
    assert [(log["event"], log["source"], log["by"]) for log in steered] == [
        ("source_switched_off", FEED[0], OPERATOR),
        ("source_switched_on", FEED[0], OPERATOR),
    ]


REPORTS = {
    "read": (
        PollReport(source="", kind="feed", outcome="read", teasers=(teaser(),), new=1, alerts=1),
        "Read. Articles: 1, new: 1, alerting: 1.",
    ),
    "baseline": (
        PollReport(source="", kind="feed", outcome="baseline", teasers=(teaser(),)),
        "First reading. Articles stored: 1; nobody is alerted.",
    ),
    "unchanged": (
        PollReport(source="", kind="feed", outcome="unchanged"),
        "Read. Nothing has changed there.",
    ),
    "failed": (
        PollReport(source="", kind="feed", outcome="failed", fault="https://e.org " + "x" * 300),
        "It failed. https://e.org",
    ),
}


@pytest.mark.parametrize("outcome", REPORTS)
async def test_what_came_of_a_reading_is_told(desk: Desk, ada: Reader, outcome: str) -> None:
    desk.rounds.reports[FEED], told = REPORTS[outcome]
    page = await opened(ada, "1 …")

    with capture_logs() as logs:
        answer = await ada.press("Read now", message=page)

    assert answer.text.startswith(told)
    assert units(answer.text) <= 200
    (asked,) = [log for log in logs if log["event"] == "source_reading_asked"]
    assert (asked["source"], asked["by"], asked["outcome"]) == (FEED[0], OPERATOR, outcome)


async def test_a_source_is_not_read_again_within_half_a_minute_nor_against_its_servers_wish(
    desk: Desk, ada: Reader
) -> None:
    desk.rounds.reports[FEED] = REPORTS["unchanged"][0]
    page = await opened(ada, "1 …")

    answers = [(await ada.press("Read now", message=page)).text]
    for seconds in (29, 1):
        desk.clock.pass_time(seconds=seconds)
        answers.append((await ada.press("Read now", message=page)).text)
    async with desk.store.writing() as records:
        source = await records.sources.ensure(*FEED)
        now = desk.clock()
        await records.sources.failed(source.id, "429", now, now, now + timedelta(minutes=10))
    for minutes in (9, 1):
        desk.clock.pass_time(minutes=minutes)
        answers.append((await ada.press("Read now", message=page)).text)

    early = [text.removeprefix("Too soon. It can be read again in ") for text in answers]
    assert early[1::2] == ["1 sec.", "1 min."]
    assert {*early[::2]} == {"Read. Nothing has changed there."}
    assert len(desk.rounds.read) == 3


async def test_a_reading_never_begins_beside_another_and_a_long_one_goes_on(
    desk: Desk, ada: Reader
) -> None:
    page = await opened(ada, "1 …")
    desk.rounds.busy.add(FEED)
    beside = await ada.press("Read now", message=page)
    desk.rounds.busy.clear()
    desk.rounds.may_end.clear()
    long = await ada.press("Read now", message=page)
    desk.rounds.may_end.set()
    desk.clock.pass_time(minutes=1)
    broken = await ada.press("Read now", message=page)

    assert beside.text == "It is being read just now."
    assert long.text.startswith("The reading takes long, and goes on.")
    assert broken.text == "It could not be read. The log tells why."
    assert len(desk.rounds.read) == 2


async def test_the_page_of_a_source_tells_how_it_is(desk: Desk, ada: Reader) -> None:
    async with desk.store.writing() as records:
        source = await records.sources.ensure(*PAGE)
        now = desk.clock()
        fault = "http-500: <b>https://www.example.org</b> has a fault of its own"
        await records.sources.failed(source.id, fault, now + timedelta(hours=2), now)

    page = await opened(ada, "2 ⚠")

    assert page.text.startswith("www.example.org/tag/economy (section page)")
    assert f"Failing since 4 Mar 2026, 14:06:\n{fault}" in page.text
    assert "Next reading: Wed 4 Mar, 16:06" in page.text
    list_ = await tap(ada, "↩ All sources", page)
    assert list_.text == ""
    assert "2. ⚠ www.example.org/tag/economy" in page.text


async def test_many_sources_are_listed_by_the_page(desk: Desk, ada: Reader) -> None:
    page = await ada.ask("/admin")
    await tap(ada, "Sources", page)
    first = (page.text, page.labels)
    await tap(ada, "More →", page)

    assert "Page 1 of 2" in first[0]
    assert first[1][:8] == [f"{n} …" for n in range(1, 9)]
    assert "9. … www.example.org/tag/6" in page.text
    assert page.labels == ["9 …", "← Back", "↩ All figures"]
    await tap(ada, "9 …", page)
    assert page.text.startswith("www.example.org/tag/6 (section page)")


async def test_a_source_that_is_not_polled_cannot_be_steered(desk: Desk, ada: Reader) -> None:
    async with desk.store.writing() as records:
        other = await records.sources.ensure("https://www.example.org/old/", "feed")
    page = await ada.ask("/admin")

    for action in ("source", "read", "off", "on"):
        for tail in (f":{other.id}", ":999", "", ":x"):
            answer = await desk.press(ada, page, f"1:admin-{action}{tail}")
            desk.clock.pass_time(seconds=1)
            assert answer.text.startswith(STALE)
    assert (desk.rounds.read, desk.rounds.soon) == ([], [])


async def test_everything_is_said_in_korean(desk: Desk) -> None:
    await history(desk)
    ada = operator(desk, "ko")
    desk.rounds.reports[FEED] = REPORTS["read"][0]
    said = [(page := await ada.ask("/admin")).text, *page.labels]
    ada.skip()
    await ada.press("차트")
    said.append((await ada.next_message()).text)
    for button in ("소스", "1 …", "끄기", "켜기"):
        answer = await tap(ada, button, page)
        said += [answer.text, page.text, *page.labels]
    said.append((await ada.press("지금 읽기", message=page)).text)

    words = [word for text in said for word in foreign_words(text, ["www.example.org/feed"])]
    assert set(words) <= {"Dekbot", "www", "example", "org", "feed", "tag", "economy"}
    assert desk.drawer.charts[0].words[0].title == "최근 14일의 알림"
    assert desk.drawer.charts[0].words[1].title == "Alerts of the last 14 days"


async def opened(ada: Reader, button: str) -> Message:
    """Return the page of a source, by its button in the list."""
    page = await ada.ask("/admin")
    await tap(ada, "Sources", page)
    await tap(ada, button, page)
    return page


def number(page: Message) -> int:
    """Return the id of the source whose page it is."""
    data = [str(one["callback_data"]) for one in page.buttons]
    return next(int(one.rsplit(":", 1)[-1]) for one in data if one.startswith("1:admin-source:"))


def names(desk: Desk, chat_id: int, *, administers: bool = False) -> list[str]:
    """Return the commands in the menu of an English reader."""
    in_group = chat_id < 0
    shown = desk.server.world.bot.menu("en", chat_id, in_group=in_group, administers=administers)
    return [command["command"] for command in shown]


def described(desk: Desk, chat_id: int, command: str, language: str = "en") -> str:
    shown = desk.server.world.bot.menu(language, chat_id)
    return next((one["description"] for one in shown if one["command"] == command), "")


async def history(desk: Desk) -> None:
    """Send three alerts three days ago and four today, each half a minute late; one is held."""
    readers = [desk.reader(f"Reader {n}") for n in range(4)]
    async with desk.store.writing() as records:
        for one in readers[:3]:
            await subscribe(records, one.id, desk.clock(), follows=[ECONOMY])
    for one in readers:
        await one.ask("/help")
    now = desk.clock.now + timedelta(days=3)
    await late(desk, "first")
    desk.clock.now = now - timedelta(hours=1)
    async with desk.store.writing() as records:
        await subscribe(records, readers[3].id, desk.clock(), follows=[ECONOMY])
        paused = await subscribe(records, 41, desk.clock(), follows=[ECONOMY])
        await records.subscribers.pause(paused.id, None)
    await late(desk, "second")
    desk.clock.now = now


async def late(desk: Desk, slug: str) -> None:
    published = Published(at=desk.clock())
    await desk.alert(slug, published=published.at)
    desk.clock.pass_time(seconds=30)
    await desk.send_due()
