"""A language's file: what it should hold, and how it is written."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from bot.texts.catalogue import Entry

_WIDTH: Final = 100
_FUZZY: Final = "fuzzy"
#: What changes by itself is not written.
_HEADERS: Final = ("Language:", "Plural-Forms:", "MIME-Version:", "Content-T")


def read(written: bytes) -> Catalog:
    return read_po(BytesIO(written))


def begun(language: str) -> Catalog:
    """Return the catalogue of a language that has no texts yet."""
    return Catalog(locale=language.replace("-", "_"))


def updated(before: Catalog, texts: Mapping[str, Entry], notes: Mapping[str, str]) -> Catalog:
    """Return the catalogue with an entry for each text, in the order of the texts, and no other.

    What is new has an empty translation; where the English text changed, the translation stays and
    is marked as fuzzy, beside what it translated.
    """
    after = Catalog(locale=before.locale, fuzzy=False)
    known = {message.context: message for message in before if message.id}
    for key, entry in texts.items():
        old = known.get(key)
        ids = _ids(entry)
        after.add(
            ids,
            _string(old, ids, after.num_plurals),
            context=key,
            flags=_flags(old, ids),
            previous_id=_previous(old, ids),
            auto_comments=[notes[key]] if key in notes else (),
            user_comments=old.user_comments if old else (),
        )
    return after


def written(catalog: Catalog) -> bytes:
    """Return the catalogue as its file holds it: the same for the same texts, on any day."""
    file = BytesIO()
    write_po(file, catalog, width=_WIDTH, include_previous=True, ignore_obsolete=True)
    return b"".join(_kept(file.getvalue()))


def unfinished(catalog: Catalog) -> list[str]:
    """Return the keys whose translation is missing or fuzzy."""
    return [
        str(message.context)
        for message in catalog
        if message.id and (message.fuzzy or not all(_forms(message.string, catalog)))
    ]


def _ids(entry: Entry) -> str | tuple[str, str]:
    return entry if isinstance(entry, str) else (entry["one"], entry["other"])


def _string(
    old: Message | None, ids: str | tuple[str, str], plurals: int
) -> str | tuple[str, ...] | None:
    """Return the old translation in as many forms as the text has now."""
    if old is None:
        return None
    forms = _as_tuple(old.string)
    if isinstance(ids, str):
        return forms[-1] if forms else ""
    return forms if isinstance(old.id, tuple | list) else forms * plurals


def _flags(old: Message | None, ids: str | tuple[str, str]) -> set[str]:
    """Return what is to be said of the translation; an empty one cannot be wrong."""
    if old is None or not _is_begun(old):
        return set()
    return old.flags | ({_FUZZY} if _as_tuple(old.id) != _as_tuple(ids) else set())


def _previous(old: Message | None, ids: str | tuple[str, str]) -> tuple[str, ...]:
    if old is None or not _is_begun(old):
        return ()
    if _as_tuple(old.id) == _as_tuple(ids):
        return tuple(old.previous_id) if old.fuzzy else ()
    return tuple(old.previous_id) or _as_tuple(old.id)


def _is_begun(message: Message) -> bool:
    return any(_as_tuple(message.string))


def _as_tuple(told: object) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else tuple(told or ())


def _forms(string: object, catalog: Catalog) -> tuple[str, ...]:
    forms = _as_tuple(string)
    missing = catalog.num_plurals - len(forms) if not isinstance(string, str) else 0
    return (*forms, *([""] * missing))


def _kept(file: bytes) -> Iterator[bytes]:
    """Yield the file's lines without the comment that Babel begins it with."""
    head, _, entries = file.partition(b"\n\n")
    for line in head.splitlines():
        if line.startswith(b"msg") or line[1:].decode().startswith(_HEADERS):
            yield line + b"\n"
    yield b"\n" + entries.strip() + b"\n"
