"""The files of the languages, as tests look at them."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message

from bot.texts import translations
from bot.texts.translations import SOURCE, languages
from translating.catalogues import read

FOLDER: Final = Path(translations.__file__).parent / "languages"
TRANSLATED: Final = [language for language in languages() if language != SOURCE]


@cache
def catalogue(language: str) -> Catalog:
    return read((FOLDER / f"{language}.po").read_bytes())


def entries(language: str) -> Iterator[tuple[str, Message]]:
    """Yield each entry with its key."""
    for message in catalogue(language):
        if message.id:
            yield str(message.context), message
