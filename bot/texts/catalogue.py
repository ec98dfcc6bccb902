"""Every text that readers see, by key and language.

English maps keys to texts with `{placeholders}`; a text that depends on a number is a mapping with
its singular (`one`) and its plural (`other`). Other languages translate them with as many forms as
they have, see `bot.texts.translations`. A language without a translation reads English; dates
follow the reader's language all the same.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from babel.numbers import format_decimal

from bot.texts.english import ENGLISH
from bot.texts.escape import Html, escape
from bot.texts.translations import SOURCE, spoken, translation

Entry = str | Mapping[str, str]

#: The region whose forms a bare language means, where that is not the one Babel takes.
_REGIONS: Final = {"en": "en_GB"}
#: Smaller numbers are written alike everywhere.
_FIRST_GROUPED: Final = 1000


class Texts:
    """The texts in one language; `language` is an IETF tag as Telegram tells it."""

    def __init__(self, language: str) -> None:
        self.language = spoken(language) or SOURCE
        self._translation = translation(self.language)
        self._locale = locale_of(self.language)

    def t(self, key: str, **values: object) -> Html:
        """Return the text as HTML; values are escaped unless they are `Html`."""
        safe = {name: escape(self._written(value)) for name, value in values.items()}
        return Html(self._form(key, values).format(**safe))

    def n(self, key: str, count: int, **values: object) -> Html:
        """Return the text for that number of things; the number itself is `{count}`."""
        return self.t(key, count=count, **values)

    def plain(self, key: str, **values: object) -> str:
        """Return the text without any markup, for buttons and the like."""
        written = {name: self._written(value) for name, value in values.items()}
        return self._form(key, values).format(**written)

    def listing(self, items: Sequence[str]) -> Html:
        """Return "A, B and C" as HTML."""
        return Html(format_list([escape(item) for item in items], locale=self._locale))

    def commas(self, items: Sequence[str]) -> str:
        """Return "A, B, C", to be followed by more; HTML where the items are."""
        pattern = self._locale.list_patterns["standard"]["middle"]
        written = items[0] if items else ""
        for item in items[1:]:
            written = pattern.format(written, item)
        return written

    def _form(self, key: str, values: Mapping[str, object]) -> str:
        entry = ENGLISH[key]
        if isinstance(entry, str):
            return self._translation.pgettext(key, entry)
        count = values["count"]
        if not isinstance(count, int):
            raise TypeError(f"{key} needs a number as its count, not {count!r}")
        return self._translation.npgettext(key, entry["one"], entry["other"], count)

    def _written(self, value: object) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, int) and value >= _FIRST_GROUPED:
            return format_decimal(value, locale=self._locale)
        return str(value)


@lru_cache(maxsize=256)
def locale_of(language: str) -> Locale:
    """Return Babel's locale for an IETF tag; British English for an unknown one."""
    tag = language.replace("-", "_")
    try:
        return Locale.parse(_REGIONS.get(tag.lower(), tag))
    except (ValueError, UnknownLocaleError):
        base = tag.split("_")[0]
        return locale_of(base) if base not in (tag, "") else Locale.parse(_REGIONS[SOURCE])
