"""A messenger that keeps what it is given and answers as it is told."""

import asyncio
from collections import deque
from dataclasses import dataclass, field

from bot.domain.delivery import Outcome, Sent
from bot.domain.subscriber import Address, ChatKind
from bot.texts.letter import Letter


@dataclass
class FakeMessenger:
    """Implements the `Messenger` port.

    `answers` are given out in order, to whoever comes; behind the last one everything is sent.
    With `gate` closed, nobody gets a turn; with `door` closed, sending and editing take until it
    opens.
    """

    answers: deque[Outcome | Exception] = field(default_factory=deque)
    taken: list[tuple[int, Letter]] = field(default_factory=list)
    tell_answers: deque[Outcome] = field(default_factory=deque)
    told: list[tuple[Address, Letter]] = field(default_factory=list)
    edit_answers: deque[Outcome] = field(default_factory=deque)
    edited: list[tuple[int, int, Letter]] = field(default_factory=list)
    edits_tried: int = 0
    change_answers: deque[Outcome] = field(default_factory=deque)
    changed: list[tuple[int, int, Letter]] = field(default_factory=list)
    turns_waited: int = 0
    tried: int = 0
    under_way: int = 0
    most_under_way: int = 0
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    door: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.gate.set()
        self.door.set()

    async def turn(self, address: Address, kind: ChatKind) -> None:
        self.turns_waited += 1
        await self.gate.wait()
        self.turns_waited -= 1

    async def turn_behind(self, address: Address, kind: ChatKind) -> None:
        await self.turn(address, kind)

    async def send(self, address: Address, kind: ChatKind, letter: Letter) -> Outcome:
        self.tried += 1
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        await self.door.wait()
        self.under_way -= 1
        answer = self.answers.popleft() if self.answers else Sent(self.tried)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Sent):
            self.taken.append((address.chat_id, letter))
        return answer

    async def tell(self, address: Address, letter: Letter) -> Outcome:
        self.under_way += 1
        await self.door.wait()
        self.under_way -= 1
        answer = self.tell_answers.popleft() if self.tell_answers else Sent(len(self.told) + 1)
        if isinstance(answer, Sent):
            self.told.append((address, letter))
        return answer

    async def edit(
        self, address: Address, kind: ChatKind, message_id: int, letter: Letter
    ) -> Outcome:
        self.edits_tried += 1
        await self.door.wait()
        answer = self.edit_answers.popleft() if self.edit_answers else Sent(message_id)
        if isinstance(answer, Sent):
            self.edited.append((address.chat_id, message_id, letter))
        return answer

    async def change(self, address: Address, message_id: int, letter: Letter) -> Outcome:
        answer = self.change_answers.popleft() if self.change_answers else Sent(message_id)
        if isinstance(answer, Sent):
            self.changed.append((address.chat_id, message_id, letter))
        return answer

    def chats(self) -> list[int]:
        return [chat_id for chat_id, _ in self.taken]
