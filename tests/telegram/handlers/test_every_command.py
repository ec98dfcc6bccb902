"""Every command with every bad input: a helpful answer, one log event, nothing changed by accident.

The table below has a row for each command; a new command without a row fails the first test. All
rows are played at one desk, each in chats of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Final

import pytest
from structlog.testing import capture_logs

from bot.demo.botapi import Message, Reader, Standing
from bot.domain.subscriber import ChatKind
from bot.domain.subscriber import Standing as Of
from bot.telegram.handlers.table import COMMANDS
from tests.aids.archive import subscribe
from tests.aids.articles import ECONOMY, PRO
from tests.aids.waiting import until
from tests.telegram.handlers.conftest import Desk, State

#: With its command as long as a message can be.
_LONG: Final = "x" * 4_096
_KOREAN: Final = "\ub0b4\uc77c \uc544\uce68 \uc5ec\ub35f \uc2dc"
_STALE: Final = "This button is from an older message."
_HEADER: Final = "\U0001f4e3 For @{}:"
_ADMINISTRATORS: Final = "Only this group's administrators"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What the bad inputs of one command are, and what its answers hold."""

    #: The answer where nothing stands behind the command.
    alone: str
    #: Something that does not belong behind the command, and what is said to it.
    wrong: str
    told: str
    #: What is said to 4,000 letters and to Korean; None for the same as to the wrong one.
    long: str | None = None
    korean: str | None = None
    #: Something that belongs there.
    right: str
    #: A button of the command, of another time.
    stale: str
    #: Whether a group's members may use it too.
    for_all: bool = False


TABLE: Final = {
    "start": Row(
        alone="Hello.", wrong="section_nowhere", told="Hello.", right="section_economy",
        stale="1:welcome-zone:Mars/Base",
    ),
    "help": Row(
        alone="What I can do", wrong="me", told="What I can do", right="", stale="1:help",
        for_all=True,
    ),
    "settings": Row(
        alone="Settings", wrong="dark", told="Settings", right="", stale="0:settings",
        for_all=True,
    ),
    "sections": Row(
        alone="Sections", wrong="9", told="Sections", right="", stale="1:list:x:0:f", for_all=True
    ),
    "authors": Row(
        alone="Authors", wrong="9", told="Authors", right="", stale="1:list:a:0:z", for_all=True
    ),
    "labels": Row(
        alone="Labels", wrong="9", told="Labels", right="", stale="1:list-set:l:0:f:x:f",
        for_all=True,
    ),
    "follow": Row(
        alone="Write the name behind the command: /follow", wrong="weather", told="I know no",
        right="trade", stale="1:choose:trade:f:f",
    ),
    "unfollow": Row(
        alone="Write the name behind the command: /unfollow", wrong="weather", told="I know no",
        right="economy", stale="1:following-drop:0:economy:f",
    ),
    "mute": Row(
        alone="Write the name behind the command: /mute", wrong="weather", told="I know no",
        right="trade", stale="1:choose:1:z:m",
    ),
    "unmute": Row(
        alone="Write the name behind the command: /unmute", wrong="weather", told="I know no",
        right="nk pro", stale="1:following-drop:0:1:z",
    ),
    "following": Row(
        alone="You follow", wrong="9", told="You follow", right="", stale="1:topic:0:economy",
        for_all=True,
    ),
    "loud": Row(
        alone="/loud Economy", wrong="weather", told="I know no", right="economy",
        stale="1:urgency:0:1:x",
    ),
    "silent": Row(
        alone="/silent Economy", wrong="weather", told="I know no", right="economy",
        stale="1:urgency:0:-1:s",
    ),
    "later": Row(
        alone="/later Economy", wrong="weather", told="I know no", right="economy",
        stale="1:urgency-follow:1:evening",
    ),
    "usual": Row(
        alone="/usual Economy", wrong="weather", told="I know no", right="economy",
        stale="1:topic-drop:0:1:x",
    ),
    "latest": Row(
        alone="Latest from NK News", wrong="weather", told="I know no", right="economy",
        stale="1:latest:s:1", for_all=True,
    ),
    "search": Row(
        alone="Write what to look for", wrong="zzzz", told="Nothing found.",
        long="I looked for its beginning", right="crane", stale="1:search:crane", for_all=True,
    ),
    "alerts": Row(
        alone="1. Cranes crane", wrong="remove 9", told="There is no standing search",
        long="That is too long: a standing search", korean="You will be alerted on this.",
        right="coal OR iron", stale="1:search-urgency:1:x",
    ),
    "why": Row(
        alone="Reply to an alert with /why", wrong="ftp://ports.example.org/x",
        told="That is no web address.", right="https://www.example.org/2026/03/harbour-0/",
        stale="1:why-set:1:f:m", for_all=True,
    ),
    "digest": Row(
        alone="Alerts come in editions: Monday at 09:00.", wrong="mon 25:00",
        told="25:00 is no time of day. Nothing has changed.", long="That is too long to be read.",
        korean="I do not understand", right="hourly", stale="1:digest-set:yearly",
    ),
    "quiet": Row(
        alone="Quiet hours: weekends, all day.", wrong="mon-sun",
        told="That would be quiet all week", long="That is too long to be read.",
        korean="I do not understand", right="22:00-07:00", stale="1:quiet-set:daily",
    ),
    "timezone": Row(
        alone="Time zone: Seoul.", wrong="Xanadu-on-Sea", told="I know no city and no time zone",
        right="berlin", stale="1:zone-set:Mars/Base",
    ),
    "language": Row(
        alone="Language: English", wrong="klingon", told="yet. Nothing has changed.",
        right="korean", stale="1:language-set:xx",
    ),
    "pause": Row(
        alone="Alerts are paused.", wrong="until yesterday", told="I do not understand",
        right="3d", stale="1:pause:24",
    ),
    "resume": Row(
        alone="Alerts are on already.", wrong="monday", told="Alerts are on already.", right="",
        stale="1:catch-up:later",
    ),
    "save": Row(
        alone="Keep an article for later", wrong="ftp://ports.example.org/x",
        told="That is no web address.", right="https://www.example.org/2026/03/harbour-1/",
        stale="1:save:1:x",
    ),
    "saved": Row(
        alone="Reading list · 1 article", wrong="remove 9", told="There is no number 9",
        long="Reading list · 1 article", korean="Reading list · 1 article", right="remove 1",
        stale="1:saved-drop:first",
    ),
    "export": Row(
        alone="The reading list as a file", wrong="pdf", told="I know no format", right="csv",
        stale="1:export:pdf", for_all=True,
    ),
    "mydata": Row(
        alone="Everything that I store", wrong="all", told="Everything that I store", right="",
        stale="1:mydata",
    ),
    "move": Row(
        alone="Send this there, within 15 minutes", wrong="home", told="That is no code.",
        right="", stale="1:move:y",
    ),
    "channel": Row(
        alone="Alerts in a channel", wrong="@no_such_wire", told="I find no channel",
        long="I do not understand which channel", korean="I do not understand which channel",
        right="@no_such_wire", stale="1:channel-open:wire", for_all=True,
    ),
    "done": Row(
        alone="You are not setting up a channel.", wrong="now",
        told="You are not setting up a channel.", right="", stale="0:channel-done", for_all=True,
    ),
    "stop": Row(
        alone="Stop and delete everything?", wrong="no", told="Stop and delete everything?",
        right="", stale="1:stop:1",
    ),
}  # fmt: skip
#: What does something where nothing stands behind it, on purpose.
ACTING_ALONE: Final = {"pause"}
#: What takes words of any script, on purpose.
OF_ANY_SCRIPT: Final = {"alerts"}
EVERY: Final = pytest.mark.parametrize("command", sorted(TABLE))
#: No two channels have the same name.
_WIRES: Final = map("wire_{}".format, count(1))

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def desk(shared_desk: Desk) -> Desk:
    return shared_desk


async def test_the_table_has_a_row_for_every_command() -> None:
    assert set(TABLE) == set(COMMANDS)


async def settled(
    desk: Desk, here: Reader, kind: ChatKind = ChatKind.PRIVATE, language: str = "en"
) -> State:
    """Choose something of everything, so that an accident would show."""
    now = desk.clock()
    async with desk.store.writing() as records:
        chat = await subscribe(
            records,
            here.chat_id,
            now,
            thread_id=here.topic.id if here.topic else 0,
            follows=[ECONOMY],
            mutes=[PRO],
            kind=kind,
            language=language,
        )
        await records.searches.add(chat.id, "crane", "Cranes", now)
        await records.timings.choose(
            chat.id, editions="mon 09:00", quiet="weekends", timezone="Asia/Seoul"
        )
        article = await records.articles.find("example.org/2026/03/harbour-0")
        assert article
        await records.saved.add(chat.id, article.id, now)
    return await desk.state(here.chat_id, chat.address.thread_id)


async def ask(here: Reader, text: str) -> Message:
    """Ask, and see that the log tells of it once and of nothing else."""
    with capture_logs() as logs:
        reply = await here.ask(text)
        await until(lambda: bool(logs))
    assert [(log["event"], log["log_level"]) for log in logs] == [("update_handled", "info")]
    return reply


@EVERY
async def test_a_command_alone_tells_how_it_is_and_how_it_is_used(desk: Desk, command: str) -> None:
    mina = desk.reader()
    before = await settled(desk, mina)

    reply = await ask(mina, f"/{command}")

    assert TABLE[command].alone in reply.text
    if command not in ACTING_ALONE:
        assert await desk.state(mina.id) == before


INPUTS: Final[dict[str, Callable[[Row], tuple[str, str]]]] = {
    "wrong": lambda row: (row.wrong, row.told),
    "very long": lambda row: (_LONG, row.long or row.told),
    "in another script": lambda row: (_KOREAN, row.korean or row.told),
}


@EVERY
@pytest.mark.parametrize("kind", INPUTS)
async def test_bad_input_is_explained_and_changes_nothing(
    desk: Desk, command: str, kind: str
) -> None:
    typed, told = INPUTS[kind](TABLE[command])
    mina = desk.reader(language_code="is")
    before = await settled(desk, mina, language="is")

    reply = await ask(mina, f"/{command} {typed}"[:4_096])

    assert told in reply.text
    if not (command in OF_ANY_SCRIPT and typed == _KOREAN):
        assert await desk.state(mina.id) == before


@EVERY
async def test_in_a_group_a_member_changes_nothing(desk: Desk, command: str) -> None:
    ada, ben = desk.reader("Ada"), desk.reader("Ben")
    group = desk.server.world.supergroup("Desk", members=[ben.person], admins=[ada.person])
    before = await settled(desk, ada.in_chat(group), ChatKind.SUPERGROUP)

    reply = await ask(ben.in_chat(group), f"/{command} {TABLE[command].right}".strip())

    assert reply.text.startswith(_ADMINISTRATORS) is not TABLE[command].for_all
    assert await desk.state(group.id) == before


@EVERY
async def test_in_a_topic_a_command_is_answered_there_and_meant_for_it_alone(
    desk: Desk, command: str
) -> None:
    ada, ben = desk.reader("Ada"), desk.reader("Ben")
    world = desk.server.world
    forum = world.supergroup("Forum", members=[ben.person], admins=[ada.person], is_forum=True)
    here = ada.in_chat(forum).in_topic(world.topic(forum.id, "Desk"))
    there = ada.in_chat(forum).in_topic(world.topic(forum.id, "Other desk"))
    await settled(desk, ada.in_chat(forum), ChatKind.SUPERGROUP)
    await settled(desk, here, ChatKind.SUPERGROUP)
    await settled(desk, there, ChatKind.SUPERGROUP)
    others = [0, there.topic.id if there.topic else 0]
    before = [await desk.state(forum.id, thread_id) for thread_id in others]
    typed = f"/{command} {TABLE[command].right}".strip()

    refused = await ask(ben.in_chat(forum).in_topic(here.topic), typed) if here.topic else None
    reply = await ask(here, typed)

    assert refused
    assert refused.text.startswith(_ADMINISTRATORS) is not TABLE[command].for_all
    assert here.topic
    assert reply.thread_id == here.topic.id
    assert [await desk.state(forum.id, thread_id) for thread_id in others] == before


#: What the private chat keeps for itself while it sets a channel up.
ITS_OWN: Final = {"channel", "done", "start"}


@EVERY
async def test_while_a_channel_is_set_up_nothing_of_ones_own_changes(
    desk: Desk, command: str
) -> None:
    ada = desk.reader("Ada")
    name = next(_WIRES)
    wire = desk.server.world.channel("Wire", admins=[ada.person], username=name)
    before = await settled(desk, ada)
    channel = await settled(desk, ada.in_chat(wire), ChatKind.CHANNEL)
    inputs = [made(TABLE[command]) for made in INPUTS.values()]

    for typed, told in inputs:
        await ask(ada, f"/channel @{name}")
        reply = await ask(ada, f"/{command} {typed}"[:4_096])
        assert command == "done" or told in reply.text
        assert reply.text.startswith(_HEADER.format(name)) is (command not in ITS_OWN)
        assert await desk.state(ada.id) == before
        if not (command in OF_ANY_SCRIPT and typed == _KOREAN):
            assert await desk.state(wire.id) == channel
    if command != "start":  # whose deep link is the reader's own
        await ask(ada, f"/{command} {TABLE[command].right}".strip())
        assert await desk.state(ada.id) == before


@EVERY
async def test_whoever_is_no_administrator_any_more_changes_no_channel(
    desk: Desk, command: str
) -> None:
    ada = desk.reader("Ada")
    name = next(_WIRES)
    wire = desk.server.world.channel("Wire", admins=[ada.person], username=name)
    own = await settled(desk, ada)
    before = await settled(desk, ada.in_chat(wire), ChatKind.CHANNEL)
    await ask(ada, f"/channel @{name}")
    wire.standings[ada.id] = Standing.MEMBER

    reply = await ask(ada, f"/{command} {TABLE[command].right}".strip())

    if command not in ITS_OWN:
        assert reply.text.startswith(f"Only @{name}'s administrators")
        assert await desk.state(ada.id) == own
    assert await desk.state(wire.id) == before


@EVERY
async def test_a_stale_button_changes_nothing(desk: Desk, command: str) -> None:
    await stale(desk, "/settings", TABLE[command].stale)


async def press(desk: Desk, reader: Reader, message: Message, data: str) -> str:
    """Press a button that the message has not got; return what is said."""
    return (await desk.press(reader, message, data)).text


#: Calls of the buttons under results and headlines that no such button has.
FORGED: Final = (
    "1:search:0:x", "1:search:-1:n", "1:search:page:n", "1:search:0:1",
    "1:search-topic:n:s", "1:search-topic:n:s:economy", "1:search-topic:n:x:1",
    "1:search-topic:1:s:1", "1:search-topic:s:1", "1:search-topic:n:s:9223372036854775808",
    "1:search-recent:30", "1:search-recent:x",
    "1:search-drop:n", "1:search-drop:n:economy", "1:search-drop:n:-5",
    "1:latest-topic", "1:latest-topic:s:1", "1:latest-topic:-:0:s:x", "1:latest-topic:-:0:-:1",
    "1:latest-recent", "1:latest-recent:x:1", "1:latest-recent:s:economy", "1:latest-drop:s:1",
)  # fmt: skip


@pytest.mark.parametrize("data", FORGED)
async def test_a_forged_button_under_results_is_a_stale_one(desk: Desk, data: str) -> None:
    await stale(desk, "/search crane", data)


@pytest.mark.parametrize("data", ["1:search-topic:n:s:1", "1:search-recent:n", "1:search-drop:n:1"])
async def test_a_filter_under_a_message_without_a_query_is_a_stale_button(
    desk: Desk, data: str
) -> None:
    await stale(desk, "/help", data)


async def stale(desk: Desk, asked: str, data: str) -> None:
    """Press a button that the answer has not got: it is explained, and changes nothing."""
    mina = desk.reader()
    before = await settled(desk, mina)
    message = await ask(mina, asked)
    shown = message.text

    with capture_logs() as logs:
        answer = await press(desk, mina, message, data)
        await until(lambda: bool(logs))

    assert answer.startswith(_STALE)
    assert message.text == shown
    assert await desk.state(mina.id) == before
    assert [(log["event"], log["outcome"]) for log in logs] == [("update_handled", "stale")]


@EVERY
async def test_twice_at_once_is_as_good_as_once(desk: Desk, command: str) -> None:
    typed = f"/{command} {TABLE[command].right}".strip()
    once, twice = desk.reader("Once"), desk.reader("Twice")
    await settled(desk, once)
    await settled(desk, twice)
    await ask(once, typed)
    twice.skip()

    with capture_logs() as logs:
        await twice.say(typed)
        await twice.say(typed)
        replies = [await twice.next_message(), await twice.next_message()]
        await until(lambda: len(logs) > 1)

    assert all(reply.text for reply in replies)
    assert [log["event"] for log in logs] == ["update_handled"] * 2
    assert await desk.state(twice.id) == await desk.state(once.id)


async def test_nothing_that_is_said_to_a_stranger_pauses_or_stops_them(desk: Desk) -> None:
    """The first message of a chat may be any of these."""
    for command, row in TABLE.items():
        mina = desk.reader(command)
        await mina.ask(f"/{command} {row.wrong}")

        assert await desk.state(mina.id) == State(standing=Of.ACTIVE)
