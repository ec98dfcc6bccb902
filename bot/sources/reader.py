"""Reads a profile's sources: fetch, compare, parse off the event loop."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Final

from bot.domain.errors import SourceError
from bot.domain.reading import Reading, SourceState, Unchanged
from bot.sources.backfill import posts_address
from bot.sources.feed import read_feed
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

    def __init__(self, fetcher: Fetcher, profile: SiteProfile) -> None:
        self._fetcher = fetcher
        self._profile = profile
        #: How often in a row each page has shown too few.
        self._short: dict[str, int] = {}

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
        known, mark = state.body_hash, await asyncio.to_thread(body_mark, rules, fetched.body)
        state = replace(state, validators=fetched.validators, body_hash=mark)
        if mark == known:
            return Unchanged(state=state, fresh_for=fetched.fresh_for)
        found = await asyncio.to_thread(self._found, fetched, source)
        notes = found.notes
        if fetched.moved_to:
            notes = (f"the source has moved for good, to {fetched.moved_to}", *notes)
        usual = self._usual(source, len(found.teasers), state.usual_count)
        header = links_of_header(fetched.links if source.kind == "feed" else ())
        return Reading(
            teasers=found.teasers,
            state=replace(state, usual_count=usual),
            notes=notes,
            hub=hub_of(header, found.links, fetched.url),
            fresh_for=fetched.fresh_for,
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

    def _found(self, fetched: Fetched, source: SourceSpec) -> Found:
        body, content_type, url = fetched.body, fetched.content_type, fetched.url
        profile = self._profile
        if source.kind == "feed":
            found = read_feed(body, content_type=content_type, url=url, profile=profile)
        elif source.kind == "wordpress":
            found = read_posts(body, content_type=content_type, url=url, profile=profile)
        else:
            found = read_page(
                body,
                content_type=content_type,
                url=url,
                profile=profile,
                selectors=source.selectors,
            )
        return found.within(profile.section(source.section))

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
