"""A language's file: what it should hold, and how it is written."""

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from bot.texts.catalogue import Entry

_WIDTH: Final = 100
_FUZZY: Final = "fuzzy"
#: What changes by itself is not written.
_HEADERS: Final = ("Language:", "Plural-Forms:", "MIME-Version:", "Content-T")


def read(file: bytes) -> Catalog:
    return read_po(BytesIO(file))


def begun(language: str) -> Catalog:
    """Return the catalogue of a language that has no texts yet."""
    return Catalog(locale=language.replace("-", "_"))


def updated(before: Catalog, texts: Mapping[str, Entry], notes: Mapping[str, str]) -> Catalog:
    """Return the catalogue with an entry for each text, in the order of the texts, and no other.

    What is new has an empty translation. Where the English text changed, the translation stays and
    is marked as fuzzy.
    """
    after = Catalog(locale=before.locale, fuzzy=False)
    known = {message.context: message for message in before if message.id}
    for key, entry in texts.items():
        old = known.get(key) or Message("")
        ids = ids_of(entry)
        after.add(
            ids,
            _string(old, ids, after.num_plurals),
            context=key,
            flags=_flags(old, ids),
            auto_comments=[notes[key]] if key in notes else (),
            user_comments=old.user_comments,
        )
    return after


def written(catalog: Catalog) -> bytes:
    """Return the catalogue as its file holds it: the same for the same texts, on any day."""
    file = BytesIO()
    write_po(file, catalog, width=_WIDTH, ignore_obsolete=True)
    return b"".join(_kept(file.getvalue()))


def unfinished(catalog: Catalog) -> list[str]:
    """Return the keys whose translation is missing or fuzzy."""
    return [
        str(message.context)
        for message in catalog
        if message.id and (message.fuzzy or not is_whole(message, catalog.num_plurals))
    ]


def is_whole(message: Message, plurals: int) -> bool:
    """Return whether the translation has all its forms, none of them empty."""
    forms = as_tuple(message.string)
    return all(forms) and len(forms) == (1 if isinstance(message.id, str) else plurals)


def ids_of(entry: Entry) -> str | tuple[str, str]:
    return entry if isinstance(entry, str) else (entry["one"], entry["other"])


def as_tuple(told: str | Iterable[str] | None) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else tuple(told or ())


def _string(old: Message, ids: str | tuple[str, str], plurals: int) -> str | tuple[str, ...]:
    """Return the old translation in as many forms as the text has now."""
    forms = as_tuple(old.string)
    if isinstance(ids, str):
        return forms[-1]
    return (*forms, *(forms[-1:] * plurals))[:plurals]


def _flags(old: Message, ids: str | tuple[str, str]) -> set[str]:
    """Return what is to be said of the translation; one that is missing cannot be wrong."""
    if not any(as_tuple(old.string)):
        return set()
    return old.flags | ({_FUZZY} if as_tuple(old.id) != as_tuple(ids) else set())


def _kept(file: bytes) -> Iterator[bytes]:
    """Yield the file's lines without the comment that Babel begins it with."""
    head, _, entries = file.partition(b"\n\n")
    for line in head.splitlines():
        if line.startswith(b"msg") or line[1:].decode().startswith(_HEADERS):
            yield line + b"\n"
    yield b"\n" + entries.strip() + b"\n"
