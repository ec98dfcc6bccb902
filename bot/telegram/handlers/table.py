"""Every command and every button's action, by name."""

from collections.abc import Mapping
from typing import Final

from bot.telegram.handlers import (
    alert_buttons,
    following,
    naming,
    pausing,
    reading,
    searching,
    topic_list,
    welcome,
)
from bot.telegram.handlers.turn import Command, Press

COMMANDS: Final[Mapping[str, Command]] = {
    **welcome.COMMANDS,
    **topic_list.COMMANDS,
    **naming.COMMANDS,
    **following.COMMANDS,
    **reading.COMMANDS,
    **searching.COMMANDS,
    **pausing.COMMANDS,
}
PRESSES: Final[Mapping[str, Press]] = {
    **topic_list.PRESSES,
    **naming.PRESSES,
    **following.PRESSES,
    **reading.PRESSES,
    **searching.PRESSES,
    **pausing.PRESSES,
    **alert_buttons.PRESSES,
}
