"""How choices are written in the database: as numbers, so that a MIN or a MAX decides."""

from typing import Final

from bot.domain.matching import Stance
from bot.domain.timing import Lot

#: One MIN finds a mute among follows.
SIGNS: Final = {Stance.FOLLOW: 1, Stance.MUTE: -1}
STANCES: Final = {sign: stance for stance, sign in SIGNS.items()}

LOT_NUMBERS: Final = {Lot.INSTANT: 0, Lot.EDITION: 1, Lot.CATCH_UP: 2}
LOTS: Final = {number: lot for lot, number in LOT_NUMBERS.items()}
