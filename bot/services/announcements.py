"""A publisher's word that there is news: the sources are read at once, not when they are due.

Nothing of the word is taken for content. It only makes the bot read, as `bot.domain.announcement`
says, and what is read takes the way of every reading. So a word that comes twice, that is a lie,
or that a crash forgets costs a few readings at most; polling goes on beside it.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import structlog

from bot.domain.allowance import Allowance
from bot.domain.announcement import CALLS, PAUSES, reading_order
from bot.domain.errors import DatabaseError, DekbotError
from bot.domain.url import url_key
from bot.services.called_readings import CalledReadings
from bot.services.ports import Records, Rounds, SourceKey, Store
from bot.services.waiting import GivenUpError, Waiting

log = structlog.get_logger(__name__)

#: Seconds that a source is waited for before the next one is read beside it.
_PATIENCE: Final = 5.0


class NotOfTheSiteError(DekbotError):
    """It is nothing that the site profile knows."""


class ClosedError(DekbotError):
    """The bot does not read yet, or not any more."""


class TooOftenError(DekbotError):
    """Calls come faster than anybody publishes."""

    def __init__(self, seconds: float) -> None:
        #: Until the next one is taken.
        self.seconds = seconds
        super().__init__()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What is read because of a word."""

    #: Addresses, in the order of reading; none where all are switched off.
    reads: tuple[str, ...]
    #: The article's, as readers get it; None where none was named.
    article: str | None = None
    #: Whether the article had been met before.
    known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncedSite:
    """What of the site profile a word is held against."""

    sources: Sequence[SourceKey]
    #: Returns an article's address as readers get it, None for any other address.
    article_address: Callable[[str], str | None]


class Announcements:
    """Hears words between `open` and `stop`; what was under way then is left to polling."""

    def __init__(
        self,
        store: Store,
        site: AnnouncedSite,
        rounds: Callable[[], Rounds],
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._store = store
        self._site = site
        self._clock = clock
        self._sleep = sleep
        self._readings = CalledReadings(rounds, clock=clock, sleep=sleep)
        self._calls = Allowance(pace=CALLS)
        self._is_open = False
        #: Who looks for an article, by its `url_key`.
        self._seekers: dict[str, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = Waiting()

    @property
    def is_busy(self) -> bool:
        """Whether anything is read, or looked for, because of a word."""
        return bool(self._tasks) or self._readings.is_busy

    def open(self) -> None:
        self._is_open = True

    async def stop(self) -> None:
        self._is_open = False
        self._waiting.give_up()
        await asyncio.gather(*self._tasks)
        await self._readings.stop()

    def admit(self) -> None:
        """Count a call. Raises ClosedError and TooOftenError."""
        self._check_open()
        wait = self._calls.free_at() - self._clock()
        if wait > 0:
            raise TooOftenError(wait)
        self._calls = self._calls.used(self._clock())

    def _check_open(self) -> None:
        if not self._is_open:
            raise ClosedError

    async def article(self, url: str) -> Heard:
        """Read until the article at this address is there; once, where it is known.

        Raises NotOfTheSiteError, and ClosedError where the end comes meanwhile.
        """
        address = self._site.article_address(url)
        if address is None:
            raise NotOfTheSiteError
        sources, known = await self._look(self._site.sources, address)
        self._check_open()
        log.info("publication_announced", url=address, known=known)
        wanted = reading_order(sources)
        if known:
            self._call(wanted)
        else:
            self._seek(address, sources)
        return Heard(reads=_addresses(wanted), article=address, known=known)

    async def source(self, url: str) -> Heard:
        """Read the source at this address, once. Raises as `article` does."""
        found = [source for source in self._site.sources if _is_same(source[0], url)]
        if not found:
            raise NotOfTheSiteError
        return await self._read_once(found)

    async def anything(self) -> Heard:
        """Read every source, once. Raises ClosedError."""
        return await self._read_once(self._site.sources)

    async def _read_once(self, sources: Sequence[SourceKey]) -> Heard:
        switched_on, _ = await self._look(sources)
        self._check_open()
        wanted = reading_order(switched_on, last_round=True)
        log.info("reading_called_for", sources=len(wanted))
        self._call(wanted)
        return Heard(reads=_addresses(wanted))

    def _call(self, sources: Sequence[SourceKey]) -> None:
        for source in sources:
            self._readings.call(source)

    def _seek(self, address: str, sources: Sequence[SourceKey]) -> None:
        """Look for the article from now on; who looks for it since an earlier word gives up."""
        task = asyncio.create_task(self._sought(address, sources))
        self._seekers[url_key(address)] = task
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _sought(self, address: str, sources: Sequence[SourceKey]) -> None:
        key, own = url_key(address), asyncio.current_task()
        try:
            await self._rounds_for(address, sources, lambda: self._seekers.get(key) is own)
        except GivenUpError:
            log.info("announced_article_left_to_polling", url=address)
        except Exception:
            log.exception("announcement_crashed", url=address)
        finally:
            if self._seekers.get(key) is own:
                del self._seekers[key]

    async def _rounds_for(
        self, address: str, sources: Sequence[SourceKey], is_wanted: Callable[[], bool]
    ) -> None:
        begun = self._clock()
        for number, pause in enumerate(PAUSES, start=1):
            await self._waiting.until(partial(self._sleep, pause))
            for source in reading_order(sources, last_round=number == len(PAUSES)):
                if not is_wanted():
                    return
                reading = self._readings.call(source)
                await self._waiting.until(partial(asyncio.wait, {reading}, timeout=_PATIENCE))
                _, known = await self._look((), address)
                if known:
                    seconds = round(self._clock() - begun, 3)
                    log.info("announced_article_found", url=address, seconds=seconds)
                    return
        log.warning("announced_article_missing", url=address, rounds=len(PAUSES))

    async def _look(
        self, sources: Sequence[SourceKey], address: str | None = None
    ) -> tuple[list[SourceKey], bool]:
        """Return which of the sources are switched on, and whether the article is known.

        Where the database fails, which it tells by itself, all are on and nothing is known.
        """
        try:
            async with self._store.reading() as records:
                known = address is not None and await _is_known(records, url_key(address))
                every = await records.sources.every() if sources else []
        except DatabaseError:
            return list(sources), False
        off = {(one.url, one.kind) for one in every if one.switched_off_at is not None}
        return [source for source in sources if source not in off], known


async def _is_known(records: Records, key: str) -> bool:
    """Return whether the article is held, or was until it was pruned."""
    if await records.articles.find(key) is not None:
        return True
    return bool(await records.articles.former([key]))


def _is_same(source: str, url: str) -> bool:
    try:
        return url_key(source) == url_key(url)
    except ValueError:
        return False


def _addresses(sources: Sequence[SourceKey]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address for address, _ in sources))
