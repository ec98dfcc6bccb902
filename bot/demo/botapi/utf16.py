"""Lengths and pieces of text in UTF-16 units, in which Telegram counts."""


def units(text: str) -> int:
    """Return how many UTF-16 units the text takes."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def piece(text: str, offset: int, length: int) -> str:
    """Return the part of the text that an entity covers."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    return encoded[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")
