"""Time zones by buttons: the parts of the world, and their cities."""

from datetime import tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from bot.telegram.calls import StaleButtonError
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.paging import sheet, turning
from bot.telegram.handlers.turn import Press, Reaction, Turn
from bot.texts.clip import clip, width
from bot.texts.dates import format_clock_at
from bot.texts.escape import joined
from bot.texts.letter import Button, Call, Letter, Rows
from bot.texts.places import REGIONS, UTC_NAME, place_of, zones_in

#: Two beside each other, so that a part of the world is a few pages long.
_CITIES: Final = 16
_LONGEST_CITY: Final = 18


def place_now(turn: Turn, zone: tzinfo) -> tuple[str, str]:
    """Return the zone's city and what its clocks show now."""
    clock = format_clock_at(turn.services.clock(), zone, turn.language)
    return place_of(str(zone), turn.language), clock


def region_rows(turn: Turn) -> Rows:
    """Return a button to each part of the world, and one for UTC."""
    texts = turn.texts
    regions = [
        Button(text=texts.plain(key), call=Call(action="zones", arguments=(region, 0)))
        for region, key in REGIONS.items()
    ]
    call = Call(action="zone-set", arguments=(UTC_NAME,))
    return buttons.laid_out([*regions, Button(text=texts.plain("zone.utc"), call=call)])


def zone_button(turn: Turn, zone: str) -> Button:
    """Return a button that chooses the zone, with what its clocks show."""
    place, clock = place_now(turn, ZoneInfo(zone))
    text = turn.texts.plain("zone.choice", place=clip(place, _LONGEST_CITY, width), clock=clock)
    return Button(text=text, call=Call(action="zone-set", arguments=(zone,)))


async def open_region(turn: Turn, arguments: Arguments) -> Reaction:
    """Show a page of a region's cities."""
    region, page = arguments.word(), arguments.page()
    if region not in REGIONS:
        raise StaleButtonError
    return Reaction(letter=_region(turn, region, page), outcome="listed")


def _region(turn: Turn, region: str, page: int) -> Letter:
    texts = turn.texts
    zones = zones_in(region, turn.services.zone_names, turn.language)
    shown = sheet(zones, page, size=_CITIES)
    lines = [texts.t("zone.region", region=texts.plain(REGIONS[region]))]
    if shown.of > 1:
        lines.append(texts.t("list.page", page=shown.number + 1, pages=shown.of))
    back, more = texts.plain("list.previous"), texts.plain("list.next")
    pages = turning(
        (back, _call(region, shown.number - 1)) if shown.number else None,
        (more, _call(region, shown.number + 1)) if shown.number < shown.of - 1 else None,
    )
    regions = Button(text=texts.plain("zone.regions"), call=Call(action="zone"))
    rows = (*_cities(turn, shown.items), pages, (regions,), buttons.settings_row(texts))
    return Letter(html=joined("\n\n", lines), rows=rows)


def _cities(turn: Turn, zones: tuple[str, ...]) -> Rows:
    cities = [
        Button(
            text=clip(place_of(zone, turn.language), buttons.LONGEST, width),
            call=Call(action="zone-set", arguments=(zone,)),
        )
        for zone in zones
    ]
    return buttons.paired(cities)


def _call(region: str, page: int) -> Call:
    return Call(action="zones", arguments=(region, page))


PRESSES: Final = {"zones": Press(open_region)}
