"""What the program logged while one row of the table was played."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final

from tests.aids.play import PATIENCE, Play
from tests.aids.waiting import until

#: The end of what is done for an update.
ANSWERED: Final = (
    "update_handled",
    "inline_query_answered",
    "reply_not_sent",
    "update_failed",
)


class Log:
    """The log from now on."""

    def __init__(self, play: Play) -> None:
        self._play = play
        self._mark = len(play.logs)

    @property
    def events(self) -> list[Any]:
        return self._play.logs[self._mark :]

    def about(self, chats: set[int]) -> tuple[str, ...]:
        """Return what was told of the chats; of several articles the same is told, once.

        Where something was tried in vain again and again, that is told once as well. What whoever
        set the chat up hears of it comes behind, and is another test's matter.
        """
        told = [
            one
            for one in self.events
            if _whom(one) in chats and not one["event"].startswith("notice_")
        ]
        articles = {one["article"] for one in told if "article" in one} or {None}
        ways = {_names(one for one in told if one.get("article", a) == a) for a in articles}
        return ways.pop() if len(ways) == 1 else ("several", *map(str, ways))

    def of(self, *concerns: str, also: Iterable[str] = ()) -> tuple[str, ...]:
        """Return what was told of Telegram, as far as it concerns that, and other events."""
        also = set(also)
        return tuple(
            one["event"]
            for one in self.events
            if one.get("concerns") in concerns or one["event"] in also
        )

    @property
    def pauses(self) -> str:
        """What waited, as `Happened` has it."""
        if self.of("alerts"):
            return "alerts"
        return "chat" if self.of("chat") else ""

    async def told(self, chats: set[int], *names: str) -> None:
        """Return when one of the events was logged about one of the chats."""
        await until(
            lambda: any(one["event"] in names and _whom(one) in chats for one in self.events),
            seconds=PATIENCE,
        )

    def excuse(self) -> None:
        """Take out faults of ours that the row is about; the play would not pass over them."""
        left = [one for one in self.events if one["event"] != "update_failed"]
        self._play.logs[self._mark :] = left


def _whom(event: Any) -> Any:
    """Return the chat that the event is about, or the user where there is no chat."""
    return event.get("chat", event.get("user"))


def _names(events: Iterable[Any]) -> tuple[str, ...]:
    return tuple(name for name, _ in groupby(one["event"] for one in events))
