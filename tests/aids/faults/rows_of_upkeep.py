"""What only the bot notices; the reader who writes behind it is answered."""

from functools import partial
from typing import Final

from tests.aids.faults.catalogue import Family
from tests.aids.faults.row import LOST, OURS, Call, Table, add

ROWS: Final[Table] = {}
_row = partial(add, ROWS)

_DOWN: Final = ("telegram_unreachable", "telegram_reachable")
_SENSELESS: Final = (Family.GONE, Family.MOVED, Family.SILENCED, Family.TOPIC_GONE, *OURS)
_row(
    Call.UPDATES,
    Family.THROTTLED,
    "waited for as long as Telegram says",
    events=("telegram_throttled",),
)
_row(
    Call.UPDATES,
    Family.CONFLICT,
    "a single one comes from a process that is just ending",
    events=(),
)
_row(
    Call.UPDATES, (*_SENSELESS, Family.GATEWAY, Family.CUT, Family.SILENT, Family.UNREACHABLE),
    "tried again for as long as it takes; one event for each end of it", events=_DOWN,
)  # fmt: skip
_row(
    Call.START, Family.THROTTLED, "waited for as long as Telegram says",
    events=("telegram_throttled", "telegram_connected"),
)  # fmt: skip
_row(
    Call.START, (*_SENSELESS, *LOST, Family.UNREACHABLE),
    "tried again in the background; the rest of the program has started",
    events=(*_DOWN, "telegram_connected"),
)  # fmt: skip
_row(
    Call.WEBHOOK, Family.THROTTLED, "waited for as long as Telegram says",
    events=("telegram_throttled", "webhook_set"),
)  # fmt: skip
_row(
    Call.WEBHOOK, (*_SENSELESS, *LOST), "tried again for as long as it takes, as fetching is",
    events=(*_DOWN, "webhook_set"),
)  # fmt: skip
_row(
    Call.MENU, (*_SENSELESS, *LOST, Family.THROTTLED, Family.TOKEN),
    "a menu is a convenience: told, and nobody waits for it", events=("menu_not_set",),
)  # fmt: skip
