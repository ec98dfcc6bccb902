"""How fast alerts go, against Telegram's limits."""

from datetime import timedelta
from typing import Final

from bot.app.checks.database import Stored
from bot.app.checks.findings import ok, warning
from bot.app.checks.wording import length
from bot.services.reports import Finding
from bot.settings import Settings

#: About so many alerts a second are free.
FREE_RATE: Final = 30
#: News that takes longer to reach everybody is late.
_SLOW: Final = timedelta(hours=1)


def pace(settings: Settings, database: Stored) -> list[Finding]:
    rate = settings.send_rate
    chats = database.active_chats
    text = f"{rate:g} alerts a second"
    if rate > FREE_RATE:
        text += f", as paid broadcasts (0.1 Stars each): above {FREE_RATE} Telegram charges"
    else:
        text += f"; Telegram allows about {FREE_RATE}"
    if not chats:
        return [ok("send rate", text)]
    took = timedelta(seconds=chats / rate)
    text += f". To reach every active chat ({chats}) takes {length(took)}"
    if took > _SLOW:
        return [warning("send rate", text, "raise DEKBOT_SEND_RATE")]
    return [ok("send rate", text)]
