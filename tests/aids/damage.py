"""What happens to files: damage, and power cuts."""

from pathlib import Path
from random import Random
from typing import Final

PAGE: Final = 4096


def overwrite(path: Path, *, seed: int, at: int | None = None, pages: int = 8) -> None:
    """Put noise over some of the file's pages: from that byte on, or in the middle."""
    random = Random(seed)  # noqa: S311 - noise, not secrets
    content = bytearray(path.read_bytes())
    start = len(content) // PAGE // 2 * PAGE - pages // 2 * PAGE if at is None else at
    content[start : start + pages * PAGE] = random.randbytes(pages * PAGE)
    path.write_bytes(content)
