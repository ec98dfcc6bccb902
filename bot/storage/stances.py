"""How stances are written in the database: signs, so that one MIN finds a mute among follows."""

from typing import Final

from bot.domain.matching import Stance

SIGNS: Final = {Stance.FOLLOW: 1, Stance.MUTE: -1}
STANCES: Final = {sign: stance for stance, sign in SIGNS.items()}
