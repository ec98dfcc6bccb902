"""Bytes into text, whatever a server says of them."""

import codecs
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from email.message import Message
from typing import Final

#: The longer ones first: a UTF-32 mark begins as a UTF-16 mark does.
_MARKS: Final = (
    (BOM_UTF32_LE, "utf-32"),
    (BOM_UTF32_BE, "utf-32"),
    (BOM_UTF8, "utf-8-sig"),
    (BOM_UTF16_LE, "utf-16"),
    (BOM_UTF16_BE, "utf-16"),
)
_DECLARED: Final = re.compile(
    rb"<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']?\s*([\w.:-]{2,40})"
    rb"|<meta\b[^>]{0,400}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{2,40})",
    re.IGNORECASE,
)
#: A declaration stands at the beginning (HTML: within 1,024 bytes; sites are late at times).
_HEAD: Final = 4_096
#: Guessing takes time in proportion to the length; that much tells the encoding.
_SAMPLE: Final = 32_768
#: Servers call UTF-8 by these names, out of old habits; and every byte decodes as them.
_SINGLE_BYTE: Final = frozenset({"ascii", "iso8859-1", "cp1252", "iso8859-15"})
_MULTI_BYTE_NAMES: Final = (
    "utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be big5 big5hkscs"
    " cp932 cp949 cp950 euc_jp euc_kr gb2312 gbk gb18030 iso2022_jp iso2022_kr johab"
    " shift_jis"
)
_MULTI_BYTE: Final = frozenset(_MULTI_BYTE_NAMES.split())
_ALPHABETS: Final = re.compile(r"(iso8859-\d+|cp125\d|cp8\d\d|koi8-[rut]|mac-\w+|tis-620|ascii)")
#: What browsers take these for (WHATWG Encoding Standard).
_STANDS_FOR: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}


def decode(body: bytes, content_type: str = "") -> str:
    """Return the body as text; never raises.

    Believed are, in this order: a byte order mark, the server's charset if the body decodes so,
    the document's own declaration likewise, UTF-8; then charset-normalizer guesses. A body that is
    UTF-8 is UTF-8, though it be called Latin-1: by chance that does not happen.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark) and (text := _decoded(body, encoding)) is not None:
            return text
    for name in (_charset_of(content_type), _declared(body), "utf-8"):
        encoding = _encoding(name)
        if encoding in _SINGLE_BYTE and (text := _decoded(body, "utf-8")) is not None:
            return text
        if encoding and (text := _decoded(body, _STANDS_FOR.get(encoding, encoding))) is not None:
            return text
    return body.decode(_guess(body), errors="replace")


def is_utf8_if_valid(head: bytes, content_type: str) -> bool:
    """Return whether `decode` takes a body that begins so for UTF-8 wherever it can be that."""
    names = (_charset_of(content_type), _declared(head))
    return all(_encoding(name) in {"", "utf-8", *_SINGLE_BYTE} for name in names)


def _charset_of(content_type: str) -> str:
    message = Message()
    message["content-type"] = " ".join(content_type.split())
    try:
        return str(message.get_content_charset(""))
    except (LookupError, ValueError):
        return ""


def _declared(body: bytes) -> str:
    found = _DECLARED.search(body[:_HEAD])
    return (found[1] or found[2]).decode("ascii", errors="replace") if found else ""


def _encoding(name: str) -> str:
    """Return Python's name of a charset for text; empty for everything else."""
    try:
        encoding = codecs.lookup(name).name if name else ""
    except (LookupError, ValueError):
        return ""
    return encoding if encoding in _MULTI_BYTE or _ALPHABETS.fullmatch(encoding) else ""


def _decoded(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _guess(body: bytes) -> str:
    # Only here: it takes three megabytes, and hardly any site leaves anything to be guessed.
    from charset_normalizer import from_bytes

    best = from_bytes(body[:_SAMPLE]).best()
    return (_encoding(best.encoding) if best else "") or "utf-8"
