"""Reads a profile's sources: fetch, compare, parse off the event loop."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.domain.errors import SourceError
from bot.domain.reading import Reading, SourceState, Unchanged
from bot.sources.backfill import posts_address
from bot.sources.feed_again import Answered, KnownEntries, read_again
from bot.sources.fetch import Fetcher
from bot.sources.fetched import Fetched, NotModified
from bot.sources.found import Found
from bot.sources.hub_links import hub_of, links_of_header
from bot.sources.page import read_page, too_few, usual_count
from bot.sources.profile import SiteProfile, SourceSpec
from bot.sources.reading_rules import body_mark, remembered, rules_mark
from bot.sources.saved import read_saved
from bot.sources.wordpress import read_posts

#: A page that shows far too few this many times in a row has changed for good.
_NEW_NORMAL: Final = 3


class SiteReader:
    """Reads the sources of one site."""

    def __init__(
        self,
        fetcher: Fetcher,
        profile: SiteProfile,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._fetcher = fetcher
        self._profile = profile
        self._clock = clock
        #: How often in a row each page has shown too few.
        self._short: dict[str, int] = {}
        #: By a feed's address: what is known of its entries, and which body that was.
        self._known: dict[str, tuple[str, KnownEntries]] = {}

    async def read(
        self, source: SourceSpec, state: SourceState, *, fresh: bool = False
    ) -> Reading | Unchanged:
        """Return what the source shows, or word that it is what it showed last time.

        `fresh` is what `Fetcher.fetch` says.

        Raises SourceError: what `Fetcher.fetch` and the readers raise; `no-teasers` for a source
        that showed articles and shows none; and `too-few-teasers` for a page with far fewer than
        usual; the third time in a row that is the new usual.
        """
        rules = rules_mark(self._profile, source)
        state = remembered(state, rules)
        url = posts_address(source.url) if source.kind == "wordpress" else source.url
        fetched = await self._fetcher.fetch(url, state.validators, fresh=fresh)
        if isinstance(fetched, NotModified):
            state = replace(state, validators=fetched.validators)
            return Unchanged(state=state, fresh_for=fetched.fresh_for)
        mark, found = await asyncio.to_thread(self._compared, fetched, source, rules, state)
        state = replace(state, validators=fetched.validators, body_hash=mark)
        if found is None:
            return Unchanged(state=state, fresh_for=fetched.fresh_for)
        notes = found.notes
        if fetched.moved_to:
            notes = (f"the source has moved for good, to {fetched.moved_to}", *notes)
        usual = self._usual(source, found.count, state.usual_count)
        header = links_of_header(fetched.links if source.kind == "feed" else ())
        return Reading(
            teasers=found.teasers,
            state=replace(state, usual_count=usual),
            notes=notes,
            hub=hub_of(header, found.links, fetched.url),
            fresh_for=fetched.fresh_for,
            unchanged=found.unchanged,
        )

    def read_file(self, path: Path) -> Reading:
        """Return what a saved feed, section page or answer of the REST interface holds.

        Raises SourceError as the readers do, and `no-file` where it cannot be read.
        """
        try:
            body = path.read_bytes()
        except OSError as error:
            why = error.strerror or "unreadable"
            raise SourceError("no-file", f"{path} cannot be read: {why}.") from None
        found = read_saved(body, profile=self._profile)
        return Reading(teasers=found.teasers, state=SourceState(), notes=found.notes)

    def _compared(
        self, fetched: Fetched, source: SourceSpec, rules: str, state: SourceState
    ) -> tuple[str, Found | None]:
        """Return what stands for the body, and what it holds; None where it is the last one."""
        mark = body_mark(rules, fetched.body)
        if mark == state.body_hash:
            return mark, None
        if source.kind == "feed":
            found = self._found_in_feed(fetched, source, state.body_hash, mark)
        else:
            found = self._found(fetched, source)
        return mark, found.within(self._profile.section(source.section))

    def _found_in_feed(
        self, fetched: Fetched, source: SourceSpec, stored: str | None, mark: str
    ) -> Found:
        """Leave out what was in the body that was `stored`, as the state says, if we read that."""
        of_body, known = self._known.pop(source.url, (None, None))
        answer = Answered(
            body=fetched.body,
            content_type=fetched.content_type,
            url=fetched.url,
            profile=self._profile,
            now=self._clock(),
        )
        found, known = read_again(answer, known if of_body == stored else None)
        if known:
            self._known[source.url] = mark, known
        return found

    def _found(self, fetched: Fetched, source: SourceSpec) -> Found:
        body, content_type, url = fetched.body, fetched.content_type, fetched.url
        profile = self._profile
        if source.kind == "wordpress":
            return read_posts(body, content_type=content_type, url=url, profile=profile)
        return read_page(
            body, content_type=content_type, url=url, profile=profile, selectors=source.selectors
        )

    def _usual(self, source: SourceSpec, count: int, usual: int | None) -> int:
        """Return the usual number of teasers from now on."""
        if not count and usual:
            raise SourceError(
                "no-teasers", f"The source shows no article any more, where it had about {usual}."
            )
        if source.kind != "page" or not too_few(count, usual):
            self._short.pop(source.url, None)
            return usual_count(count, usual)
        self._short[source.url] = self._short.get(source.url, 0) + 1
        if self._short[source.url] >= _NEW_NORMAL:
            del self._short[source.url]
            return count
        raise SourceError(
            "too-few-teasers",
            f"The page shows {count} articles instead of about {usual}: has its layout changed?",
        )
