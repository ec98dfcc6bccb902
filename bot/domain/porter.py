"""The Porter stemmer (M. F. Porter, "An algorithm for suffix stripping", 1980), for English words.

Words in other scripts, and words with digits, are their own stems.
"""

import re
from functools import lru_cache
from typing import Final

_CONSONANTS: Final = "[^aeiou][^aeiouy]*"
_VOWELS: Final = "[aeiouy][aeiou]*"
#: The paper's measure m counts vowel-consonant sequences in the stem.
_M_ABOVE_0: Final = re.compile(f"^({_CONSONANTS})?{_VOWELS}{_CONSONANTS}")
_M_IS_1: Final = re.compile(f"^({_CONSONANTS})?{_VOWELS}{_CONSONANTS}({_VOWELS})?$")
_M_ABOVE_1: Final = re.compile(f"^({_CONSONANTS})?{_VOWELS}{_CONSONANTS}{_VOWELS}{_CONSONANTS}")
_HAS_VOWEL: Final = re.compile(f"^({_CONSONANTS})?[aeiouy]")
#: The paper's *o: the stem ends consonant-vowel-consonant, the last not w, x or y.
_SHORT_END: Final = re.compile(f"^{_CONSONANTS}[aeiouy][^aeiouwxy]$")
_DOUBLE_END: Final = re.compile(r"([^aeiouylsz])\1$")
_STEMMABLE: Final = re.compile("[a-z]{3,}")

_STEP_2: Final = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize",
    "bli": "ble", "alli": "al", "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize",
    "ation": "ate", "ator": "ate", "alism": "al", "iveness": "ive", "fulness": "ful",
    "ousness": "ous", "aliti": "al", "iviti": "ive", "biliti": "ble", "logi": "log",
}  # fmt: skip
_STEP_3: Final = {
    "icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": "",
}  # fmt: skip
_STEP_4: Final = [
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ou", "ism",
    "ate", "iti", "ous", "ive", "ize",
]  # fmt: skip


def _longest_first(suffixes: list[str]) -> re.Pattern[str]:
    ordered = sorted(suffixes, key=len, reverse=True)
    return re.compile(f"^(.+?)({'|'.join(ordered)})$")


_SUFFIX_2: Final = _longest_first(list(_STEP_2))
_SUFFIX_3: Final = _longest_first(list(_STEP_3))
_SUFFIX_4: Final = _longest_first(_STEP_4)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of a folded word."""
    if not _STEMMABLE.fullmatch(word):
        return word
    # A leading y is a consonant; as a capital it escapes the vowel classes.
    first_is_y = word[0] == "y"
    word = "Y" + word[1:] if first_is_y else word
    for step in (_plural, _past_and_gerund, _final_y, _double_suffix, _suffix, _ending, _final_e):
        word = step(word)
    return word.lower() if first_is_y else word


def _plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _past_and_gerund(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _M_ABOVE_0.match(word[:-3]) else word
    ending = "ed" if word.endswith("ed") else "ing"
    bare = word.removesuffix(ending)
    if bare == word or not _HAS_VOWEL.match(bare):
        return word
    if bare.endswith(("at", "bl", "iz")) or _SHORT_END.match(bare):
        return bare + "e"
    return bare[:-1] if _DOUBLE_END.search(bare) else bare


def _final_y(word: str) -> str:
    return word[:-1] + "i" if word.endswith("y") and _HAS_VOWEL.match(word[:-1]) else word


def _double_suffix(word: str) -> str:
    return _replace(word, _SUFFIX_2, _STEP_2)


def _suffix(word: str) -> str:
    return _replace(word, _SUFFIX_3, _STEP_3)


def _replace(word: str, suffixes: re.Pattern[str], by: dict[str, str]) -> str:
    found = suffixes.match(word)
    if found and _M_ABOVE_0.match(found[1]):
        return found[1] + by[found[2]]
    return word


def _ending(word: str) -> str:
    found = _SUFFIX_4.match(word)
    bare = found[1] if found else re.sub("(?<=[st])ion$", "", word)
    return bare if bare != word and _M_ABOVE_1.match(bare) else word


def _final_e(word: str) -> str:
    bare = word.removesuffix("e")
    if bare != word and (
        _M_ABOVE_1.match(bare) or (_M_IS_1.match(bare) and not _SHORT_END.match(bare))
    ):
        word = bare
    return word[:-1] if word.endswith("ll") and _M_ABOVE_1.match(word) else word
