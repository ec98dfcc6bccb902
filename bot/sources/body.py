"""Reads an answer's body, never more than is allowed, packed or unpacked."""

import zlib
from collections.abc import AsyncIterator
from typing import Final, Protocol

import aiohttp

from bot.domain.errors import SourceError
from bot.sources.http_faults import shown

_GZIP: Final = 16 + zlib.MAX_WBITS
_STEP: Final = 65_536


class Unpacker(Protocol):
    def feed(self, data: bytes, room: int) -> bytes:
        """Return what the data unpacks to, at most one byte more than there is room for."""

    def is_complete(self) -> bool: ...


async def read_body(response: aiohttp.ClientResponse, most: int) -> bytes:
    """Return the body, unpacked.

    Raises SourceError: `too-large`, `encoding`, `cut`, `broken-body`.
    """
    url = str(response.url)
    unpacker = _unpacker(response.headers.get("Content-Encoding", ""), url)
    if (response.content_length or 0) > most:
        raise _too_large(url, most)
    body = bytearray()
    received = 0
    async for data in _chunks(response):
        received += len(data)
        try:
            body += unpacker.feed(data, most - len(body))
        except zlib.error:
            raise SourceError(
                "broken-body", f"The answer is packed wrongly ({shown(url)})."
            ) from None
        if max(len(body), received) > most:
            raise _too_large(url, most)
    if received and not unpacker.is_complete():
        raise SourceError("cut", f"The answer ends before its time ({shown(url)}).")
    return bytes(body)


async def _chunks(response: aiohttp.ClientResponse) -> AsyncIterator[bytes]:
    async for data in response.content.iter_any():
        for start in range(0, len(data), _STEP):
            yield data[start : start + _STEP]


def _unpacker(encoding: str, url: str) -> Unpacker:
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return _Plain()
    if name in ("gzip", "x-gzip"):
        return _Gzip()
    if name == "deflate":
        return _Deflate()
    raise SourceError("encoding", f"The answer is packed as nobody asked for ({shown(url)}).")


class _Plain:
    def feed(self, data: bytes, room: int) -> bytes:
        return data[: room + 1]

    def is_complete(self) -> bool:
        return True


class _Gzip:
    """A gzip body is one member or several; what follows them is padding."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(_GZIP)
        self._members = 0

    def feed(self, data: bytes, room: int) -> bytes:
        unpacked = bytearray()
        while data and len(unpacked) <= room:
            if self._member.eof:
                if not data.startswith(b"\x1f"):
                    break
                self._member = zlib.decompressobj(_GZIP)
            unpacked += self._member.decompress(data, room + 1 - len(unpacked))
            data = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
        return bytes(unpacked)

    def is_complete(self) -> bool:
        return self._member.eof


class _Deflate:
    """RFC 9110 wants a zlib wrapper around it; some servers leave it out."""

    def __init__(self) -> None:
        self._stream: zlib._Decompress | None = None

    def feed(self, data: bytes, room: int) -> bytes:
        if self._stream is None:
            self._stream = zlib.decompressobj()
            try:
                return self._stream.decompress(data, room + 1)
            except zlib.error:
                self._stream = zlib.decompressobj(-zlib.MAX_WBITS)
        return self._stream.decompress(self._stream.unconsumed_tail + data, room + 1)

    def is_complete(self) -> bool:
        return self._stream is not None and self._stream.eof


def _too_large(url: str, most: int) -> SourceError:
    return SourceError("too-large", f"The answer is larger than {most:,} bytes ({shown(url)}).")
