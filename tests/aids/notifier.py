"""A notifier that keeps what it is given and answers as it is told."""

from collections import deque

from bot.domain.delivery import Outcome, Sent
from bot.texts.letter import Letter


class FakeNotifier:
    """Implements the `Notifier` port; behind the last of `answers` everybody is told.

    So it is with changes, and `change_answers`."""

    def __init__(self) -> None:
        self.answers: deque[Outcome] = deque()
        self.told: list[tuple[int, Letter]] = []
        self.change_answers: deque[Outcome] = deque()
        self.changed: list[tuple[int, int, Letter]] = []

    async def tell(self, chat_id: int, letter: Letter) -> Outcome:
        answer = self.answers.popleft() if self.answers else Sent(len(self.told) + 1)
        if isinstance(answer, Sent):
            self.told.append((chat_id, letter))
        return answer

    async def change(self, chat_id: int, message_id: int, letter: Letter) -> Outcome:
        answer = self.change_answers.popleft() if self.change_answers else Sent(message_id)
        if isinstance(answer, Sent):
            self.changed.append((chat_id, message_id, letter))
        return answer
