"""Time zones as readers know them: by a city, within a part of the world.

The zone database has many names for what is one zone today (Asia/Calcutta, US/Eastern). All can be
typed; lists show each zone once, under the name that Unicode's CLDR holds for the right one.
"""

from collections.abc import Collection, Mapping
from functools import cache
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
#: Where CLDR has the name of former days, or none yet.
_RENAMED: Final = {
    ("ko", "America/Coyhaique"): "코이아이케",
    ("ko", "America/Nuuk"): "누크",
    ("ko", "Asia/Ho_Chi_Minh"): "호찌민",
    ("ko", "Europe/Kyiv"): "키이우",
}
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
    locale = locale_of(language)
    names = (zone, *_former_names().get(zone, ()))
    told = (locale.time_zones.get(name, {}).get("city") for name in names)
    renamed = _RENAMED.get((locale.language, zone))
    return renamed or str(next(filter(None, told), zone.rsplit("/", 1)[-1].replace("_", " ")))


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


@cache
def _former_names() -> Mapping[str, list[str]]:
    """Return what zones were called before; cities stand under the oldest name (Asia/Saigon)."""
    names: dict[str, list[str]] = {}
    for former, name in _aliases().items():
        names.setdefault(name, []).append(former)
    return names


def _region(zone: str) -> str | None:
    """Return the part of the world; None for a name outside of all."""
    first, slash, _ = zone.partition("/")
    return _MOVED.get(first, first) if slash else None
