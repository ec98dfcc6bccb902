"""What counts as a word, in the archive and in queries alike.

A word is a run of letters and digits, folded (lower case, no accents), then stemmed. The index
holds exactly what `stems` returns and the evaluator compares the same, so that both always agree,
whatever the script and whatever the Unicode version of the database.
"""

import re
from typing import Final

from bot.domain.porter import stem
from bot.domain.topic import fold

_WORD: Final = re.compile(r"[^\W_]+")
#: A longer run of letters is no word; the index need not carry it whole.
_LONGEST: Final = 64


def words(text: str) -> list[str]:
    """Return the folded words in their order."""
    return [word[:_LONGEST] for word in _WORD.findall(fold(text))]


def stems(text: str) -> list[str]:
    """Return the stem of each word, in order."""
    return [stem(word) for word in words(text)]


def inflected(text: str) -> list[str]:
    """Return, once each, the words that differ from their stems.

    A prefix is compared with these too: `denucleari*` finds "denuclearization", whose stem is
    shorter than the prefix.
    """
    return list(dict.fromkeys(word for word in words(text) if stem(word) != word))
