"""Time zones as readers know them: by a city, within a part of the world.

The zone database has many names for what is one zone today (Asia/Calcutta, US/Eastern). All can be
typed; lists show each zone once, under the name that Unicode's CLDR holds for the right one.
"""

from collections.abc import Collection, Mapping
from typing import Final

from babel.core import get_global

from bot.texts.catalogue import locale_of

UTC_NAME: Final = "Etc/UTC"
#: The parts of the world, in the order of the lists, with the keys of their names.
REGIONS: Final[Mapping[str, str]] = {
    "Asia": "zone.asia",
    "Europe": "zone.europe",
    "America": "zone.america",
    "Africa": "zone.africa",
    "Australia": "zone.australia",
    "Pacific": "zone.pacific",
    "Atlantic": "zone.atlantic",
    "Indian": "zone.indian",
    "Antarctica": "zone.antarctica",
}
#: Svalbard alone does not make a part of the world.
_MOVED: Final = {"Arctic": "Europe"}
#: The names of the database count westwards: Etc/GMT-9 is nine hours before UTC.
_OFFSET: Final = "Etc/GMT"


def place_of(zone: str, language: str) -> str:
    """Return the city of an IANA zone in that language, such as "New York"; "UTC+9" for Etc's."""
    if zone.startswith(_OFFSET):
        signs = {"-": "+", "+": "\u2212"}
        written = zone.removeprefix(_OFFSET)
        return f"UTC{signs[written[0]]}{written[1:]}" if written[:1] in signs else "UTC"
    if zone.startswith("Etc/"):
        return "UTC"
    told = locale_of(language).time_zones.get(zone, {}).get("city")
    return str(told) if told else zone.rsplit("/", 1)[-1].replace("_", " ")


def zone_called(place: str, available: Collection[str], language: str) -> str | None:
    """Return the zone of a city as that language calls it, such as "뉴욕"; None for none."""
    wanted = place.strip().casefold()
    found = (zone for zone in available if place_of(zone, language).casefold() == wanted)
    return next(iter(sorted(found, key=lambda zone: (zone in _aliases(), zone))), None)


def zones_in(region: str, available: Collection[str], language: str) -> list[str]:
    """Return the zones of one of the regions, each once, in the order of their cities."""
    found = [zone for zone in available if _region(zone) == region and zone not in _aliases()]
    return sorted(found, key=lambda zone: (place_of(zone, language).casefold(), zone))


def _aliases() -> Mapping[str, str]:
    return get_global("zone_aliases")


def _region(zone: str) -> str | None:
    """Return the part of the world; None for a name outside of all."""
    first, slash, _ = zone.partition("/")
    return _MOVED.get(first, first) if slash else None
