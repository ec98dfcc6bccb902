"""Which words the fonts of this machine can write."""

from collections.abc import Iterator, Sequence
from typing import Final

from matplotlib.font_manager import FontEntry, fontManager, get_font

from bot.domain.chart import ChartWords

#: Comes with matplotlib, and has Latin, Greek and Cyrillic letters.
_OWN: Final = "DejaVu Sans"
_PLAIN_WEIGHTS: Final = (400, "regular", "normal", "book")


def writable(choices: Sequence[ChartWords]) -> tuple[ChartWords, list[str]]:
    """Return the first words that can be written, and the fonts to write them with.

    The last choice is taken where none can.
    """
    for words in choices:
        fonts = _fonts_for(_letters(words))
        if fonts:
            return words, fonts
    return choices[-1], [_OWN]


def _letters(words: ChartWords) -> set[int]:
    texts = [getattr(words, name) for name in words.__dataclass_fields__]
    written = "".join("".join(one) if isinstance(one, tuple) else one for one in texts)
    return {ord(letter) for letter in written if letter.isprintable() and not letter.isspace()}


def _fonts_for(letters: set[int]) -> list[str]:
    """Return matplotlib's own font, and one more where that lacks letters; none where all do."""
    missing = letters
    for font in _plain_fonts():
        lacking = letters - set(get_font(font.fname).get_charmap())
        if font.name == _OWN:
            missing = lacking
            if not missing:
                return [_OWN]
        elif not lacking & missing:
            return [_OWN, font.name]
    return []


def _plain_fonts() -> Iterator[FontEntry]:
    """Yield upright fonts of usual weight: matplotlib's own, then those without serifs, by name."""
    plain = [one for one in fontManager.ttflist if one.style == "normal"]
    usual = [one for one in plain if one.weight in _PLAIN_WEIGHTS]
    yield from sorted(usual, key=lambda one: (one.name != _OWN, "Sans" not in one.name, one.name))
