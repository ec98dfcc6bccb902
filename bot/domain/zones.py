"""Finds the time zone that a reader means by what they typed.

The rules, in their order:

1. A name of the zone database with its region is that zone, whatever its case, accents, hyphens
   and spaces: `asia/seoul`, `America/new york`.
2. An offset of whole hours is a zone without summer time: `UTC+9`, `GMT-5`, `+09:00`. Other
   offsets, such as +5:30, leave the choice among the zones that have them.
3. Names of countries, cities and short forms that the database does not have, or has for another
   purpose, are looked up in `bot.domain.zone_names`: Beijing, Geneva, KST, EST.
4. The city alone is its zone: `seoul`, `New York`.
5. What names several zones leaves the choice: `USA`, `CST`.
6. Behind a comma may stand what the name belongs to: `Rome, Italy`. It does not count.
7. What names none leaves the choice among the nearest names, if there are any.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from bot.domain.parse_fault import FaultKey, fault
from bot.domain.zone_names import LANGUAGES, OTHER_NAMES, REGIONS, UNEVEN_OFFSETS, bare

_OFFSET: Final = re.compile(
    r"(?:utc|gmt)?\s*(?P<sign>[+\-\u2212\u2013])\s*(?P<hours>\d{1,2})(?:[:.]?(?P<minutes>\d\d))?",
    re.IGNORECASE,
)
#: The database's own range; its names count westwards.
_OFFSETS: Final = range(-12, 15)
_REGIONS: Final = frozenset((
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe",
    "Indian", "Pacific",
))  # fmt: skip
_BARE_REGIONS: Final = frozenset(bare(region) for region in _REGIONS)
#: Zones for machines, not for readers to be offered.
_NOT_OFFERED: Final = frozenset(("posix", "right", "Etc", "SystemV"))
_MOST_CANDIDATES: Final = 6
_LONGEST_NAME: Final = 60
_NEAR: Final = 0.72
_SHORTEST_PART: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneAnswer:
    """One zone, or several to choose from, or none."""

    #: As typed, on one line and clipped.
    typed: str
    #: An available name; None where there is a choice or nothing.
    name: str | None = None
    #: Available names, the likeliest first; empty where there is a name.
    candidates: tuple[str, ...] = ()


def find_zone(text: str, available: Collection[str]) -> ZoneAnswer:
    """Return what the text stands for among the available IANA names."""
    typed = fault(FaultKey.NOT_UNDERSTOOD, text).part
    name = bare(text[:_LONGEST_NAME])
    offset = _OFFSET.fullmatch(text.strip())
    if offset:
        return _answer(typed, _by_offset(offset), available)
    if not name:
        return ZoneAnswer(typed=typed)
    found = _exactly(text, available) or _by_name(name, available)
    if not found and "," in text:
        found = _by_name(bare(text.split(",", maxsplit=1)[0]), available)
    return _answer(typed, found, available) if found else _nearest(typed, name, available)


def guess_zone(language_code: str | None) -> str | None:
    """Return the IANA name to propose to whom Telegram says to speak that language; or None.

    Only where the language or its region speaks for one zone: `ko`, `en-GB`, not `en` or `es`.
    """
    language, *regions = (language_code or "").casefold().replace("_", "-").split("-")
    zones = (REGIONS[region] for region in reversed(regions) if region in REGIONS)
    return next(zones, LANGUAGES.get(language))


def _answer(typed: str, zones: Iterable[str], available: Collection[str]) -> ZoneAnswer:
    found = [zone for zone in dict.fromkeys(zones) if zone in available]
    if len(found) == 1:
        return ZoneAnswer(typed=typed, name=found[0])
    return ZoneAnswer(typed=typed, candidates=tuple(found[:_MOST_CANDIDATES]))


def _by_offset(offset: re.Match[str]) -> Sequence[str]:
    sign = 1 if offset["sign"] == "+" else -1
    hours, minutes = int(offset["hours"]), int(offset["minutes"] or 0)
    if minutes:
        return UNEVEN_OFFSETS.get(sign * (hours * 60 + minutes), ())
    if sign * hours not in _OFFSETS:
        return ()
    return (f"Etc/GMT{-sign * hours:+d}" if hours else "Etc/UTC",)


def _exactly(text: str, available: Collection[str]) -> list[str]:
    """Return the zone that is written so but for case: Etc/GMT-9 and Etc/GMT+9 are two."""
    name = text.strip().replace(" ", "_").casefold()
    return [zone for zone in available if "/" in zone and zone.casefold() == name]


def _by_name(name: str, available: Collection[str]) -> list[str]:
    whole = [zone for zone in available if bare(zone) == name and _is_whole(zone)]
    other = [zone for zone in OTHER_NAMES.get(name, ()) if zone in available]
    return whole or other or _by_city(name, available) or _unregional(name, available)


def _is_whole(zone: str) -> bool:
    """Return whether the name says its region."""
    return "/" in zone and zone.split("/", maxsplit=1)[0] in _REGIONS


def _by_city(name: str, available: Collection[str]) -> list[str]:
    """Return the zone of the city; where the database has it twice, the shorter name."""
    found = [zone for zone in _offered(available) if bare(zone.rsplit("/", 1)[-1]) == name]
    return sorted(found, key=lambda zone: (zone.count("/"), zone))[:1]


def _unregional(name: str, available: Collection[str]) -> list[str]:
    """Return the zones outside the regions, as in US/Pacific, that have the name."""
    zones = [zone for zone in available if zone.split("/", maxsplit=1)[0] not in _NOT_OFFERED]
    return sorted(zone for zone in zones if name in {bare(zone), bare(zone.rsplit("/", 1)[-1])})


def _nearest(typed: str, name: str, available: Collection[str]) -> ZoneAnswer:
    if name in _BARE_REGIONS:
        return ZoneAnswer(typed=typed)
    cities = {bare(zone.rsplit("/", 1)[-1]): (zone,) for zone in _offered(available)}
    names = {**cities, **OTHER_NAMES}
    within = sorted(each for each in names if len(name) >= _SHORTEST_PART and name in each)
    close = get_close_matches(name, sorted(names), n=_MOST_CANDIDATES, cutoff=_NEAR)
    zones = [zone for each in (*close, *within) for zone in names[each]]
    found = [zone for zone in dict.fromkeys(zones) if zone in available]
    return ZoneAnswer(typed=typed, candidates=tuple(found[:_MOST_CANDIDATES]))


def _offered(available: Collection[str]) -> list[str]:
    return sorted(zone for zone in available if zone.split("/", maxsplit=1)[0] in _REGIONS)
