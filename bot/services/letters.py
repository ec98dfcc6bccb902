"""Writes the messages for what is due: single alerts, or digests where it would be a burst."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.delivery import is_burst
from bot.domain.subscriber import Subscriber
from bot.services.records import Dispatchable
from bot.texts.letter import Letter
from bot.texts.letters import alert_letter, digest_letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One message to one subscriber, and the deliveries that it carries."""

    subscriber: Subscriber
    letter: Letter
    deliveries: tuple[Dispatchable, ...]


class Letters:
    """Writes in each subscriber's language and zone; the site's zone where they chose none."""

    def __init__(self, site_zone: tzinfo) -> None:
        self._site_zone = site_zone

    def enclose(self, due: Sequence[Dispatchable]) -> list[Envelope]:
        """Return the messages for what is due for one subscriber, oldest article first."""
        subscriber = due[0].subscriber
        zone = self.zone_of(subscriber)
        language = subscriber.language
        ordered = sorted(due, key=lambda one: one.article.id)
        if not is_burst([one.delivery for one in ordered]):
            return [
                Envelope(
                    subscriber=subscriber,
                    letter=alert_letter(one.article, zone=zone, language=language),
                    deliveries=(one,),
                )
                for one in ordered
            ]
        articles = [one.article for one in ordered]
        envelopes: list[Envelope] = []
        for letter, count in digest_letters(articles, zone=zone, language=language):
            carried, ordered = tuple(ordered[:count]), ordered[count:]
            envelopes.append(Envelope(subscriber=subscriber, letter=letter, deliveries=carried))
        return envelopes

    def zone_of(self, subscriber: Subscriber) -> tzinfo:
        if subscriber.timezone is None:
            return self._site_zone
        try:
            return ZoneInfo(subscriber.timezone)
        except (ZoneInfoNotFoundError, ValueError):  # gone from the machine's tz database
            return self._site_zone
