"""A source that says what it is told to say."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.article import Teaser
from bot.domain.errors import SourceError
from bot.domain.reading import Reading, SourceState, Unchanged, Validators


@dataclass(frozen=True, slots=True)
class _Same:
    state: SourceState | None


class FakeSource:
    """Implements the `Source` port; `says` queues readings, `fails` queues faults."""

    kind = "feed"
    interval = timedelta(minutes=5)

    def __init__(self, url: str = "https://www.example.org/feed/") -> None:
        self.url = url
        self.asked: list[SourceState] = []
        #: Of each reading, whether it was to be a fresh one.
        self.fresh: list[bool] = []
        #: Whether it shows what it showed before where nothing else is queued.
        self.repeats = False
        self._answers: deque[Reading | Unchanged | SourceError | _Same] = deque()

    def says(self, *teasers: Teaser) -> "FakeSource":
        state = SourceState(
            validators=Validators(etag=f'"{len(self._answers)}"'),
            body_hash="0",
            usual_count=len(teasers),
        )
        self._answers.append(Reading(teasers=tuple(teasers), state=state))
        return self

    def says_nothing_new(self) -> "FakeSource":
        self._answers.append(Unchanged(state=SourceState()))
        return self

    def says_the_same(self, state: SourceState | None = None) -> "FakeSource":
        """Have it show nothing new and leave this state; by default, the one it is asked by."""
        self._answers.append(_Same(state))
        return self

    async def reading(self) -> Reading:
        """Return what it says next, which is a reading."""
        read = await self.read(SourceState())
        if not isinstance(read, Reading):
            raise TypeError(read)
        return read

    def fails(self, kind: str, *, retry_after: float | None = None) -> "FakeSource":
        self._answers.append(SourceError(kind, f"{self.url}: {kind}", retry_after=retry_after))
        return self

    async def read(self, state: SourceState, *, fresh: bool = False) -> Reading | Unchanged:
        self.asked.append(state)
        self.fresh.append(fresh)
        if self.repeats and not self._answers:
            self.says_nothing_new()
        answer = self._answers.popleft()
        if isinstance(answer, _Same):
            return Unchanged(state=answer.state or state)
        if isinstance(answer, SourceError):
            raise answer
        return answer


def slugs(teasers: Sequence[Teaser]) -> list[str]:
    return [teaser.url.rstrip("/").rsplit("/", 1)[-1] for teaser in teasers]
