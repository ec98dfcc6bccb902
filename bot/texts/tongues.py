"""Languages by name, as readers write them and as they call themselves."""

from babel import Locale

from bot.texts.catalogue import locale_of
from bot.texts.clip import clean
from bot.texts.translations import languages, spoken


def own_name(language: str) -> str:
    """Return what one of the languages calls itself, such as "English" or "한국어"."""
    name = _name(language, _locale(language))
    return name[:1].upper() + name[1:]


def find_language(typed: str, reading: str) -> str | None:
    """Return the language that a text names; None where it names none of ours.

    By its tag, such as "ko" or "ko-KR", or by its name in any of the languages, the one that the
    reader reads among them.
    """
    wanted = clean(typed).casefold()
    readers = [*map(_locale, languages()), locale_of(reading)]
    for language in languages():
        if wanted in {_name(language, reader).casefold() for reader in readers}:
            return language
    return spoken(wanted)


def _name(language: str, reader: Locale) -> str:
    return str(_locale(language).get_display_name(reader) or language)


def _locale(language: str) -> Locale:
    """Return the language's locale, without the region that it may mean."""
    return Locale.parse(language, sep="-")
