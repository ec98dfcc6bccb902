"""What is told to whoever set a chat up: where, how often, and in which language."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.domain.delivery import ChatGone, Outcome, Refused, Throttled, Unanswered, Unreachable
from bot.domain.notice import NoticeKind
from bot.domain.subscriber import Address, ChatKind, Subscriber
from bot.services.telling import Herald
from bot.storage.database import Database
from tests.aids.clock import FakeClock
from tests.aids.messenger import FakeMessenger
from tests.aids.waiting import until

KEEPER = 7
FORUM = -100


@pytest.fixture
def herald(store: Database, messenger: FakeMessenger, clock: FakeClock) -> Herald:
    return Herald(store, messenger, clock)


async def place(
    store: Database,
    clock: FakeClock,
    *,
    thread_id: int = 0,
    kind: ChatKind = ChatKind.SUPERGROUP,
    keeper: int | None = KEEPER,
) -> Subscriber:
    async with store.writing() as records:
        names = ("Forum", f"Desk {thread_id}" if thread_id else "")
        address = Address(chat_id=FORUM, thread_id=thread_id)
        made = await records.subscribers.put(address, kind, "en", clock(), names)
        if keeper is not None:
            await records.places.keep(made.id, keeper)
    return made


async def note(store: Database, clock: FakeClock, kind: NoticeKind, *places: Subscriber) -> None:
    async with store.writing() as records:
        await records.notices.add(kind, [one.id for one in places], clock())


async def left(store: Database, clock: FakeClock) -> int:
    async with store.reading() as records:
        return len(await records.notices.due(clock(), 99))


async def test_a_person_who_set_up_three_topics_hears_once_that_their_forum_is_gone(
    store: Database, clock: FakeClock, messenger: FakeMessenger, herald: Herald
) -> None:
    rooms = [await place(store, clock, thread_id=number) for number in range(3)]
    other = await place(store, clock, thread_id=9, keeper=8)
    await note(store, clock, NoticeKind.REMOVED, *rooms, other)

    await herald.tell_due()

    assert sorted(address.chat_id for address, _ in messenger.told) == [KEEPER, 8]
    assert await left(store, clock) == 0


@pytest.mark.parametrize(
    ("kind", "thread_id", "noted"),
    [
        (NoticeKind.CLOSED, 0, 0),
        (NoticeKind.DELETED, 0, 0),
        (NoticeKind.REMOVED, 4, 0),
        (NoticeKind.DELETED, 4, 1),
        (NoticeKind.OFFERED, 0, 1),
    ],
)
async def test_nothing_is_written_down_that_nobody_would_hear(
    store: Database, clock: FakeClock, kind: NoticeKind, thread_id: int, noted: int
) -> None:
    await note(store, clock, kind, await place(store, clock, thread_id=thread_id, keeper=None))

    assert await left(store, clock) == noted


async def test_each_topic_is_told_of_by_itself(
    store: Database, clock: FakeClock, messenger: FakeMessenger, herald: Herald
) -> None:
    rooms = [await place(store, clock, thread_id=number) for number in (1, 2)]
    await note(store, clock, NoticeKind.CLOSED, *rooms)

    await herald.tell_due()

    told = [letter.html for _, letter in messenger.told]
    assert ["Desk 1" in told[0], "Desk 2" in told[1]] == [True, True]


@pytest.mark.parametrize(
    ("kind", "keeper", "answers", "heard"),
    [
        # Whoever set it up cannot be reached: what concerns a topic is told in its forum.
        (NoticeKind.CLOSED, KEEPER, [ChatGone("blocked")], [FORUM]),
        (NoticeKind.DELETED, None, [], [FORUM]),
        (NoticeKind.DELETED, KEEPER, [ChatGone("blocked"), ChatGone("kicked")], []),
        # What concerns the whole chat cannot be told there.
        (NoticeKind.REMOVED, KEEPER, [ChatGone("blocked")], []),
        (NoticeKind.SILENCED, KEEPER, [Refused("odd")], []),
        # It may have arrived, and it is told once.
        (NoticeKind.REMOVED, KEEPER, [Unanswered("late")], []),
    ],
)
async def test_it_is_told_where_it_can_be_and_never_twice(
    store: Database,
    clock: FakeClock,
    messenger: FakeMessenger,
    herald: Herald,
    kind: NoticeKind,
    keeper: int | None,
    answers: list[Outcome],
    heard: list[int],
) -> None:
    one = await place(store, clock, thread_id=1, keeper=keeper)
    await note(store, clock, kind, one)
    messenger.tell_answers.extend(answers)

    await herald.tell_due()
    await herald.tell_due()

    assert [address.chat_id for address, _ in messenger.told] == heard
    assert all(not address.thread_id for address, _ in messenger.told)
    assert await left(store, clock) == 0


@pytest.mark.parametrize(("answer", "seconds"), [(Throttled(30), 30), (Unreachable("refused"), 1)])
async def test_what_failed_on_the_way_is_told_later(
    store: Database,
    clock: FakeClock,
    messenger: FakeMessenger,
    herald: Herald,
    answer: Outcome,
    seconds: int,
) -> None:
    await note(store, clock, NoticeKind.MOVED, await place(store, clock))
    messenger.tell_answers.append(answer)

    await herald.tell_due()
    assert messenger.told == []
    clock.pass_time(seconds=seconds)
    await herald.tell_due()

    assert len(messenger.told) == 1


async def test_what_never_gets_through_is_given_up_with_a_line_in_the_log(
    store: Database,
    clock: FakeClock,
    messenger: FakeMessenger,
    herald: Herald,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.services.telling._MOST_ATTEMPTS", 9)
    await note(store, clock, NoticeKind.MOVED, await place(store, clock))
    messenger.tell_answers.extend([Unreachable("refused")] * 999)
    with capture_logs() as logs:
        while await left(store, clock):
            await herald.tell_due()
            clock.pass_time(minutes=5)

    assert logs[-1]["event"] == "notice_undeliverable"


@pytest.mark.parametrize(("kind", "to"), [(ChatKind.SUPERGROUP, FORUM), (ChatKind.CHANNEL, KEEPER)])
async def test_an_offer_goes_where_it_can_be_answered(
    store: Database,
    clock: FakeClock,
    messenger: FakeMessenger,
    herald: Herald,
    kind: ChatKind,
    to: int,
) -> None:
    one = await place(store, clock, kind=kind)
    await note(store, clock, NoticeKind.OFFERED, one)

    await herald.tell_due()

    ((address, letter),) = messenger.told
    assert address.chat_id == to
    calls = [button.call for row in letter.rows for button in row if button.call]
    assert [call.arguments for call in calls] == [("send",), ("skip",)]
    assert {call.on for call in calls} == ({one.id} if to == KEEPER else {None})


async def test_it_is_told_at_once_and_ends_when_it_is_asked_to(
    store: Database, clock: FakeClock, messenger: FakeMessenger, herald: Herald
) -> None:
    running = asyncio.create_task(herald.run())
    await note(store, clock, NoticeKind.MOVED, await place(store, clock))

    herald.wake()
    await until(lambda: bool(messenger.told))
    herald.stop()

    await asyncio.wait_for(running, 5)


async def test_a_silent_telegram_keeps_nobody_from_ending_and_what_was_to_be_told_is_kept(
    store: Database, clock: FakeClock, messenger: FakeMessenger, herald: Herald
) -> None:
    await note(store, clock, NoticeKind.MOVED, await place(store, clock))
    messenger.door.clear()
    running = asyncio.create_task(herald.run())
    await until(lambda: messenger.under_way > 0)

    herald.stop()
    herald.give_up()
    await asyncio.wait_for(running, 5)

    assert await left(store, clock) == 1
