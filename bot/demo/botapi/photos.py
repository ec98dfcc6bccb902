"""What Telegram takes for a photo. The stand-in reads PNG alone, by its head."""

import struct
from typing import Final

from bot.demo.botapi.errors import Refusal

#: What a photo may have at most: bytes, width and height together, and how often one is the other.
_MOST_BYTES: Final = 10 * 1024 * 1024
_MOST_PIXELS: Final = 10_000
_MOST_TIMES: Final = 20

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
#: The signature, the first chunk's length and name, width and height.
_HEAD: Final = struct.Struct(">8sI4sII")


def dimensions(content: bytes) -> tuple[int, int]:
    """Return width and height; raises `Refusal` for what is no photo."""
    if len(content) < _HEAD.size:
        raise Refusal.bad_request("IMAGE_PROCESS_FAILED")
    signature, _, name, width, height = _HEAD.unpack_from(content)
    if signature != _SIGNATURE or name != b"IHDR" or not width or not height:
        raise Refusal.bad_request("IMAGE_PROCESS_FAILED")
    return width, height


def check_photo(content: bytes) -> None:
    """Raise `Refusal` for what Telegram does not take as a photo."""
    if len(content) > _MOST_BYTES:
        raise Refusal.bad_request(f"file of size {len(content)} bytes is too big for a photo")
    width, height = dimensions(content)
    if width + height > _MOST_PIXELS or max(width, height) > _MOST_TIMES * min(width, height):
        raise Refusal.bad_request("PHOTO_INVALID_DIMENSIONS")
