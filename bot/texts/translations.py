"""The languages that there are texts in, and what the English texts are in them.

Every language but English is one gettext file, `languages/<tag>.po`: an entry's context is our key,
its id the English text. So a translation of what English no longer says is none. A file is read
when its language is first spoken, and once.
"""

from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE: Final = "en"
_FOLDER: Final = files("bot.texts") / "languages"
_ENDING: Final = ".po"


@cache
def languages() -> tuple[str, ...]:
    """Return the tags of the languages, in their order."""
    names = (file.name for file in _FOLDER.iterdir())
    translated = (name.removesuffix(_ENDING) for name in names if name.endswith(_ENDING))
    return tuple(sorted((SOURCE, *translated)))


@lru_cache(maxsize=256)
def spoken(language: str) -> str | None:
    """Return the language that stands for an IETF tag, such as "ko" for "ko-KR"; None for none."""
    parts = language.replace("_", "-").lower().split("-")
    tags = ("-".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((tag for tag in tags if tag in languages()), None)


@cache
def translation(language: str) -> NullTranslations:
    """Return the translation into one of the languages; what it lacks stays English."""
    if language == SOURCE:
        return NullTranslations()
    compiled = BytesIO()
    with (_FOLDER / f"{language}{_ENDING}").open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return GNUTranslations(compiled)
