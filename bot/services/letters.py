"""Writes the messages for what is due: single alerts, bundles and editions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.article import Article
from bot.domain.subscriber import ChatKind, Subscriber
from bot.domain.timing import Bundle, Lot, Singles, Wait, decide_burst
from bot.services.records import Dispatchable
from bot.texts.alert import Correction
from bot.texts.bundle import bundle_title
from bot.texts.letter import Letter
from bot.texts.letters import alert_letter, corrected_digest_letter, digest_letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One message to one subscriber, and the deliveries that it carries."""

    subscriber: Subscriber
    letter: Letter
    deliveries: tuple[Dispatchable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """What is due for one subscriber: what goes now, and what waits for how long."""

    now: tuple[Envelope, ...]
    #: To be asked about again.
    later: tuple[Dispatchable, ...] = ()
    #: When what is left may go; None where it goes behind the present messages.
    until: datetime | None = None


class Letters:
    """Writes in each subscriber's language and zone; the site's zone where they chose none."""

    def __init__(self, site_zone: tzinfo) -> None:
        self._site_zone = site_zone

    def sort(
        self, due: Sequence[Dispatchable], recent: Sequence[datetime], now: datetime
    ) -> Sorting:
        """Decide how what is due for one subscriber goes; `recent` as in `decide_burst`.

        An edition goes first and as a whole, since the reader asked for it at its time.
        """
        ordered = sorted(due, key=lambda one: one.article.id)
        edition = [one for one in ordered if one.lot is Lot.EDITION]
        if edition:
            rest = tuple(one for one in ordered if one.lot is not Lot.EDITION)
            return Sorting(now=self._bundle(edition, Lot.EDITION), later=rest)
        match decide_burst(recent, len(ordered), now):
            case Wait(until):
                return Sorting(now=(), later=tuple(ordered), until=until)
            case Bundle():
                caught_up = any(one.lot is Lot.CATCH_UP for one in ordered)
                lot = Lot.CATCH_UP if caught_up else Lot.INSTANT
                return Sorting(now=self._bundle(ordered, lot))
            case Singles(count):
                singles = tuple(self._single(one) for one in ordered[:count])
                return Sorting(now=singles, later=tuple(ordered[count:]))

    def again(
        self,
        subscriber: Subscriber,
        articles: Sequence[Article],
        lot: Lot,
        saved: Collection[int] = (),
    ) -> Letter:
        """Return a message that was sent as it is to be now, after a correction.

        `saved` are the ids of those of the articles that are on the chat's reading list.
        """
        zone, language = self.zone_of(subscriber), subscriber.language
        if len(articles) == 1 and lot is not Lot.EDITION:
            (article,) = articles
            corrected = _correction(article)
            return alert_letter(
                article,
                zone=zone,
                language=language,
                corrected=corrected,
                is_saved=article.id in saved,
                only_opens=subscriber.kind is ChatKind.CHANNEL,
            )
        title = bundle_title(lot, len(articles), language)
        return corrected_digest_letter(articles, zone=zone, language=language, title=title)

    @property
    def site_zone(self) -> tzinfo:
        return self._site_zone

    def zone_of(self, subscriber: Subscriber) -> tzinfo:
        if subscriber.timezone is None:
            return self._site_zone
        try:
            return ZoneInfo(subscriber.timezone)
        except (ZoneInfoNotFoundError, ValueError):  # gone from the machine's tz database
            return self._site_zone

    def _single(self, one: Dispatchable) -> Envelope:
        letter = alert_letter(
            one.article,
            zone=self.zone_of(one.subscriber),
            language=one.subscriber.language,
            silent=one.silent,
            corrected=_correction(one.article, afresh=True) if one.came_before else None,
            is_saved=one.is_saved,
            only_opens=one.subscriber.kind is ChatKind.CHANNEL,
        )
        letter = replace(letter, reply_to=one.reply_to)
        return Envelope(subscriber=one.subscriber, letter=letter, deliveries=(one,))

    def _bundle(self, due: Sequence[Dispatchable], lot: Lot) -> tuple[Envelope, ...]:
        """Return the messages, the newest article first."""
        due = sorted(due, key=lambda one: one.article.id, reverse=True)
        subscriber = due[0].subscriber
        letters = digest_letters(
            [one.article for one in due],
            zone=self.zone_of(subscriber),
            language=subscriber.language,
            silent=all(one.silent for one in due),
            title=bundle_title(lot, len(due), subscriber.language),
        )
        envelopes: list[Envelope] = []
        left = list(due)
        for letter, count in letters:
            carried, left = tuple(left[:count]), left[count:]
            envelopes.append(Envelope(subscriber=subscriber, letter=letter, deliveries=carried))
        return tuple(envelopes)


def _correction(article: Article, *, afresh: bool = False) -> Correction | None:
    if article.corrected_at is None:
        return None
    former = article.former_headline or ""
    return Correction(former_headline=former, at=article.corrected_at, afresh=afresh)
