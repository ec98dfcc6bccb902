"""The chart of the last days: a picture, and the same in words under it."""

from typing import Final

import structlog

from bot.domain.errors import ChartError
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.turn import Changes, Parcel, Press, Reaction, Turn
from bot.texts.chart import chart_letter, delivery_chart
from bot.texts.letter import Document
from bot.texts.places import place_of
from bot.texts.translations import SOURCE

log = structlog.get_logger(__name__)

_NAME: Final = "dekbot-alerts.png"


async def send_chart(turn: Turn, _arguments: Arguments) -> Reaction:
    """Send the picture as a message of its own; the words alone where it cannot be drawn."""
    days = await turn.services.administration.days(turn.zone)
    zone = str(turn.zone)
    places = [place_of(zone, language) for language in (turn.language, SOURCE)]
    letter = chart_letter(days, turn.language, places[0])
    address = turn.subscriber.address
    try:
        picture = await turn.services.charts.draw(delivery_chart(days, turn.language, places))
    except ChartError as error:
        log.warning("chart_failed", fault=str(error))
        toast = turn.texts.plain("chart.failed")
        return Reaction(
            outcome="not drawn", toast=toast, parcels=(Parcel(to=address, letter=letter),)
        )
    document = Document(
        name=_NAME, content=picture, mime_type="image/png", instead=letter, is_shown=True
    )
    parcel = Parcel(to=address, letter=letter, document=document)
    return Reaction(outcome="drawn", parcels=(parcel,))


PRESSES: Final = {"admin-chart": Press(send_chart, Changes.ALWAYS)}
