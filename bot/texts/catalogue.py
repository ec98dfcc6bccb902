"""Every text that readers see, by key and language.

A catalogue maps keys to texts with `{placeholders}`; a text that depends on a number is a mapping
of the language's plural categories (CLDR: one, few, many, other …) instead. A language without a
catalogue reads English; dates follow the reader's language all the same.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.lists import format_list

from bot.texts.english import ENGLISH
from bot.texts.escape import Html, escape

Entry = str | Mapping[str, str]
Catalogue = Mapping[str, Entry]

CATALOGUES: Final[Mapping[str, Catalogue]] = {"en": ENGLISH}
_FALLBACK: Final = "en"
#: The region whose forms a bare language means, where that is not the one Babel takes.
_REGIONS: Final = {"en": "en_GB"}


class Texts:
    """The texts in one language; `language` is an IETF tag as Telegram tells it."""

    def __init__(self, language: str) -> None:
        base = language.replace("_", "-").split("-")[0].lower()
        self.language = base if base in CATALOGUES else _FALLBACK
        self._catalogue = CATALOGUES[self.language]
        self._locale = locale_of(self.language)

    def t(self, key: str, **values: object) -> Html:
        """Return the text as HTML; values are escaped unless they are `Html`."""
        safe = {name: escape(_as_text(value)) for name, value in values.items()}
        return Html(self._form(key, values).format(**safe))

    def n(self, key: str, count: int, **values: object) -> Html:
        """Return the text for that number of things; the number itself is `{count}`."""
        return self.t(key, count=count, **values)

    def plain(self, key: str, **values: object) -> str:
        """Return the text without any markup, for buttons and the like."""
        return self._form(key, values).format(**values)

    def listing(self, items: Sequence[str]) -> Html:
        """Return "A, B and C" as HTML."""
        return Html(format_list([escape(item) for item in items], locale=self._locale))

    def _form(self, key: str, values: Mapping[str, object]) -> str:
        entry = self._catalogue[key]
        if isinstance(entry, str):
            return entry
        count = values["count"]
        if not isinstance(count, int):
            raise TypeError(f"{key} needs a number as its count, not {count!r}")
        return entry.get(self._locale.plural_form(count), entry["other"])


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else str(value)


@lru_cache(maxsize=256)
def locale_of(language: str) -> Locale:
    """Return Babel's locale for an IETF tag; British English for an unknown one."""
    tag = language.replace("-", "_")
    try:
        return Locale.parse(_REGIONS.get(tag.lower(), tag))
    except (ValueError, UnknownLocaleError):
        base = tag.split("_")[0]
        return locale_of(base) if base not in (tag, "") else Locale.parse(_REGIONS[_FALLBACK])
