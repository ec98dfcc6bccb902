"""The order in which updates are handled."""

import asyncio
from datetime import UTC, datetime

from telegram import Chat, Message, Update, User

from bot.telegram.updates import PerChatProcessor

WHEN = datetime(2026, 3, 4, tzinfo=UTC)


def update(number: int, chat_id: int) -> Update:
    sender = User(id=9, first_name="Ada", is_bot=False)
    message = Message(
        message_id=number, date=WHEN, chat=Chat(id=chat_id, type="private"), from_user=sender
    )
    return Update(update_id=number, message=message)


class Handling:
    """Handles updates when it is told to, and writes down the order."""

    def __init__(self, places: int) -> None:
        self.processor = PerChatProcessor(places)
        self.started: list[int] = []
        self.release = asyncio.Event()
        self.tasks: list[asyncio.Task[None]] = []

    async def _handle(self, number: int) -> None:
        self.started.append(number)
        await self.release.wait()

    async def give(self, number: int, item: object) -> None:
        work = self.processor.process_update(item, self._handle(number))
        self.tasks.append(asyncio.create_task(work))
        for _ in range(5):
            await asyncio.sleep(0)

    async def finish(self) -> None:
        self.release.set()
        await asyncio.gather(*self.tasks)


async def test_one_chats_updates_are_handled_in_order_and_chats_at_once() -> None:
    handling = Handling(places=8)
    for number, chat in enumerate([1, 1, 2, 1, 3]):
        await handling.give(number, update(number, chat))

    assert handling.started == [0, 2, 4]
    await handling.finish()
    assert handling.started == [0, 2, 4, 1, 3]


async def test_a_chat_that_floods_holds_one_place() -> None:
    handling = Handling(places=2)
    for number in range(50):
        await handling.give(number, update(number, 1))
    await handling.give(99, update(99, 2))

    assert handling.started == [0, 99]
    await handling.finish()


async def test_no_more_chats_are_handled_at_once_than_there_are_places() -> None:
    handling = Handling(places=2)
    for number in range(5):
        await handling.give(number, update(number, number))

    assert handling.started == [0, 1]
    await handling.finish()
    assert len(handling.started) == 5


async def test_what_belongs_to_no_chat_has_no_order() -> None:
    handling = Handling(places=8)
    await handling.give(0, Update(update_id=1))
    await handling.give(1, Update(update_id=2))
    await handling.give(2, "no update at all")

    assert handling.started == [0, 1, 2]
    await handling.finish()


async def test_chats_are_forgotten_even_after_a_failure() -> None:
    handling = Handling(places=8)
    await handling.processor.initialize()

    async def fail() -> None:
        raise ValueError

    await asyncio.gather(
        handling.processor.process_update(update(1, 1), fail()), return_exceptions=True
    )
    await handling.give(2, update(2, 1))
    assert handling.processor.lines == 1
    await handling.finish()
    assert handling.processor.lines == 0
    await handling.processor.shutdown()


async def test_closed_it_ends_what_is_being_handled_and_begins_nothing_more() -> None:
    handling = Handling(places=8)
    for number, chat in enumerate([1, 1, 2]):
        await handling.give(number, update(number, chat))

    assert handling.processor.close() == 3
    await handling.give(3, update(3, 3))
    await handling.finish()

    assert handling.started == [0, 2]
    assert handling.processor.lines == 0
    assert handling.processor.close() == 0
